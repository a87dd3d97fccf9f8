/* What all think alike, decided at once: shown first, then confirmed. */
#include "decide.h"

#include "viewer.h"

/* Attending members who may vote on it; with fewer than two nothing is decided. */
static int
voters_of(const struct opinions *o, const struct tabled *t)
{
	int n = 0;

	for (size_t i = 0; i < o->seats.set.n; i++) {
		const struct chair_seat *c = chair_seat_at(&o->seats, i);

		n += c->attended && !is_recused(o, t->application_id, c->user_id);
	}
	return n;
}

/*
 * 1 and the verdict when the i-th application can be decided with the others. In the
 * short way without proposals it holds as long as is usual.
 */
static int
verdict_of(const struct opinions *o, size_t i, int cap, struct verdict *v)
{
	const struct tabled *t = tabled_at(&o->cases, i);
	struct stand s;
	struct validity limits;

	if (strcmp(t->state, "tabled") != 0 || !is_agreed(o, i, &s))
		return 0;
	limits = validity_of(o->scheme, kind_find(t->kind),
	    level_find(t->previous_level), s.first, cap);
	*v = (struct verdict){ .outcome = "decided", .level = s.first,
		.manner = BY_AGREEMENT, .ayes = voters_of(o, t),
		.voters = voters_of(o, t), .state_image = s.state_image,
		.months = s.proposed == 0 ? limits.usual : s.months };
	return v->voters >= 2 && (v->level == NOT_ELIGIBLE ||
	    (v->months >= limits.least && v->months <= limits.most));
}

int
agreed_show(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	struct opinions o;
	struct verdict v;
	int64_t n = 0;

	if (s == NULL)
		return 404;
	opinions_read(r, &o, s->sitting_id, s->scheme);
	put_row(m, "sitting", &session_session_row, s);
	put_items(m, "applications");
	for (size_t i = 0; i < o.cases.set.n; i++) {
		struct model *one;

		if (!verdict_of(&o, i, session_longest(r, s), &v))
			continue;
		one = put_item(m, "applications");
		put_row(one, NULL, &aggregate_tabled_row,
		    tabled_at(&o.cases, i));
		put_text(one, "care_level", level_word(v.level));
		put_i64(one, "months", v.months);
		n++;
	}
	put_i64(m, "n", n);
	put_bool(m, "on", session_is_on(s));
	return 200;
}

static void
decide(struct req *r, const struct session *s, const struct tabled *t,
    struct verdict *v, int n)
{
	const struct scheme *c = scheme_find(s->scheme);
	const struct heard *h;
	const struct run *f;
	struct step_rows taken;

	session_heard(r->db, &h, s->sitting_id, t->id);
	session_stage(r->db, &f, t->application_id);
	session_steps(r->db, &taken, t->application_id, s->sitting_id);
	if (h == NULL || f == NULL)
		return;
	for (int step = (int)taken.set.n + 1; step <= scheme_steps(c); step++)
		session_take_step(r->db, t->application_id, s->sitting_id, step,
		    r->now, r->viewer->user);
	if (v->level != NOT_ELIGIBLE)
		verdict_dates(r, c, v, h);
	verdict_write(r, s, h, f, v, req_ref(r, n));
}

/* As many as were shown: else somebody has decided meanwhile, and it is a 409. */
int
agreed_decide(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	struct opinions o;
	struct verdict v;
	int n = 0;

	(void)m;
	if (s == NULL)
		return 404;
	if (!session_is_on(s))
		return 409;
	opinions_read(r, &o, s->sitting_id, s->scheme);
	for (size_t i = 0; i < o.cases.set.n; i++)
		if (verdict_of(&o, i, session_longest(r, s), &v))
			decide(r, s, tabled_at(&o.cases, i), &v, n++);
	return n == 0 || n != in_integer(r, "n", NULL) ? 409 : 204;
}
