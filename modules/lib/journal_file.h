/*
 * The files of the audit journal. Only journal*.c and their tests see this.
 *
 * A segment is a file PROGRAM-NUMBER.journal of fixed size. It is filled with
 * zeros and flushed before its first use, so that flushing a record writes
 * nothing but the record: no size, no block list. Its first page has a head
 * (magic, number, journal) and, beside it, the mark: how far it is shipped.
 * Behind that follow the frames:
 *
 *	length of the rest after seq	4 bytes, little-endian; 0 ends it
 *	seq				8 bytes, little-endian
 *	nonce, ciphertext, tag		AES-256-GCM over one record
 *
 * with the journal's ref and seq as associated data. A journal is one run of
 * one program; its segments share a ref and a count from 1.
 */
#ifndef JOURNAL_FILE_H
#define JOURNAL_FILE_H

#include "journal_record.h"
#include "ref.h"
#include "seal.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SEGMENT_BYTES = 4 * 1024 * 1024,
	SEGMENT_START = 4096,		/* of the first frame */
	FRAME_HEAD_BYTES = 12,
	FRAME_MAX_BYTES = FRAME_HEAD_BYTES + SEAL_EXTRA_BYTES +
	    RECORD_MAX_BYTES
};

/* A program's place in the journal directory. */
struct journal_dir {
	int fd, lock;
	char program[RECORD_PROGRAM + 1];
};

struct segment {
	struct segment *next;		/* younger */
	int fd;
	uint64_t number;
	struct ref journal;
	size_t end;		/* behind the last frame known to be on disk */
	size_t shipped;		/* behind the last one that MariaDB has */
	int64_t left;		/* records between the two */
	int torn, damaged;	/* a frame did not open; others behind it did */
};

/*
 * Opens the directory for a program and locks its place there for this
 * process, waiting two seconds for an earlier one to end. 0, or -1 with
 * `why`.
 */
int journal_dir_open(struct journal_dir *, const char *path,
    const char *program, char *why, size_t why_bytes);
void journal_dir_close(struct journal_dir *);

/* Makes sure that a zero-filled file waits for segment_new. 0 or -1. */
int segment_spare(struct journal_dir *);

/* A new, durable and empty segment; NULL and errno when there is no room. */
struct segment *segment_new(struct journal_dir *, uint64_t number,
    const struct ref *journal);

/*
 * The segments that earlier runs left, oldest first, and in *next the number
 * after theirs. `end` is where their frames seem to end. Those without a
 * readable head are left in place and counted in *foreign.
 */
struct segment *segments_left(struct journal_dir *, uint64_t *next,
    int *foreign);

/* Writes whole frames behind the end and flushes them. 0, or -1 and errno. */
int segment_append(struct segment *, const void *p, size_t n);

/* Notes that everything before `at` is shipped: a hint, not flushed. */
void segment_mark(struct segment *, size_t at);

/* Removes the file and frees the segment. */
void segment_drop(struct journal_dir *, struct segment *);

/* Renames the file, so that nobody replays it, and frees the segment. */
void segment_keep(struct journal_dir *, struct segment *);

/* 1 if only zeros follow its end: nothing is lost by removing it. */
int segment_ends(const struct segment *);

/* Frees the segment; the file stays. */
void segment_free(struct segment *);

/* Seals one record into a frame and returns the frame's length. */
size_t frame_close(const struct seal_key *, const struct ref *journal,
    uint64_t seq, const struct audit_record *,
    unsigned char out[FRAME_MAX_BYTES]);

/*
 * The length of the frame at p, of which n bytes are there; 0 where the
 * frames end, with all or part of it missing, or where this cannot be one.
 */
size_t frame_length(const unsigned char *p, size_t n);

/* Opens a frame that frame_length measured. 0, or -1 if it was altered. */
int frame_open(const struct seal_key *, const struct ref *journal,
    const unsigned char *frame, uint64_t *seq, struct journal_record *out);

#endif
