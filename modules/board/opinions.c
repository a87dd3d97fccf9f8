#include "opinions.h"

void
opinions_read(struct req *r, struct opinions *o, int64_t sitting,
    const char *scheme)
{
	o->scheme = scheme_find(scheme);
	aggregate_seats(r->db, &o->seats, sitting);
	aggregate_tabled(r->db, &o->cases, sitting);
	aggregate_shown(r->db, &o->shown, sitting);
	aggregate_recused(r->db, &o->recused, sitting);
	for (size_t i = 0; i < o->cases.set.n; i++) {
		struct tabled *t = tabled_edit(&o->cases, i);
		civil_date today = date_of(r->now);

		t->urgency = urgency(o->scheme, t->applied_on, today);
		t->days_left = t->applied_on + o->scheme->limit_days - today;
	}
}

int
is_recused(const struct opinions *o, int64_t application, int64_t user)
{
	for (size_t i = 0; i < o->recused.set.n; i++) {
		const struct recused *x = recused_at(&o->recused, i);

		if (x->application_id == application && x->user_id == user)
			return 1;
	}
	return 0;
}

static int
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

struct stand
stand_of(const struct opinions *o, size_t i)
{
	const struct tabled *t = tabled_at(&o->cases, i);
	struct stand s = { .first = level_find(t->first_level), .alike = 1 };

	for (size_t k = 0; k < o->seats.set.n; k++)
		s.may += !is_recused(o, t->application_id,
		    chair_seat_at(&o->seats, k)->user_id);
	for (size_t k = 0; k < o->shown.set.n; k++) {
		const struct shown *x = shown_at(&o->shown, k);
		int months = x->months.set ? (int)x->months.v : 0;

		if (x->application_id != t->application_id || s.proposed >= 26)
			continue;
		if (s.proposed > 0 && (months != s.months ||
		    !same_text(x->state_image, s.state_image)))
			s.alike = 0;
		s.months = months;
		s.state_image = x->state_image;
		s.level[s.proposed++] = level_find(x->level);
	}
	return s;
}

int
is_agreed(const struct opinions *o, size_t i, struct stand *s)
{
	const struct tabled *t = tabled_at(&o->cases, i);

	*s = stand_of(o, i);
	if (s->first == LEVEL_NONE || !s->alike || s->may < 2)
		return 0;
	if (t->simplified && s->proposed == 0)
		return !wants_state_image((int)t->tenths, s->first);
	return (t->simplified || s->proposed == s->may) &&
	    all_agree(s->level, s->proposed, s->first);
}

/* One cell a level: the letters that stand there, and which is the first stage's. */
static void
put_cells(struct model *m, const struct opinions *o, const struct tabled *t)
{
	for (int l = 0; l < LEVELS; l++) {
		struct model *cell;

		if (!scheme_has(o->scheme, (enum level)l))
			continue;
		cell = put_item(m, "cells");
		put_text(cell, "care_level", level_word((enum level)l));
		put_bool(cell, "first", level_find(t->first_level) ==
		    (enum level)l);
		put_items(cell, "letters");
		for (size_t k = 0; k < o->shown.set.n; k++) {
			const struct shown *x = shown_at(&o->shown, k);

			if (x->application_id == t->application_id &&
			    level_find(x->level) == (enum level)l)
				put_text(put_item(cell, "letters"), ".",
				    x->letter);
		}
	}
}

/* Whose letters have no proposal, and whose have a conflict. */
static void
put_rest(struct model *m, const struct opinions *o, const struct tabled *t)
{
	put_items(m, "silent");
	put_items(m, "conflicts");
	for (size_t k = 0; k < o->seats.set.n; k++) {
		const struct chair_seat *c = chair_seat_at(&o->seats, k);
		int said = 0;

		if (is_recused(o, t->application_id, c->user_id)) {
			put_text(put_item(m, "conflicts"), ".", c->letter);
			continue;
		}
		for (size_t i = 0; i < o->shown.set.n; i++)
			said |= shown_at(&o->shown, i)->application_id ==
			    t->application_id &&
			    shown_at(&o->shown, i)->user_id == c->user_id;
		if (!said)
			put_text(put_item(m, "silent"), ".", c->letter);
	}
}

/*
 * Where all found the first stage's level and still differ: in months or in the state image.
 * The discs stand in one cell then, and somebody would wonder.
 */
static void
put_only(struct model *m, const struct opinions *o, const struct tabled *t,
    const struct stand *s)
{
	int level = all_agree(s->level, s->proposed, s->first), months = 0;
	const struct shown *first = NULL;

	for (size_t k = 0; k < o->shown.set.n; k++) {
		const struct shown *x = shown_at(&o->shown, k);

		if (x->application_id != t->application_id)
			continue;
		if (first == NULL)
			first = x;
		months |= x->months.v != first->months.v;
	}
	put_bool(m, "only_months", level && !s->alike && months);
	put_bool(m, "only_image", level && !s->alike && !months);
}

static void
put_one(struct model *m, const struct opinions *o, size_t i,
    const struct stand *s)
{
	const struct tabled *t = tabled_at(&o->cases, i);

	put_row(m, NULL, &aggregate_tabled_row, t);
	put_bool(m, "over", strcmp(t->state, "prereview") != 0 &&
	    strcmp(t->state, "tabled") != 0);
	put_cells(m, o, t);
	put_rest(m, o, t);
	put_only(m, o, t, s);
}

void
put_opinions(struct model *m, const struct opinions *o)
{
	int64_t left = 0, agreed = 0;

	put_items(m, "agreed");
	put_items(m, "differing");
	for (size_t i = 0; i < o->cases.set.n; i++) {
		struct stand s;
		int alike = is_agreed(o, i, &s);
		const char *state = tabled_at(&o->cases, i)->state;
		int over = strcmp(state, "prereview") != 0 &&
		    strcmp(state, "tabled") != 0;

		put_one(put_item(m, alike ? "agreed" : "differing"), o, i, &s);
		left += !over;
		agreed += alike && !over;
	}
	put_i64(m, "total", (int64_t)o->cases.set.n);
	put_i64(m, "still", left);
	put_i64(m, "agreed_still", agreed);
}

void
put_stand(struct model *m, const struct opinions *o, size_t i)
{
	const struct tabled *t = tabled_at(&o->cases, i);

	put_cells(m, o, t);
	put_rest(m, o, t);
	put_items(m, "reasons");
	for (size_t k = 0; k < o->shown.set.n; k++) {
		const struct shown *x = shown_at(&o->shown, k);
		struct model *one;

		if (x->application_id != t->application_id)
			continue;
		one = put_item(m, "reasons");
		put_row(one, NULL, &aggregate_shown_row, x);
		put_text(one, "care_level", x->level);
	}
}
