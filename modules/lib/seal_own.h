/* What the sealer and the verifier share. */
#ifndef SEAL_OWN_H
#define SEAL_OWN_H

#include "seal.h"
#include "seal_chain_sql.h"

#include <stdio.h>

/*
 * The head that follows `before` when this row is sealed: SHA-256 over
 * `before` and each column as its length in four bytes and its content, both
 * little-endian; a NULL has the length 0xffffffff and no content. So no two
 * rows have the same encoding.
 */
void head_after(const unsigned char before[SHA256_BYTES],
    const struct record *, unsigned char out[SHA256_BYTES]);

struct head_line {
	int64_t seq, line;	/* line counts from 1 */
	unsigned char head[SHA256_BYTES];
	int bad;		/* the line is none; seq is 0 */
};

/* Reads the next line; 1, or 0 at the end. An unfinished last line is none. */
int head_read(FILE *, struct head_line *);

/* The file's last good line, seq 0 if there is none. 0, or -1 and errno. */
int head_last(const char *path, struct head_line *);

/* Appends a line and flushes it to disk. 0, or -1 and errno. */
int head_append(const char *path, int64_t seq,
    const unsigned char head[SHA256_BYTES], utc_ms at);

#endif
