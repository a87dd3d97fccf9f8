/*
 * An answer that is bytes and no page: a photo, a PDF, text/calendar,
 * application/fhir+json. The handler says what; lib does HEAD, Range, If-Range,
 * If-None-Match (RFC 9110, 13 and 14), Content-Disposition, and a
 * Content-Security-Policy under which a browser runs nothing of it. nginx adds
 * nosniff. Nothing of it is cached, as of any answer.
 */
#ifndef RAW_H
#define RAW_H

#include <stddef.h>
#include <stdint.h>

struct req;

/* Longer answers wait for the client: a quarter of the threads may, at most. */
enum { RAW_FREE_BYTES = 1024 * 1024, RAW_PIECE_BYTES = 256 * 1024 };

struct raw {
	const char *type;	/* Content-Type */
	const char *name;	/* a file's, any UTF-8; NULL: none is proposed */
	int save;		/* to be stored, not shown (attachment) */
	const char *tag;	/* one of these bytes alone (a ref); NULL: it is
				 * answered whole, without ranges */
	int64_t bytes;
	const void *p;		/* all of them, or NULL and … */

	/*
	 * … this, which may run statements that read. Fills in some bytes from
	 * `at` on, n at most; returns how many, or -1: they are not to be had.
	 * Runs outside of the unit of work, after the handler; r->mem is reset
	 * before each call.
	 */
	long (*read)(void *of, struct req *r, int64_t at, void *p, size_t n);
	void *of;		/* from raw_take */
};

/*
 * Answers with these bytes when the handler returns 200. The struct, its texts
 * and p are copied.
 */
void answer_raw(struct req *, const struct raw *);

/* Memory for `of`, zeroed, which lives until the answer has left. */
void *raw_take(struct req *, size_t n);

#endif
