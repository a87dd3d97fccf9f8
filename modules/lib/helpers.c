/* What handlers and hooks call: cookies, cursors, refs, refusals. */
#include "request.h"

enum { SESSION_MIN = 16, SESSION_MAX = 128 };

static const char token_letters[] = "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

static const char *
session_name(const struct req *r)
{
	return r->door == DOOR_OPEN ? "__Host-tomozuna-open" :
	    "__Host-tomozuna";
}

/* The next pair of a Cookie header: *name and *n, the value behind its `=`. */
static const char *
next_cookie(const char *p, const char **name, size_t *n)
{
	p += strspn(p, "; ");
	if (*p == '\0')
		return NULL;
	*name = p;
	*n = strcspn(p, "=;");
	return p + strcspn(p, ";");
}

/* A cookie that comes twice is nobody's: which one is right cannot be known. */
const char *
req_cookie(struct req *r, const char *wanted)
{
	const char *p = r->own->params.v[PARAM_COOKIE], *name, *found = NULL;
	size_t n;

	if (p == NULL)
		return NULL;
	while ((p = next_cookie(p, &name, &n)) != NULL) {
		if (n != strlen(wanted) || memcmp(name, wanted, n) != 0 ||
		    name[n] != '=')
			continue;
		if (found != NULL)
			return NULL;
		found = arena_copy(r->own->worker->keep, name + n + 1,
		    (size_t)(p - name) - n - 1);
	}
	return found;
}

static int
is_token(const char *token)
{
	size_t n = strlen(token);

	return n >= SESSION_MIN && n <= SESSION_MAX &&
	    strspn(token, token_letters) == n;
}

const char *
req_session(struct req *r)
{
	const char *token;

	if (r->door == DOOR_LOOPBACK)
		return NULL;
	token = req_cookie(r, session_name(r));
	return token != NULL && is_token(token) ? token : NULL;
}

void
req_set_session(struct req *r, const char *token)
{
	if (token != NULL && !is_token(token)) {
		fprintf(stderr, "a session's token has other letters\n");
		abort();
	}
	r->own->a.cookie = arena_printf(r->own->worker->keep,
	    "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s",
	    session_name(r), token == NULL ? "" : token,
	    token == NULL ? "; Max-Age=0" : "");
}

void
put_cursor(struct req *r, struct model *m, const char *key, int64_t row)
{
	unsigned char sealed[SEAL_EXTRA_BYTES + sizeof row];
	char text[(sizeof sealed + 2) / 3 * 4 + 1];

	seal_close(&r->own->server->cursor_key, NULL, 0, &row, sizeof row,
	    sealed);
	base64url_encode(sealed, sizeof sealed, text);
	put_text(m, key, arena_text(r->mem, text));
}

/* Drawn from a seed of the request's, so that every try gives the same. */
const struct ref *
req_ref(struct req *r, int n)
{
	unsigned char from[SHA256_BYTES + sizeof n], digest[SHA256_BYTES];
	struct ref *ref = arena_take(r->mem, sizeof *ref);

	memcpy(from, r->own->ref_seed, SHA256_BYTES);
	memcpy(from + SHA256_BYTES, &n, sizeof n);
	seal_sha256(from, sizeof from, digest);
	memcpy(ref->b, digest, sizeof ref->b);
	return ref;
}

int
refuse_input(struct req *r, const char *name, const char *code)
{
	struct request *q = r->own;
	const struct input *in = r->route->in;

	for (size_t i = 0; in != NULL && in[i].name != NULL; i++) {
		if (strcmp(in[i].name, name) != 0)
			continue;
		q->in[i].code = code;
		(void)refuse(q, 400, code, name);
		return 400;
	}
	fprintf(stderr, "route %s declares no such input: %s\n",
	    r->route->path, name);
	abort();
}

int
refuse_said(struct req *r, const char *name, const char *code, const char *said)
{
	int status = refuse_input(r, name, code);

	r->own->a.said = said;
	return status;
}

void
req_keep(struct req *r)
{
	r->own->keep = 1;
}

void
req_audit_subject(struct req *r, int64_t patient)
{
	struct audit *a = r->audit;

	for (int i = 0; i < a->nsubjects; i++)
		if (a->subjects[i] == patient)
			return;
	if (a->nsubjects == AUDIT_SUBJECTS_MAX) {
		fprintf(stderr, "route %s: too many patients in one list\n",
		    r->route->path);
		abort();
	}
	a->subjects[a->nsubjects++] = patient;
}

void
req_then(struct req *r, const char *path)
{
	if (path[0] != '/' || path[1] == '/' || path[1] == '\\') {
		fprintf(stderr, "route %s: sends elsewhere than to us\n",
		    r->route->path);
		abort();
	}
	r->own->then = arena_text(r->own->worker->keep, path);
}

void
req_leave(struct req *r, const char *url)
{
	if (r->route->method != GET || strncmp(url, "https://", 8) != 0) {
		fprintf(stderr, "route %s: leaves not by GET and https\n",
		    r->route->path);
		abort();
	}
	r->own->then = arena_text(r->own->worker->keep, url);
}

void
req_refresh(struct req *r, int seconds)
{
	r->own->refresh_s = seconds;
}

void
req_ring(struct req *r, const struct ref *thing)
{
	struct request *q = r->own;

	for (int i = 0; i < q->nring; i++)	/* a further try */
		if (memcmp(&q->ring[i], thing, sizeof *thing) == 0)
			return;
	if (q->nring < RINGS_MAX)
		q->ring[q->nring++] = *thing;
}

void
req_shut(struct req *r, const unsigned char *sha256)
{
	struct request *q = r->own;

	q->shuts = 1;
	bell_topic_of_whom(&q->server->bell, sha256, &q->shut);
}

void
req_shut_at(struct req *r, const struct ref *thing)
{
	struct request *q = r->own;

	q->shuts = 1;
	bell_topic_of(&q->server->bell, thing, &q->shut);
}

void
put_channel(struct req *r, struct model *m, const struct ref *thing)
{
	const struct bell_keys *keys = &r->own->server->bell;
	const char *cookie = req_session(r);
	unsigned char session[SHA256_BYTES];
	struct bell_place place;
	char channel[BELL_CHANNEL];

	if (cookie != NULL)
		seal_sha256(cookie, strlen(cookie), session);
	bell_topic_of(keys, thing, &place.topic);
	bell_topic_of_whom(keys, cookie == NULL ? NULL : session,
	    &place.session);
	bell_topic_of_whom(keys, r->certificate, &place.device);
	bell_channel(keys, &place, r->now, channel);
	put_text(m, "channel", arena_text(r->mem, channel));
}
