/* What clean.c and the formats share. */
#ifndef CLEAN_OWN_H
#define CLEAN_OWN_H

#include "clean.h"

#include <string.h>

enum {
	CLEAN_HELD = 65536 + 8,		/* the longest segment of a JPEG */
	CLEAN_DEPTH = 3			/* file, moov, trak */
};

enum clean_mode {
	GATHER,		/* until `held` has `want` bytes */
	COPY, DROP, BLANK,	/* `left` bytes */
	SCAN,		/* JPEG: until a marker */
	TAIL		/* all that is left is dropped */
};

struct clean {
	const struct clean_sink *sink;
	/* What comes next is known; 0, or -1: damaged. */
	int (*next)(struct clean *);
	enum clean_mode mode;
	enum clean_fault fault;
	int state;			/* the format's own */
	int seen;			/* bits of what must have been there */
	int pending;			/* SCAN: an FF was the last byte */
	uint64_t left, put;		/* put: bytes that went to the sink */
	uint64_t inside[CLEAN_DEPTH];	/* what is left of each container */
	int depth;
	int64_t width, height;
	size_t want, n;
	unsigned char held[CLEAN_HELD];
};

/* Sends bytes on. */
void clean_emit(struct clean *, const void *p, size_t n);

/* Waits for `want` bytes in all; those held already count. */
void clean_gather(struct clean *, int state, size_t want);

/* Forgets what is held and does `mode` with the next `n` bytes. */
void clean_bulk(struct clean *, enum clean_mode mode, int state, uint64_t n);

static inline uint32_t
be16(const unsigned char *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t
be32(const unsigned char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static inline void
put_be16(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)(v >> 8);
	p[1] = (unsigned char)v;
}

/* Each: begins; and whether it may end here. */
void clean_jpeg(struct clean *);
void clean_png(struct clean *);
void clean_webp(struct clean *);
void clean_mp4(struct clean *);
int clean_webp_end(struct clean *);
int clean_mp4_end(const struct clean *);

#endif
