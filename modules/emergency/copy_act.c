/*
 * Statements that change something, while they cannot be run: whether they would match,
 * and what of them is to be seen at once. Parameters stand as their .sql says.
 */
#include "copy_own.h"

#include "arena.h"
#include "idempotency_sql.h"
#include "notice_sql.h"

int64_t
act_one(struct standing *s, const union db_val *in, struct db_set *out)
{
	(void)s;
	(void)in;
	(void)out;
	return 1;
}

/* How many it will match nobody asks. */
int64_t
act_none(struct standing *s, const union db_val *in, struct db_set *out)
{
	(void)s;
	(void)in;
	(void)out;
	return 0;
}

/* Nobody has been told yet. */
int64_t
act_no_people(struct standing *s, const union db_val *in, struct db_set *out)
{
	(void)in;
	out->rows = arena_take(s->mem, sizeof(struct told));
	out->n = 1;
	return 1;
}

int64_t
act_shut(struct standing *s, const union db_val *in, struct db_set *out)
{
	const struct opened *o = opened_find(s, in[1].ref, NULL);

	(void)out;
	return o != NULL && !o->ended_at.set;
}

int64_t
act_lengthen(struct standing *s, const union db_val *in, struct db_set *out)
{
	const struct opened *o = opened_find(s, in[1].ref, NULL);

	(void)out;
	return o != NULL && !o->extended_at.set;
}

static int
may_be_called(const struct item *x)
{
	return strcmp(x->section, "emergency_contacts") == 0 ||
	    strcmp(x->section, "team") == 0;
}

/* Only a contact of hers, or an office of her team. */
int64_t
act_call(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct whole w;

	(void)out;
	if (whole_get(s, in[0].i64, &w) < 0)
		return 0;
	for (size_t i = 0; i < w.items.set.n; i++) {
		const struct item *x = item_at(&w.items, i);

		if (may_be_called(x) && x->id != NULL &&
		    memcmp(x->id->b, in[3].ref->b, REF_BYTES) == 0)
			return 1;
	}
	return 0;
}

static struct store_name
name_of_key(const struct standing *s, struct db_bytes scope)
{
	return store_name(s->store, COPY_KEY, scope.p, scope.n, NULL, 0);
}

int64_t
act_claim(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct store_name name = name_of_key(s, in[0].bytes);

	(void)out;
	return store_get(s->on, &name, s->mem).p == NULL;
}

/* ---- what is to be seen at once ---- */

void
keep_open(struct standing *s, const union db_val *in)
{
	struct whole w;

	if (whole_get(s, in[0].i64, &w) < 0)
		return;
	opened_put(s, &(struct opened){
		.user_id = in[3].i64, .patient_id = in[0].i64,
		.opening = in[1].ref, .patient = w.person->id,
		.basis = in[8].text, .reason = in[9].text,
		.reason_text = in[10].text, .dispatch_number = in[11].text,
		.opened_at = in[12].i64, .until = in[13].i64
	}, instant_now());
}

void
keep_shut(struct standing *s, const union db_val *in)
{
	const struct opened *was = opened_find(s, in[1].ref, NULL);
	struct opened o;

	if (was == NULL)
		return;
	o = *was;
	o.ended_at = (struct db_maybe){ 1, in[2].i64 };
	opened_put(s, &o, instant_now());
}

void
keep_lengthen(struct standing *s, const union db_val *in)
{
	const struct opened *was = opened_find(s, in[1].ref, NULL);
	struct opened o;

	if (was == NULL)
		return;
	o = *was;
	o.until = in[2].i64;
	o.extended_at = (struct db_maybe){ 1, in[3].i64 };
	opened_put(s, &o, instant_now());
}

void
keep_number(struct standing *s, const union db_val *in)
{
	const struct opened *was = opened_find(s, in[1].ref, NULL);
	struct opened o;

	if (was == NULL)
		return;
	o = *was;
	o.dispatch_number = in[2].text;
	opened_put(s, &o, instant_now());
}

/* A row of the summary beside those that were copied. */
static void
keep_said(struct standing *s, int64_t patient, const struct ref *what,
    const struct item *x)
{
	struct store_name name = store_name(s->store, COPY_SAID, &patient,
	    sizeof patient, what->b, REF_BYTES);

	row_put(s, &name, x->at.v, &summary_item_row, x);
}

void
keep_call(struct standing *s, const union db_val *in)
{
	keep_said(s, in[0].i64, in[1].ref, &(struct item){
		.section = "call", .id = in[3].ref, .a = in[4].text,
		.at = { 1, in[5].i64 }, .by_name = in[7].text
	});
}

void
keep_report(struct standing *s, const union db_val *in)
{
	keep_said(s, in[0].i64, in[1].ref, &(struct item){
		.section = "report", .id = in[1].ref, .a = in[3].text,
		.b = in[4].text, .c = in[5].text, .at = { 1, in[6].i64 },
		.by_name = in[8].text
	});
}

void
keep_claim(struct standing *s, const union db_val *in)
{
	struct store_name name = name_of_key(s, in[0].bytes);

	row_put(s, &name, in[2].i64, &idempotency_stored_row,
	    &(struct stored){ .inputs = in[1].bytes });
}

void
keep_answered(struct standing *s, const union db_val *in)
{
	struct store_name name = name_of_key(s, in[0].bytes);
	const struct stored *was = row_get(s, &name, &idempotency_stored_row,
	    NULL);
	struct stored now;

	if (was == NULL)
		return;
	now = *was;
	now.status = (struct db_maybe){ 1, in[1].i64 };
	now.location = in[2].text;
	now.id = in[3].ref;
	row_put(s, &name, instant_now(), &idempotency_stored_row, &now);
}

/* ---- what was said away, until it stands in the summary ---- */

enum { SAID_MAX = 60 };

struct hearing {
	const struct standing *s;
	const struct whole *w;		/* NULL: all is wanted */
	struct item *rows;
	size_t n;
};

/* Newest first. */
static int
hear(void *of, const struct store_name *name, struct db_bytes v)
{
	struct hearing *h = of;
	const struct item *x = row_read(v, &summary_item_row, h->s->mem, NULL);
	size_t at;

	(void)name;
	if (x == NULL || h->n == SAID_MAX)
		return 0;
	for (at = h->n++; at > 0 && h->rows[at - 1].at.v < x->at.v; at--)
		h->rows[at] = h->rows[at - 1];
	h->rows[at] = *x;
	return 0;
}

static struct store_name
name_of_said(const struct standing *s, int64_t patient)
{
	return name_of_patient(s->store, COPY_SAID, patient);
}

size_t
said_of(const struct standing *s, int64_t patient, const struct item **out)
{
	struct store_name name = name_of_said(s, patient);
	struct hearing h = { .s = s };

	h.rows = arena_take_many(s->mem, SAID_MAX, sizeof *h.rows);
	(void)store_each(s->on, &name, 1 + STORE_HEAD, s->mem, hear, &h);
	*out = h.rows;
	return h.n;
}

static int
forget_copied(void *of, const struct store_name *name, struct db_bytes v)
{
	const struct hearing *h = of;
	const struct item *x = row_read(v, &summary_item_row, h->s->mem, NULL);

	for (size_t i = 0; x != NULL && i < h->w->items.set.n; i++) {
		const struct item *y = item_at(&h->w->items, i);

		if (strcmp(x->section, y->section) == 0 &&
		    x->at.v == y->at.v) {
			store_drop(h->s->on, name);
			return 0;
		}
	}
	return 0;
}

void
said_forget(const struct standing *s, const struct whole *w)
{
	struct store_name name = name_of_said(s, w->person->patient_id);
	struct hearing h = { .s = s, .w = w };

	(void)store_each(s->on, &name, 1 + STORE_HEAD, s->mem, forget_copied,
	    &h);
}

struct sweeping {
	const struct standing *s;
	utc_ms before;
};

static int
sweep(void *of, const struct store_name *name, struct db_bytes v)
{
	const struct sweeping *w = of;
	utc_ms noted = 0;

	if (row_read(v, &summary_item_row, w->s->mem, &noted) == NULL ||
	    noted < w->before)
		store_drop(w->s->on, name);
	return 0;
}

void
said_sweep(const struct standing *s, utc_ms before)
{
	const struct store_name all = { .b = { COPY_SAID } };
	struct sweeping w = { s, before };

	(void)store_each(s->on, &all, 1, s->mem, sweep, &w);
}
