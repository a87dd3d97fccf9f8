/*
 * Keeps telegrams as they came and makes bulletins of them. Everything here runs
 * in the caller's unit of work, so that a telegram, its bulletins and their events
 * are there together or not at all.
 */
#ifndef STORE_H
#define STORE_H

#include "db.h"
#include "parse.h"
#include "source.h"

/* How a document is kept: its hash, and its bytes made small. */
struct kept {
	unsigned char hash[32];		/* SHA-256 */
	struct db_bytes packed;		/* zlib */
};

/* One document as it came. */
struct document {
	const struct source *source;
	const char *bytes;
	size_t n;
	const char *charset;		/* of Content-Type, or NULL */
	const char *place;		/* as parser_place had it, or NULL */
	utc_ms received;
	const struct kept *kept;	/* NULL: store_document makes it */
};

/* Makes of n bytes what is kept of them, in the arena. Any thread may. */
const struct kept *store_pack(struct arena *, const char *bytes, size_t n);

struct stored {
	const char *unread;		/* what was not understood; NULL: all was */
	int known;			/* the same bytes were there already */
	size_t n_new;			/* items that were not known before */
	size_t n_bulletins;		/* bulletins made */
	size_t n_events;
};

/*
 * Stores a document and what was read of it (also when it was refused: a better
 * reader may come). Of a document whose bytes are known nothing is done.
 */
struct stored store_document(struct db *, struct arena *,
    const struct document *, const struct parsed *);

/*
 * Takes the items of a stored telegram in again: makes what an earlier reader
 * missed, and says anew what it misread; refs and places in a series stay.
 */
struct stored store_again(struct db *, struct arena *,
    const struct document *, const struct parsed *, int64_t telegram);

/* The bytes of a stored telegram, in the arena; NULL if they are damaged. */
const char *store_unpack(struct arena *, struct db_bytes packed, size_t bytes);

#endif
