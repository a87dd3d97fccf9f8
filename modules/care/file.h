/*
 * Stored files: photos, papers, video. A file is a row of care_file and its
 * content in rows of care_file_chunk, each sealed with AES-256-GCM under a key
 * of the file alone; that key is sealed under the network's. What a chunk is
 * bound to (file, number, whether it is the last) makes a changed, swapped,
 * left-out or cut-off one fail to open; what the key is bound to does the same
 * for size, type and owner. Clear text is never written anywhere.
 *
 * A file arrives before the request's unit of work (file_store below) and is
 * nobody's until file_keep, in the transaction of the row that owns it. Who
 * owns it says who may see it: file_answer asks nobody.
 *
 * Keys: the setting file_keys_file names a file with a line `NUMBER KEY` for
 * each generation, KEY 64 hexadecimal digits, the highest number for new files.
 * A network's key is derived from it. To rotate: add a line, restart; file_tidy
 * seals the keys of all files anew (not their content); take the old line away
 * when `SELECT COUNT(*) FROM care_file WHERE generation = OLD` is 0.
 */
#ifndef FILE_H
#define FILE_H

#include "module.h"

enum {
	/*
	 * Clear bytes of a chunk: 64 KiB, less what makes the sealed one fit a
	 * BLOB and four pages of InnoDB (4 * 16,330); 65,536 would take five.
	 */
	FILE_CHUNK_BYTES = 65280,
	FILE_UNKEPT_MINUTES = 60,	/* then a file that nobody owns goes */
	FILE_SIDE_MAX = 16384,		/* pixels; and of a picture as a whole: */
	FILE_PIXELS_MAX = 120000000
};

/* What a file may be: by its content, never by its name. For `choices`. */
#define FILE_PICTURES "image/jpeg|image/png|image/webp"
#define FILE_VIDEOS "video/mp4|video/quicktime|video/3gpp"
#define FILE_PAPERS "application/pdf|text/plain|" \
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document|" \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|" \
    "application/vnd.openxmlformats-officedocument.presentationml.presentation"

/*
 * hooks.store. Type by libmagic; pictures and video without metadata (clean.h),
 * both by a child in a sandbox (file_reader.h);
 * looked through by clamd when clamd_socket is set: then no clamd is a 503.
 */
extern const struct upload_store file_store;

/* hooks.ready: whether the keys' file can be read. */
int file_ready(const struct settings *, char *why, size_t why_bytes);

/*
 * The viewer's file gets an owner. In the transaction of the owner's row; a 409
 * when it is not hers, swept up, or kept already.
 */
void file_keep(struct req *, int64_t file);

/*
 * Answers with a file that the caller's statement has let the viewer see. With
 * `save` it is to be stored, not shown; so is whatever is neither picture nor
 * video. Returns the handler's status: 200, or 404 when there is none.
 */
int file_answer(struct req *, int64_t file, int save);

struct stored_file;		/* file.sql */

/*
 * Answers with a file of one chunk of which the caller's own statement has brought all:
 * its row and the chunk as it lies sealed. Returns the handler's status: 200, or 503 when
 * it does not open.
 */
int file_answer_sealed(struct req *, const struct stored_file *,
    const struct db_bytes *sealed);

/*
 * All bytes of a kept file into the request's arena, of `most` at most; for a handler
 * that reads a table out of it. NULL when there is none, or it is larger; a file that
 * does not open is a failure of the unit's own (file_answer says more).
 */
const unsigned char *file_bytes(struct req *, int64_t file, int64_t most);

/*
 * A kept file to read parts of, such as a page out of a paper: opened for this request,
 * nothing to close. NULL when there is none, or its key does not open.
 */
struct file_opened *file_open(struct req *, int64_t file);
int64_t file_size(const struct file_opened *);

/* Up to n bytes from `at` on into p; how many, or -1. Memory of the arena comes back. */
long file_read(struct file_opened *, struct req *, int64_t at, void *p,
    size_t n);

/* "picture", "video" or "paper". */
const char *file_kind(const char *type);

/*
 * module.tidy: removes what nobody kept within FILE_UNKEPT_MINUTES, and seals
 * keys of an older generation anew. Some rows at a time; 1: there is more.
 */
int file_tidy(const struct settings *, struct db *, struct arena *,
    utc_ms now);

/* Their statements, for a module's list. */
extern const struct db_query *const file_queries[];

#endif
