/*
 * A small sealed store on a local disk: LMDB (memory-mapped, one writer, readers that
 * see one instant and never wait, each commit durable and whole), in which names are
 * keyed digests and values are AES-256-GCM, sealed for their names. Who has the disk
 * and not the key learns how many things there are and how long, and nothing else.
 * It knows nothing of what is kept in it.
 */
#ifndef STORE_H
#define STORE_H

#include "db.h"
#include "seal.h"

struct store;
struct store_unit;	/* of reading, or of writing */

/* A kind, who or what it is about, and which one of these. */
enum { STORE_HEAD = 16, STORE_TAIL = 8 };

struct store_name {
	unsigned char b[1 + STORE_HEAD + STORE_TAIL];
};

/*
 * Opens the folder, which is made if it is missing, for this process alone; it grows to
 * bytes_max at most. NULL with `why`. store_close wipes the keys.
 */
struct store *store_open(const char *folder, size_t bytes_max,
    const struct seal_key *, char *why, size_t why_bytes);
void store_close(struct store *);

/*
 * A unit; with `write` the only one of its kind, else everybody's own. NULL, with a line
 * in the log, when the disk or memory fails. store_end makes it last, with `keep`, or
 * not. 0, or -1 when it was to be kept and was not: also when one of its puts failed.
 */
struct store_unit *store_begin(struct store *, int write);
int store_end(struct store_unit *, int keep);

/* The name of a thing; without tail its digest is zeros. */
struct store_name store_name(const struct store *, char kind, const void *head,
    size_t head_n, const void *tail, size_t tail_n);

/* A name that keeps the order of its number. */
struct store_name store_numbered(char kind, uint64_t n);
uint64_t store_number(const struct store_name *);

/* The value in the arena, or {NULL}: there is none, or it was tampered with. */
struct db_bytes store_get(struct store_unit *, const struct store_name *,
    struct arena *);

/* Only in a unit of writing. A put of what is there already writes nothing. */
void store_put(struct store_unit *, const struct store_name *, const void *p,
    size_t n);
void store_drop(struct store_unit *, const struct store_name *);

/*
 * Calls `each` for all whose names begin with the first n bytes of this one, in their
 * order, until it returns other than 0; returns that. It may drop what it is given.
 */
int store_each(struct store_unit *, const struct store_name *, size_t n,
    struct arena *, int (*each)(void *of, const struct store_name *,
    struct db_bytes), void *of);

/* Forgets everything but these kinds. */
void store_clear(struct store_unit *, const char *but);

#endif
