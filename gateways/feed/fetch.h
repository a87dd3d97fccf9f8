/*
 * Fetches documents over HTTPS, several at the same time, with libcurl.
 *
 * Every socket's address is judged before it connects, on each hop of a redirect,
 * so a name that points elsewhere now gains nothing. Bytes are counted as they
 * come and once more unpacked, whatever a length says. No proxy, no cookie, no
 * password, no other scheme.
 */
#ifndef FETCH_H
#define FETCH_H

#include "source.h"

enum { FETCH_HOPS_MAX = 5, FETCH_TAG_MAX = 300 /* bytes of an ETag or date */ };

enum fetch_outcome {
	FETCH_GOOD,		/* 200: the document is there */
	FETCH_SAME,		/* 304: as it was */
	FETCH_GONE,		/* 404, 410: there is no such document */
	FETCH_LATER,		/* 429, 503: the server asks to wait */
	FETCH_FAILED		/* anything else; `reason` says what */
};

struct fetch_answer {
	enum fetch_outcome outcome;
	long status;			/* HTTP's, 0 without an answer */
	int64_t retry_after_s;		/* 0: not said */
	const char *reason;		/* one line; never NULL */
	const char *etag, *last_modified;	/* "" if not said */
	const char *charset;		/* of Content-Type, or NULL */
	const char *url;		/* that gave it, after redirects */
	const char *bytes;		/* of the document */
	size_t n;
};

struct fetcher;			/* all transfers of a process */
struct fetch;			/* those of one source, one at a time */

/* `agent` is what we say we are. Abort without memory. */
struct fetcher *fetcher_new(const char *agent);
void fetcher_free(struct fetcher *);
struct fetch *fetch_new(struct fetcher *, const struct source *);
void fetch_free(struct fetch *);

/*
 * Begins to fetch `url`, which must be fit (address.h). `etag` and `last_modified`
 * are what the server said of the document that we have; "" for none. Only when
 * nothing is under way in this fetch.
 */
void fetch_begin(struct fetch *, const char *url, const char *etag,
    const char *last_modified);

/* Carries all transfers on; returns when something came or after `wait_ms`. */
void fetcher_turn(struct fetcher *, int wait_ms);

/*
 * The answer, once there is one; NULL while it is under way or nothing was begun.
 * It stays until fetch_begin or fetch_drop, which lets go of its bytes.
 */
const struct fetch_answer *fetch_answer(const struct fetch *);
void fetch_drop(struct fetch *);

/* 1 from fetch_begin until there is an answer. */
int fetch_is_busy(const struct fetch *);

#endif
