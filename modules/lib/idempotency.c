#include "request.h"

#include "idempotency_sql.h"

enum { KEPT_HOURS = 72, PURGED_AT_ONCE = 500 };

/* The fields in an order of their own, so that a client may reorder them. */
static void
digest_form(const struct request *q, struct buf *b)
{
	const struct input *in = q->r.route->in;

	buf_puts(b, q->params.v[PARAM_PATH]);
	for (; in != NULL && in->name != NULL; in++) {
		const struct field *f = form_find(&q->form, in->name);

		buf_printf(b, "\n%s %d ", in->name,
		    f == NULL ? -1 : (int)f->n);
		if (f != NULL)
			buf_put(b, f->value, f->n);
	}
}

/* Who sends: a session, else a device, else an address. */
static void
digest_scope(const struct request *q, struct buf *b)
{
	const char *session = req_session((struct req *)&q->r);

	if (session != NULL)
		buf_printf(b, "session %s", session);
	else if (q->r.certificate != NULL)
		buf_put(b, (const char *)q->certificate, SHA256_BYTES);
	else
		buf_printf(b, "address %s", q->r.address);
	buf_printf(b, "\n%s %s\n%s\n", method_name(q->r.route->method),
	    q->r.route->path, q->params.v[PARAM_PATH]);
	buf_puts(b, q->key);
}

static int
is_key(const char *key, size_t n)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

	return n >= KEY_MIN && n <= KEY_MAX && strspn(key, allowed) == n;
}

/*
 * Only digests are stored, keyed ones: a PIN among the inputs could be guessed
 * from a plain hash.
 */
int
key_take(struct request *q)
{
	const struct field *f = form_find(&q->form, "idempotency_key");
	const char *key = q->params.v[PARAM_KEY];
	struct buf b = { 0 };

	if (key == NULL && f != NULL)
		key = f->value;
	if (key == NULL || !route_writes(q->r.route))
		return 0;
	if (!is_key(key, strlen(key)) ||
	    (f != NULL && f->n != strlen(f->value)))
		return refuse(q, 400, "malformed", "idempotency_key");
	q->key = key;
	digest_scope(q, &b);
	seal_hmac(&q->server->key_key, b.p, b.n, q->scope);
	buf_reset(&b);
	digest_form(q, &b);
	seal_hmac(&q->server->key_key, b.p, b.n, q->inputs);
	buf_free(&b);
	return 0;
}

static int
asks_secret(const struct route *route)
{
	for (const struct input *in = route->in; in != NULL && in->name != NULL;
	    in++)
		if (in->kind == SECRET)
			return 1;
	return 0;
}

/*
 * A form that shows its answer (a search) asks; there is nothing to repeat. Nor
 * is an answer to a secret kept: whoever knows the key of one could try others
 * against it, which no handler would count.
 */
int
key_wanted(const struct request *q)
{
	const struct route *route = q->r.route;

	return q->key != NULL && !asks_secret(route) &&
	    !(route->page != NULL && route->then == NULL);
}

static struct db_bytes
digest(const unsigned char *p)
{
	return (struct db_bytes){ .p = p, .n = SHA256_BYTES };
}

int
key_claim(struct request *q)
{
	return idempotency_claim(q->r.db, digest(q->scope), digest(q->inputs),
	    q->r.now) == 1;
}

int
key_replay(struct request *q, struct model *m)
{
	const struct stored *was = NULL;

	idempotency_find(q->r.db, &was, digest(q->scope));
	if (was == NULL || !was->status.set)
		return 0;
	if (was->inputs.n != SHA256_BYTES ||
	    !seal_same(was->inputs.p, q->inputs, SHA256_BYTES)) {
		(void)refuse(q, 409, "idempotency_key_reused", NULL);
		return 409;
	}
	if (was->id != NULL)
		put_id(m, was->id);
	q->a.location = arena_text(q->worker->keep, was->location);
	return (int)was->status.v;
}

void
key_store(struct request *q)
{
	const struct scope top = model_scope(q->a.model);
	struct value id = scope_find(&top, "id");

	idempotency_store(q->r.db, digest(q->scope), q->a.status,
	    q->a.location, id.kind == VALUE_REF ? id.u.ref : NULL);
}

void
key_forget(struct request *q)
{
	idempotency_forget(q->r.db, digest(q->scope));
}

int
key_purge(struct db *db, struct arena *mem, utc_ms now)
{
	int64_t n;

	db_begin(db, mem, 1);
	n = idempotency_purge(db, now - KEPT_HOURS * HOUR_MS, PURGED_AT_ONCE);
	if (db_end(db) != DB_FINE)
		return 0;
	return n == PURGED_AT_ONCE;
}
