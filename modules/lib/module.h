/*
 * The skeleton of a module: accept, route, admit, inputs, handler, commit,
 * render. A module's main() hands its tables to module_main and does nothing
 * else; tests/hello is the smallest one.
 */
#ifndef MODULE_H
#define MODULE_H

#include "arena.h"
#include "audit.h"
#include "away.h"
#include "db.h"
#include "event.h"
#include "input.h"
#include "model.h"
#include "page.h"
#include "raw.h"
#include "settings.h"
#include "upload.h"

struct kv;
struct viewer;		/* care/viewer.h */

enum method { GET, POST };

/* Through which nginx server a request came; nginx says so in DOOR. */
enum door { DOOR_PROFESSIONAL, DOOR_OPEN, DOOR_LOOPBACK };

/*
 * Admission: a closed list. PUBLIC is lib's; the others are in care/who.h.
 * A route without a `who` does not exist.
 */
enum { PUBLIC = 1, LOOPBACK = 2, WHO_CARE = 10 /* care's begin here */ };

struct req {
	struct arena *mem;
	struct db *db;
	struct kv *kv;
	utc_ms now;			/* same on every try of the request */
	const struct ref *id;		/* for the one thing that it makes */
	const struct ref *request_id;	/* nginx's, in log, audit and notices */
	enum door door;
	enum lang lang;
	const struct route *route;
	const struct settings *settings;	/* the program's own struct */
	const struct viewer *viewer;	/* NULL for PUBLIC */
	const unsigned char *certificate;	/* SHA-256 of its DER, or NULL */
	const char *address;		/* the client's, for delays */
	int fhir;			/* Accept: application/fhir+json; only a
					 * handler that has such a document minds */
	struct audit *audit;
	int touch;			/* admit: call hooks.touch afterwards */
	utc_ms away;			/* MariaDB does not answer: this is from a
					 * copy as of then; else 0 */
	struct request *own;		/* lib's side of it */
};

/* More refs than `id`: the n-th (from 0) new one, the same on every try. */
const struct ref *req_ref(struct req *, int n);

typedef int handler(struct req *, struct model *);	/* the HTTP status */

struct route {
	enum method method;
	const char *path;		/* "/timeline/{patient}" */
	int who;
	const struct input *in;		/* NULL: takes none */
	handler *handle;
	const char *page;		/* NULL: JSON only, or a redirect; of a
					 * POST without `then`: its answer */
	const char *then;		/* where a form goes next, by 303:
					 * "/timeline/{patient}"; {id} is req.id */
	const char *title;		/* Japanese, for the page's title */
	int reads;			/* a POST that changes nothing: a search,
					 * whose words may not stand in a URL */
	int per_minute;			/* 429 above, a viewer or address; 0: none */
	const char *purpose;		/* of the audit; NULL: TREAT */
	int away;			/* answered by the module's copy, too */
	int anywhere;			/* a POST from any site, whose body says
					 * nothing: its path holds a key. PUBLIC */
};

/*
 * What care fills in, so that lib need not know it. Each runs inside the
 * request's unit of work.
 */
struct hooks {
	/* The name of a `who`, for --routes. NULL: there is none such. */
	const char *(*who_name)(int who);

	/*
	 * The `{part}` that the path of a route with this `who` must have, such
	 * as "patient"; NULL: none. May be NULL.
	 */
	const char *(*who_part)(int who);

	/*
	 * Decides. Sets r->viewer, r->lang and r->audit. Returns 0, or the
	 * status to refuse with: 401, 403 or 404. Adds to `m` what any page of
	 * this route shows of the viewer and the patient. With 401 a page goes
	 * to what req_then named, or to /sign-in. Not called for PUBLIC and
	 * LOOPBACK.
	 */
	int (*admit)(struct req *r, struct model *m);

	/*
	 * Adds header, navigation and strip to a page's model; cannot query.
	 * Of an error page the route, the viewer or both may be NULL.
	 */
	void (*frame)(struct req *r, struct model *m);

	/*
	 * A note that no answer waits for (a session last seen): called after
	 * the answer has left, in a write unit of its own, when admit has set
	 * r->touch. May fail without harm. May be NULL.
	 */
	void (*touch)(struct req *r);

	/*
	 * Called every few seconds on a thread of its own, for `frame`;
	 * begins and ends its unit of work itself. May be NULL.
	 */
	void (*refresh)(struct db *db, struct arena *);

	/*
	 * Whether the settings make sense for what the hooks do, before the
	 * program serves: 0, or -1 with one line in `why`. May be NULL.
	 */
	int (*ready)(const struct settings *, char *why, size_t why_bytes);

	/* Where files of a request go; NULL: no route may take any. */
	const struct upload_store *store;

	/*
	 * What a program started by this one does when it was given this one
	 * argument: does not return if it is its own. May be NULL.
	 */
	void (*child)(const char *argument);

	const char *layout;			/* "layout.html" */
	const struct page_source *pages;	/* the layout, error.html … */
	const struct db_query *const *const *queries; /* admit's, refresh's */
};

struct module {
	const char *name;
	const struct route *routes;		/* ends with a NULL path */
	const struct db_query *const *const *queries;	/* NULL-ended lists */
	const struct page_source *pages;
	const struct words *words;
	const struct reaction *reactions;	/* NULL: none */
	const struct hooks *hooks;		/* NULL: only PUBLIC routes */

	/*
	 * Called every tidy_seconds on a thread of its own, for what is due
	 * and to sweep up what nobody owns; begins and ends its units of work itself. Returns 1 when
	 * there is more to do at once. May be NULL.
	 */
	int (*tidy)(const struct settings *, struct db *, struct arena *,
	    utc_ms now);
	const struct away *away;		/* its copy, away.h; NULL: none */
	const struct setting *settings;		/* beyond lib's own */
	size_t settings_bytes;			/* of its struct; 0: lib's own */
};

/*
 * Serves until SIGTERM. Exit status: 0 stopped as asked, 1 cannot start
 * (settings, or drift between program and database), 2 wrong usage.
 * --help --version --config FILE --check --routes.
 */
int module_main(const struct module *, int argc, char **argv);

/* ---- what handlers and hooks use ---- */

/* The cursor for a row key, to be given out; sealed, valid for this program. */
void put_cursor(struct req *, struct model *, const char *key, int64_t row);

/* A request header or cookie by name, NULL if absent; for admission. */
const char *req_cookie(struct req *, const char *name);

/*
 * Sets or, with NULL, forgets the session cookie of the request's door:
 * __Host-, Secure, HttpOnly, SameSite=Lax, Path=/.
 */
void req_set_session(struct req *, const char *token);
const char *req_session(struct req *);

/*
 * Refuses with the name of a declared input, as if it had been malformed: 400.
 * message.c has the sentence of each `code`.
 */
int refuse_input(struct req *, const char *name, const char *code);

/* The same with a code and a sentence of the module's own, N_("…"). */
int refuse_said(struct req *, const char *name, const char *code,
    const char *said);

/*
 * Keeps what this request wrote although it is refused: a count of wrong
 * passwords must not be rolled back with the refusal.
 */
void req_keep(struct req *);

/*
 * Adds a patient to the audit of a list view. Above AUDIT_SUBJECTS_MAX it
 * aborts: the statement of a list has a limit.
 */
void req_audit_subject(struct req *, int64_t patient);

/*
 * Rings the doorbell of a thing once the change has been committed and the
 * answer has left: whoever looks at it looks again. At most RINGS_MAX a request.
 */
enum { RINGS_MAX = 4 };
void req_ring(struct req *, const struct ref *thing);

/*
 * Once the change has been committed, shuts the doorbell's lines of one session
 * (the SHA-256 of its cookie) or of one device (that of its certificate). One a
 * request.
 */
void req_shut(struct req *, const unsigned char *sha256);

/*
 * Likewise the lines of all who look at a thing: whoever may still look is given
 * another channel by her next look. For when somebody may no more.
 */
void req_shut_at(struct req *, const struct ref *thing);

/* A channel on which a browser waits for such rings; put as `channel`. */
void put_channel(struct req *, struct model *, const struct ref *thing);

/* Sends a form elsewhere than its route's `then`; a path of ours. */
void req_then(struct req *, const char *path);

/*
 * Sends the browser to another site, `https://…`: for a GET that returns 303. No
 * page can have such an address, because a page's links are fixed text.
 */
void req_leave(struct req *, const char *url);

/* The page asks again by itself after so many seconds, without script. */
void req_refresh(struct req *, int seconds);

#endif
