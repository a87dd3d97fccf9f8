/*
 * One HTTPS request at a time, by libcurl: certificates are checked, TLS 1.2 or later, no
 * proxy, no redirect is followed, and nothing is repeated behind our back.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdint.h>

struct arena;
struct http;

struct http_request {
	const char *method;		/* GET POST PATCH DELETE */
	const char *url;		/* https only */
	const char *type;		/* of the body; NULL: no body */
	const char *body;
	const char *bearer;		/* access token, or NULL */
	const char *id;			/* client-request-id */
};

struct http_answer {
	long status;			/* 0: none, or half of one */
	int begun;			/* without one: the request may have arrived */
	int64_t retry_after_s;		/* 0: not said */
	const char *body;		/* in the arena; at most 256 KiB */
};

/* `ca`: file of authorities, "" the system's. Aborts without memory. */
struct http *http_new(const char *ca, int64_t timeout_s);
void http_free(struct http *);

/* Asks, and reads the answer into the arena. */
struct http_answer http_ask(struct http *, struct arena *,
    const struct http_request *);

#endif
