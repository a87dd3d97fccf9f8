#include "callees.h"

#include "hours.h"
#include "nfkc.h"
#include "profession.h"

#include <stdlib.h>

enum {
	CALLEES_MAX = 40,
	OFFICE_POSITION = 100,		/* behind the family */
	MOMENT_MINUTES = 10		/* who did not answer is not called again at once */
};

struct callee {
	const struct ref *id;
	const char *name, *about, *phone, *hours, *team_role, *profession;
	const char *person;		/* of an office */
	enum hours now;
	int office, key_person, lives_with, on_duty;
	int64_t position;
	utc_ms answered_at, silent_at;	/* 0: never */
};

struct callees {
	struct callee v[CALLEES_MAX];
	size_t n;
};

static int
rank_of_hours(enum hours h)
{
	return h == HOURS_NOW ? 0 : h == HOURS_UNKNOWN ? 1 : 2;
}

static int
compare(const void *pa, const void *pb)
{
	const struct callee *a = pa, *b = pb;
	int hours = rank_of_hours(a->now) - rank_of_hours(b->now);

	if (hours != 0)
		return hours;
	if ((a->silent_at != 0) != (b->silent_at != 0))
		return a->silent_at != 0 ? 1 : -1;
	if (a->answered_at != b->answered_at)
		return a->answered_at > b->answered_at ? -1 : 1;
	if (a->key_person != b->key_person)
		return b->key_person - a->key_person;
	return (a->position > b->position) - (a->position < b->position);
}

static struct callee *
add(struct callees *c, const struct ref *id)
{
	struct callee *one;

	for (size_t i = 0; i < c->n; i++)
		if (ref_same(c->v[i].id, id))
			return &c->v[i];
	if (c->n == CALLEES_MAX)
		return NULL;
	one = &c->v[c->n++];
	one->id = id;
	return one;
}

static enum hours
now_of(struct req *r, const char *hours)
{
	return hours == NULL ? HOURS_UNKNOWN :
	    hours_now(nfkc_text(r->mem, hours), r->now);
}

static void
add_contacts(struct req *r, const struct item_rows *rows, struct callees *c)
{
	for (size_t i = items_first(rows, "emergency_contacts");
	    i < rows->set.n; i = items_next(rows, "emergency_contacts", i)) {
		const struct item *x = item_at(rows, i);
		struct callee *one = add(c, x->id);

		if (one == NULL)
			return;
		one->name = x->a;
		one->about = x->b;
		one->phone = x->c;
		one->hours = x->d;
		one->now = now_of(r, x->d);
		one->position = x->n.set ? x->n.v : 0;
		one->key_person = x->flag.set && (x->flag.v & 1);
		one->lives_with = x->flag.set && (x->flag.v & 2);
	}
}

/* Offices, each once; the named person of it who is on duty, or any. */
static void
add_offices(struct req *r, const struct item_rows *rows, struct callees *c)
{
	for (size_t i = items_first(rows, "team"); i < rows->set.n;
	    i = items_next(rows, "team", i)) {
		const struct item *x = item_at(rows, i);
		int on_duty = x->n.set && x->n.v != 0;
		struct callee *one;

		if (x->b == NULL || (one = add(c, x->id)) == NULL)
			continue;
		one->office = 1;
		one->name = x->a;
		one->phone = x->b;
		one->hours = x->c;
		one->now = on_duty || one->on_duty ? HOURS_NOW :
		    now_of(r, x->c);
		one->position = OFFICE_POSITION;
		if (one->person == NULL || (on_duty && !one->on_duty)) {
			one->person = x->d;
			one->team_role = x->by_name;
			one->profession = x->by_profession;
		}
		one->on_duty |= on_duty;
	}
}

/* The newest calls come first. */
static void
add_calls(struct req *r, const struct item_rows *rows, struct callees *c)
{
	for (size_t i = items_first(rows, "call"); i < rows->set.n;
	    i = items_next(rows, "call", i)) {
		const struct item *x = item_at(rows, i);
		int answered = strcmp(x->a, "answered") == 0;

		for (size_t k = 0; k < c->n; k++) {
			struct callee *one = &c->v[k];

			if (!ref_same(one->id, x->id))
				continue;
			if (answered && one->answered_at == 0)
				one->answered_at = x->at.v;
			if (!answered && one->answered_at == 0 &&
			    r->now - x->at.v < MOMENT_MINUTES * MINUTE_MS)
				one->silent_at = x->at.v;
		}
	}
}

static void
put_instant(struct model *o, const char *key, utc_ms at)
{
	if (at != 0)
		put_utc(o, key, at);
	else
		put_text(o, key, NULL);
}

static void
put_callee(struct model *o, const struct callee *c)
{
	put_ref(o, "id", c->id);
	put_text(o, "name", c->name);
	put_text(o, "relation", c->about);
	put_text(o, "person", c->person);
	put_text(o, "team_role", c->team_role);
	put_text(o, "profession", c->profession == NULL ? NULL :
	    profession_name(c->profession));
	put_text(o, "phone", c->phone);
	put_text(o, "hours", c->hours);
	put_text(o, "now", c->now == HOURS_NOW ? "yes" :
	    c->now == HOURS_NOT_NOW ? "no" : "unknown");
	put_bool(o, "office", c->office);
	put_bool(o, "key_person", c->key_person);
	put_bool(o, "lives_with", c->lives_with);
	put_bool(o, "on_duty", c->on_duty);
	put_instant(o, "answered_at", c->answered_at);
	put_instant(o, "silent_at", c->silent_at);
}

static void
put_physician(struct req *r, struct model *m, const struct item_rows *rows)
{
	put_text(m, "attending_physician", NULL);
	for (size_t i = items_first(rows, "team"); i < rows->set.n;
	    i = items_next(rows, "team", i)) {
		const struct item *x = item_at(rows, i);
		struct model *o;

		if (strcmp(x->by_name, "attending_physician") != 0)
			continue;
		o = put_object(m, "attending_physician");
		put_ref(o, "id", x->id);
		put_text(o, "office", x->a);
		put_text(o, "phone", x->b);
		put_text(o, "hours", x->c);
		put_text(o, "name", x->d);
		put_bool(o, "now", (x->n.set && x->n.v != 0) ||
		    now_of(r, x->c) == HOURS_NOW);
		return;
	}
}

void
put_callees(struct req *r, struct model *m, const struct item_rows *rows)
{
	struct callees *c = arena_take(r->mem, sizeof *c);

	add_contacts(r, rows, c);
	add_offices(r, rows, c);
	add_calls(r, rows, c);
	qsort(c->v, c->n, sizeof c->v[0], compare);
	put_items(m, "callees");
	for (size_t i = 0; i < c->n; i++)
		put_callee(put_item(m, "callees"), &c->v[i]);
	put_physician(r, m, rows);
}
