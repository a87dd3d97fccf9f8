/*
 * One request as lib sees it, the program that it came to, and the steps
 * between accept and answer. Internal to lib; a handler sees struct req.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "fcgi.h"
#include "bell.h"
#include "form.h"
#include "metrics.h"
#include "module.h"
#include "params.h"
#include "route.h"
#include "seal.h"

#include <stdatomic.h>

enum {
	TRIES = 5,			/* of a unit of work */
	FIRST_WAIT_MS = 20,		/* doubled before each further try */
	KEY_MIN = 8, KEY_MAX = 64	/* characters of an idempotency key */
};

/* What a program's threads share. Filled before they start, but for atomics. */
struct server {
	const struct module *module;
	const struct settings *settings;
	const struct route *routes;	/* the module's, then our own */
	size_t nroutes, nown;		/* the last `nown` are our own */
	char own_path[2][64];
	struct pages *pages;
	int strict;			/* a key that a page misses is a 500 */
	struct journal *journal;
	struct metrics *metrics;
	struct seal_key cursor_key, key_key;
	struct bell_keys bell;
	char bell_socket[108];		/* in run_dir */
	atomic_int checked;		/* statements agree with the database */
	atomic_int journal_failed;	/* the last write to the journal did */
	atomic_int streams;		/* long raw answers under way: raw.c */
};

/* What one thread keeps between requests. */
struct worker {
	struct server *server;
	struct db *db;
	struct kv *kv;
	struct arena *keep;		/* for the request */
	struct arena *mem;		/* for one try of it */
	struct buf head, body;		/* of the answer */
	struct arena *piece;		/* of a raw answer, while it is read */
	unsigned seed;			/* of the waits between tries */
	struct request *last;		/* for what follows the answer */
};

/* An input as it was checked: at most one of the values is meant. */
struct input_value {
	const char *code;		/* what is wrong, NULL if nothing */
	const char *text;
	int64_t n;
	int set;
	struct ref ref;
	const struct upload *files;	/* of FILES */
	size_t nfiles;
};

/* What will be said. */
struct answer {
	int status;
	const char *code;		/* of an error, NULL: none */
	const char *field;		/* an input's name, or NULL */
	const char *said;		/* the code's sentence, if it is a module's own */
	const char *location;
	int retry_after_s;
	unsigned allow;			/* methods, for 405 */
	struct model *model;		/* of the last try */
	const char *cookie;		/* a Set-Cookie value, or NULL */
};

/* Bytes instead of a page: what the handler gave, and what of it will leave. */
struct raw_answer {
	int given;
	struct raw raw;
	int64_t from, to;		/* the bytes [from, to) */
	unsigned char *piece;		/* the first ones, read ahead */
	long piece_n;
	int stream;			/* holds one of server->streams */
};

struct request {
	struct req r;
	struct server *server;
	struct worker *worker;
	struct exchange *exchange;
	struct params params;
	int64_t began_ms;
	int head;			/* HEAD: no body leaves */
	int json;			/* answer and errors are JSON */
	int route_i;			/* -1: none */
	struct ref request_id, id;
	unsigned char ref_seed[SHA256_BYTES];
	struct ref path[PATH_REFS_MAX];
	unsigned char certificate[SHA256_BYTES];
	struct form form;		/* from the query or the body */
	struct input_value *in;		/* beside route->in */
	struct audit audit;
	const char *key;		/* idempotency, NULL: none */
	unsigned char scope[SHA256_BYTES], inputs[SHA256_BYTES];
	int counted;			/* by per_minute */
	int keep;			/* a refusal's statements are kept */
	int replayed;			/* answered as the first time */
	int audited;			/* the audit row has been committed */
	const char *then;		/* req_then, req_leave */
	int refresh_s;			/* req_refresh; 0: never */
	struct upload *uploads;		/* by input, then as they came */
	size_t nuploads;
	struct raw_answer raw;
	struct ref ring[RINGS_MAX];	/* req_ring */
	int nring;
	struct bell_topic shut;		/* req_shut, if `shuts` */
	int shuts;
	enum db_outcome outcome;
	const char *statement;		/* that failed */
	unsigned db_error;
	struct answer a;
};

/* ---- accept.c: from parameters to a route ---- */

/* Fills what the parameters say. 0, or -1 with the refusal in q->a. */
int request_open(struct request *);

/* Reads and takes apart query or body. 0 or -1 likewise. */
int request_read(struct request *);

/* The body's length as the client announced it; -1 if it is none. */
int64_t request_announced(const struct request *);

/* ---- upload.c ---- */

/*
 * Reads a multipart body: fields as of any form, files into the store. Admission
 * is asked before. 0 or -1 likewise; fields are kept even so.
 */
int uploads_read(struct request *);

/* Whether the request's type is multipart/form-data and its route takes files. */
int uploads_wanted(const struct request *);

/* ---- input_check.c ---- */

/* Checks all declared inputs. 0, or -1 with the first fault in q->a. */
int inputs_check(struct request *);

/* ---- idempotency.c ---- */

/* Works out q->key, q->scope, q->inputs. -1: the key is malformed. */
int key_take(struct request *);

/* The first insert. 1: this is new. 0: it has been seen, or the unit failed. */
int key_claim(struct request *);

/*
 * Answers as the first time. Returns the status; 409 for other content; 0
 * when there is nothing stored.
 */
int key_replay(struct request *, struct model *);

/* Stores what is about to be answered; or lets the key be used once more. */
void key_store(struct request *);
void key_forget(struct request *);

/* Whether the route remembers keys at all. */
int key_wanted(const struct request *);

/* Forgets what is older than 72 hours, some rows at a time. 1: there is more. */
int key_purge(struct db *, struct arena *, utc_ms now);

/* ---- serve.c: the unit of work and its repetition ---- */
void request_serve(struct request *);

/*
 * Admission alone, and how often, for what is done before the unit of work: 0,
 * or -1 with the refusal in q->a. The viewer stands until the unit begins.
 */
int request_admit(struct request *);

/* Writes what has not been committed to the journal. -1: and answers 503. */
int request_audit(struct request *);

/* 1 when the route is lib's own: no unit of work, no audit. */
int request_is_own(const struct request *);

/* ---- answer.c, error.c ---- */

/* Refuses: fills q->a. Returns -1. */
int refuse(struct request *, int status, const char *code, const char *field);

/* Renders into worker->body and sends. */
void answer_send(struct request *);

/* One header of worker->head; -1 when its value could end it early. */
int answer_header(struct buf *, const char *name, const char *value);

/* ---- raw.c ---- */

/* Settles range, validators and room, and reads the first bytes. */
void raw_prepare(struct request *);

/* Sends it. */
void raw_send(struct request *);

/* The JSON form of an error, and its page. */
void error_json(struct request *, struct buf *);
void error_page(struct request *, struct buf *);
const char *sign_in_path(const struct request *);

/* What every page is given besides what the handler put. */
void page_frame(struct request *, struct model *);

/* ---- worker.c: one thread's work, as fcgi.h wants it ---- */
void *worker_begin(void *server);
void worker_serve(void *worker, struct exchange *);
void worker_after(void *worker);
void worker_end(void *worker);

/* ---- own.c: /NAME/health and /NAME/metrics ---- */

/* The module's table with our own behind it; lives as long as the program. */
void own_routes(struct server *);

/* Answers q, whose route is one of them; returns the content type. */
const char *own_answer(struct request *, struct buf *);

#endif
