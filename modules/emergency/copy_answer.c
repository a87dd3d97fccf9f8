/* Statements that read, answered from the copy. Parameters stand as their .sql says. */
#include "copy_own.h"

#include "admit_sql.h"
#include "arena.h"
#include "emergency.h"
#include "idempotency_sql.h"
#include "opening_sql.h"
#include "search_sql.h"

enum { OPEN_SHOWN = 20, NAMED = 16 };

static int64_t
give(struct db_set *out, const void *rows, size_t n)
{
	out->rows = rows;
	out->n = n;
	return (int64_t)n;
}

int64_t
answer_session(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct store_name name = store_name(s->store, COPY_CREW, in[0].bytes.p,
	    in[0].bytes.n, in[1].bytes.p, in[1].bytes.n);
	const struct crew *c = row_get(s, &name, &copy_crew_row, NULL);
	struct session *v;

	if (c == NULL)
		return 0;
	v = arena_take(s->mem, sizeof *v);
	*v = (struct session){
		.user_id = c->user_id, .office_id = c->office_id,
		.device_id = c->device_id, .network_id = c->network_id,
		.id = c->id, .login = c->login, .family = c->family,
		.given = c->given, .profession = c->profession,
		.professions = c->professions,
		.office_name = c->office_name,
		.office_manager = c->office_manager, .on_duty = c->on_duty,
		.roles = c->roles, .lang = c->lang,
		.created_at = c->created_at, .seen_at = c->seen_at
	};
	return give(out, v, 1);
}

/* Of whom she has open `open_now` is asked here: the copy is what answers it anyway. */
int64_t
answer_holder(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct holder *h;

	if (answer_session(s, in, out) == 0)
		return 0;
	h = arena_take(s->mem, sizeof *h);
	memcpy(h, out->rows, sizeof(struct session));
	return give(out, h, 1);
}

int64_t
answer_openable(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct openable *p;
	struct whole w;

	if (whole_get(s, patient_of_ref(s, in[0].ref), &w) < 0 ||
	    w.person->network_id != in[1].i64)
		return 0;
	p = arena_take(s->mem, sizeof *p);
	p->patient_id = w.person->patient_id;
	p->consented = w.person->consented;
	return give(out, p, 1);
}

static const struct opened *
opened_of(struct standing *s, const struct ref *patient, int64_t user,
    utc_ms now)
{
	const struct opened *o[OPEN_SHOWN];
	size_t n = opened_of_user(s, user, now, o, OPEN_SHOWN);

	for (size_t i = 0; i < n; i++)
		if (memcmp(o[i]->patient->b, patient->b, REF_BYTES) == 0)
			return o[i];
	return NULL;
}

/* Who she is; the rest of the row says who has her open. */
static void
put_who(const struct standing *s, const struct person *p, struct opening *to)
{
	to->patient_id = p->patient_id;
	to->id = p->id;
	to->family = p->family;
	to->given = p->given;
	to->kana = arena_printf(s->mem, "%s %s", p->kana_family, p->kana_given);
	to->sex = p->sex;
	to->birth_date = p->birth_date;
	to->address = p->address;
	to->phone = p->phone;
	to->care_level = p->care_level;
	to->lives_alone = p->lives_alone;
	to->whereabouts = p->whereabouts;
	to->insurer_number = p->insurer_number;
	to->insured_number = p->insured_number;
	to->network_ref = p->network_ref;
	to->network = p->network;
}

int64_t
answer_open_now(struct standing *s, const union db_val *in, struct db_set *out)
{
	const struct opened *o = opened_of(s, in[0].ref, in[1].i64, in[2].i64);
	struct opening *v;
	struct whole w;

	if (o == NULL || whole_get(s, o->patient_id, &w) < 0)
		return 0;
	v = arena_take(s->mem, sizeof *v);
	*v = (struct opening){
		.opening = o->opening, .basis = o->basis, .reason = o->reason,
		.reason_text = o->reason_text,
		.dispatch_number = o->dispatch_number,
		.opened_at = o->opened_at, .until = o->until,
		.extended_at = o->extended_at
	};
	put_who(s, w.person, v);
	return give(out, v, 1);
}

int64_t
answer_mine(struct standing *s, const union db_val *in, struct db_set *out)
{
	const struct opened *o[OPEN_SHOWN];
	size_t n = opened_of_user(s, in[0].i64, in[1].i64, o, OPEN_SHOWN);
	struct mine *rows = arena_take_many(s->mem, n + 1, sizeof *rows);
	size_t got = 0;

	for (size_t i = 0; i < n; i++) {
		struct whole w;

		if (whole_get(s, o[i]->patient_id, &w) < 0)
			continue;
		rows[got++] = (struct mine){
			.id = w.person->id,
			.name = arena_printf(s->mem, "%s %s", w.person->family,
			    w.person->given),
			.birth_date = w.person->birth_date,
			.opened_at = o[i]->opened_at, .until = o[i]->until,
			.dispatch_number = o[i]->dispatch_number
		};
	}
	return give(out, rows, got);
}

int64_t
answer_officers(struct standing *s, const union db_val *in, struct db_set *out)
{
	const struct store_name name = { .b = { COPY_PRIVACY } };
	struct db_bytes v = store_get(s->on, &name, s->mem);
	const unsigned char *p = v.p;
	struct privacy_rows all;
	struct officer *rows;
	size_t n = 0;

	if (p == NULL || rows_read(&p, v.p + v.n, &copy_privacy_row, s->mem,
	    &all.set) < 0)
		return 0;
	rows = arena_take_many(s->mem, all.set.n + 1, sizeof *rows);
	for (size_t i = 0; i < all.set.n; i++)
		if (privacy_at(&all, i)->network_id == in[0].i64)
			rows[n++].user_id = privacy_at(&all, i)->user_id;
	return give(out, rows, n);
}

static void
put_named(struct standing *s, const struct person *p, int64_t viewer,
    utc_ms now, struct candidate *to)
{
	*to = (struct candidate){
		.patient_id = p->patient_id, .id = p->id, .family = p->family,
		.given = p->given, .birth_date = p->birth_date, .area = p->area,
		.numbers = p->numbers, .consented = p->consented,
		.opened = opened_of(s, p->id, viewer, now) != NULL
	};
}

static int
by_reading(const struct person *a, const struct person *b)
{
	int order = strcmp(a->kana_family, b->kana_family);

	return order != 0 ? order : strcmp(a->kana_given, b->kana_given);
}

/* `ids` is "[1,2,3]", of few. */
int64_t
answer_candidates(struct standing *s, const union db_val *in,
    struct db_set *out)
{
	const struct person *p[NAMED];
	struct candidate *rows = arena_take_many(s->mem, NAMED, sizeof *rows);
	size_t n = 0, at;

	for (const char *id = in[0].text; *id != '\0' && n < NAMED;
	    id += strcspn(id, ",")) {
		struct whole w;

		id++;			/* the bracket, or the comma */
		if (whole_get(s, strtoll(id, NULL, 10), &w) < 0 ||
		    w.person->network_id != in[1].i64)
			continue;
		for (at = n++; at > 0 && by_reading(p[at - 1], w.person) > 0;
		    at--)
			p[at] = p[at - 1];
		p[at] = w.person;
	}
	for (size_t i = 0; i < n; i++)
		put_named(s, p[i], in[2].i64, in[3].i64, &rows[i]);
	return give(out, rows, n);
}

/* Entries of the fortnight, what was said since the dispatch, who is of the team still. */
static int
is_late(const struct item *x, utc_ms now, utc_ms fortnight, utc_ms dispatch)
{
	if (strcmp(x->section, "team") == 0)
		return x->at.set && x->at.v <= now;
	if (strcmp(x->section, "entry") == 0)
		return x->at.v <= fortnight;
	if (strcmp(x->section, "hospital") == 0)
		return x->at.set && x->at.v < dispatch;
	if (strcmp(x->section, "report") == 0 ||
	    strcmp(x->section, "answer") == 0)
		return x->at.v < dispatch;
	return 0;
}

/* What was said away comes first: it is the newest. */
static void
rows_of_whole(const struct standing *s, const struct whole *w, utc_ms now,
    utc_ms fortnight, utc_ms dispatch, struct db_set *out)
{
	const struct item *said;
	size_t n = said_of(s, w->person->patient_id, &said);
	struct item *rows = arena_take_many(s->mem, n + w->items.set.n + 1,
	    sizeof *rows);

	for (size_t i = 0; i < n; i++)
		rows[i] = said[i];
	for (size_t i = 0; i < w->items.set.n; i++)
		if (!is_late(item_at(&w->items, i), now, fortnight, dispatch))
			rows[n++] = *item_at(&w->items, i);
	(void)give(out, rows, n);
}

int64_t
answer_summary(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct whole w;

	if (whole_get(s, in[0].i64, &w) < 0)
		return 0;
	rows_of_whole(s, &w, in[1].i64, in[2].i64, in[3].i64, out);
	return (int64_t)out->n;
}

int64_t
answer_face(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct store_name name = name_of_patient(s->store, COPY_FACE, in[0].i64);
	const struct face *f = row_get(s, &name, &summary_face_row, NULL);

	return f == NULL ? 0 : give(out, f, 1);
}

int
whole_of_holder(const struct standing *s, const struct holder *h, utc_ms now,
    struct opening *o, struct item_rows *rows)
{
	struct whole w;

	if (whole_get(s, h->patient_id.v, &w) < 0)
		return 0;
	*o = (struct opening){
		.opening = h->opening, .basis = h->basis, .reason = h->reason,
		.reason_text = h->reason_text,
		.dispatch_number = h->dispatch_number,
		.opened_at = h->opened_at.v, .until = h->until.v,
		.extended_at = h->extended_at
	};
	put_who(s, w.person, o);
	rows_of_whole(s, &w, now, now - FORTNIGHT_DAYS * DAY_MS,
	    o->opened_at - HOUR_MS, &rows->set);
	return 1;
}

/* What was answered to a key that was used away. */
int64_t
answer_stored(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct store_name name = store_name(s->store, COPY_KEY, in[0].bytes.p,
	    in[0].bytes.n, NULL, 0);
	const struct stored *was = row_get(s, &name, &idempotency_stored_row,
	    NULL);

	return was == NULL ? 0 : give(out, was, 1);
}
