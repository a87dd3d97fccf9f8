/*
 * The FastCGI side of a program: accepts connections, reads one request from
 * each and closes it. Internal to lib.
 *
 * libfcgi does the protocol; accepting is ours, because its own accept has no
 * time-out and hears no stop signal. One connection carries one request: what
 * a request left unread can never be taken for the next one, and no idle
 * connection holds a thread. See "Decisions" in README.md.
 */
#ifndef FCGI_H
#define FCGI_H

#include <stddef.h>
#include <stdint.h>

struct fcgi;		/* the listener, descriptor 0, and its threads */
struct exchange;	/* one request and its answer */

struct fcgi_work {
	int threads;
	void *(*begin)(void *of);	/* on each thread, first */
	void (*serve)(void *worker, struct exchange *);
	void (*after)(void *worker);	/* the answer of `serve` has left */
	void (*end)(void *worker);	/* on each thread, last */
	void *of;
};

/*
 * Starts the threads. The caller has blocked all signals. NULL with one line
 * in `why` if descriptor 0 does not listen.
 */
struct fcgi *fcgi_start(const struct fcgi_work *, char *why, size_t why_bytes);

/* Cuts off peers that have had their time; call it about once a second. */
void fcgi_watch(struct fcgi *);

/*
 * 0 when a thread does not come back although its peer was cut off 30 s ago, or
 * when connections have waited for 90 s and none was accepted: then only a
 * restart helps. Call it as often as fcgi_watch, by the same thread, with the
 * monotonic clock in ms.
 */
int fcgi_alive(struct fcgi *, int64_t now);

/*
 * Stops accepting, answers what has been accepted and what waits in the
 * backlog, joins the threads. 0, or -1 when one was still at work after
 * `within_ms`; then nothing is freed and the caller must exit.
 */
int fcgi_stop(struct fcgi *, int64_t within_ms);

/* The parameters, "NAME=value" each, ended by NULL. Gone after `serve`. */
char *const *exchange_params(const struct exchange *);

/* Body bytes: more than 0; 0 at the end; -1 when the peer broke off. */
long exchange_read(struct exchange *, void *p, size_t n);

struct iovec;

/* Sends the parts, with `last` also the end of the answer. 0, or -1 when the peer is gone. */
int exchange_send(struct exchange *, const struct iovec *, int n, int last);

/* The same of one part. */
int exchange_write(struct exchange *, const void *p, size_t n);

/* The peer takes what it gets: its time begins anew. */
void exchange_go_on(struct exchange *);

/* Gives up in the middle: nothing more leaves, not even the end. */
void exchange_break(struct exchange *);

/* Sends the end of the answer. 0 or -1. */
int exchange_end(struct exchange *);

#endif
