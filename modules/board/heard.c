/* One application on the table: the five steps, the vote, the decision. */
#include "decide.h"

#include "items.h"
#include "viewer.h"

static const struct heard *
find(struct req *r, const struct session *s)
{
	const struct heard *h = NULL;

	if (s != NULL)
		session_heard(r->db, &h, s->sitting_id,
		    in_path(r, "application"));
	return h;
}

/* How many of the five steps have been taken. */
static int
steps_of(struct req *r, const struct heard *h)
{
	struct step_rows rows;

	session_steps(r->db, &rows, h->application_id, h->sitting_id);
	return (int)rows.set.n;
}

/* Those who are there and may vote, with what each proposed. */
static void
put_voters(struct model *m, const struct opinions *o, const struct heard *h)
{
	put_items(m, "voters");
	for (size_t i = 0; i < o->seats.set.n; i++) {
		const struct chair_seat *c = chair_seat_at(&o->seats, i);
		const char *proposed = NULL;
		struct model *v;

		if (!c->attended ||
		    is_recused(o, h->application_id, c->user_id))
			continue;
		v = put_item(m, "voters");
		put_text(v, "letter", c->letter);
		put_text(v, "field", c->field);
		put_bool(v, "presides", c->presides);
		for (size_t k = 0; k < o->shown.set.n; k++) {
			const struct shown *x = shown_at(&o->shown, k);

			if (x->application_id == h->application_id &&
			    x->user_id == c->user_id)
				proposed = x->level;
		}
		put_text(v, "proposed", proposed);
		put_levels(v, o->scheme, proposed);
	}
}

static void
put_steps(struct model *m, const struct scheme *c, int taken)
{
	int steps = scheme_steps(c);

	for (int i = 1; i <= steps; i++) {
		struct model *o = put_item(m, "steps");

		put_i64(o, "step", i);
		put_text(o, "what", c->steps[i - 1]);
		put_bool(o, "taken", i <= taken);
		put_bool(o, "now", i == taken + 1);
	}
	put_i64(m, "taken", taken);
	put_bool(m, "all_steps", taken == steps);
	put_bool(m, "correcting", taken == c->rerun_step - 1);
}

static void
put_case(struct req *r, struct model *m, const struct session *s,
    const struct heard *h)
{
	struct opinions o;
	struct decision_rows decisions;

	opinions_read(r, &o, s->sitting_id, s->scheme);
	for (size_t i = 0; i < o.cases.set.n; i++)
		if (tabled_at(&o.cases, i)->application_id ==
		    h->application_id)
			put_stand(m, &o, i);
	put_voters(m, &o, h);
	session_decisions(r->db, &decisions, h->application_id);
	put_rows(m, "decisions", &decisions.set);
}

int
heard_show(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const struct heard *h = find(r, s), *next;
	const struct scheme *c;
	const struct run *f;
	struct sheet_rows papers;

	if (h == NULL)
		return 404;
	c = scheme_find(s->scheme);
	session_stage(r->db, &f, h->application_id);
	session_next(r->db, &next, h->sitting_id, h->serial_number);
	put_row(m, NULL, &session_heard_row, h);
	put_ref(m, "application_ref", h->id);
	put_row(m, "sitting", &session_session_row, s);
	put_row(m, "stage", &session_run_row, f);
	put_item_choices(r, m, c);
	put_levels(m, c, NULL);
	session_papers(r->db, &papers, h->application_id);
	put_rows(m, "papers", &papers.set);
	put_bool(m, "secretary", viewer_has(r->viewer, "secretary"));
	put_minutes(m, c, f == NULL ? 0 : (int)f->tenths);
	put_items_of(r, m, c, f == NULL ? NULL : f->answers);
	put_validity(m, validity_of(c, kind_find(h->kind),
	    level_find(h->previous_level), level_find(h->previous_level),
	    session_longest(r, s)));
	put_i64(m, "days_left",
	    h->applied_on + c->limit_days - date_of(r->now));
	put_text(m, "urgency", urgency(c, h->applied_on, date_of(r->now)));
	put_bool(m, "on", session_is_on(s) && strcmp(h->state, "tabled") == 0);
	put_bool(m, "may_reopen", session_is_on(s) &&
	    strcmp(h->state, "decided") == 0);
	put_steps(m, c, steps_of(r, h));
	put_case(r, m, s, h);
	put_text(m, "next", NULL);
	if (next != NULL)
		put_ref(m, "next", next->id);
	return 200;
}

/* The first stage may be run again with a corrected answer, as one of the steps. */
static int
rerun(struct req *r, const struct scheme *c, const struct heard *h)
{
	enum level level = level_of(c, in_text(r, "level"));
	int set;
	int64_t tenths = in_integer(r, "tenths", &set);
	const struct run *f;

	if (in_text(r, "level") == NULL && !set && in_text(r, "reason") == NULL)
		return 0;
	if (level == LEVEL_NONE)
		return refuse_input(r, "level", "missing");
	if (c->timed && !set)
		return refuse_input(r, "tenths", "missing");
	if (c->timed ? !level_fits((int)tenths, level) : set)
		return refuse_input(r, "tenths", "out_of_range");
	if (in_text(r, "reason") == NULL)
		return refuse_input(r, "reason", "missing");
	session_stage(r->db, &f, h->application_id);
	if (f == NULL)
		return 409;
	session_rerun(r->db, h->application_id, f->number, level_word(level),
	    c->timed ? tenths : 0, in_text(r, "reason"), r->now, r->viewer->user);
	return 0;
}

int
heard_step(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const struct heard *h = find(r, s);
	const struct scheme *c;
	int step = (int)in_integer(r, "step", NULL), refused;

	(void)m;
	if (h == NULL)
		return 404;
	c = scheme_find(s->scheme);
	if (!session_is_on(s) || strcmp(h->state, "tabled") != 0 ||
	    step > scheme_steps(c) || step != steps_of(r, h) + 1)
		return 409;
	refused = step == c->rerun_step ? rerun(r, c, h) : 0;
	if (refused != 0)
		return refused;
	session_take_step(r->db, h->application_id, h->sitting_id, step, r->now,
	    r->viewer->user);
	return 204;
}

/* A mistake is seen while they still sit: back on the table, and another decision. */
int
heard_reopen(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const struct heard *h = find(r, s);

	(void)m;
	if (h == NULL)
		return 404;
	if (!session_is_on(s) || strcmp(h->state, "decided") != 0)
		return 409;
	session_reopen(r->db, h->application_id, h->sitting_id,
	    in_text(r, "reason"), r->now, r->viewer->user, board_writer(r));
	session_application_goes(r->db, h->application_id, "decided", "tabled");
	return 204;
}

/* ---- the decision ---- */

/*
 * The votes as they were typed, "A.care1" each, one of each who may: the level that
 * won. 0, or the refusal.
 */
static int
count_votes(struct req *r, const struct opinions *o, const struct heard *h,
    struct verdict *v, int store)
{
	const char *typed = in_many(r, "vote");
	enum level votes[26], chairs = LEVEL_NONE;
	int n = 0;

	for (size_t i = 0; i < o->seats.set.n && n < 26; i++) {
		const struct chair_seat *c = chair_seat_at(&o->seats, i);
		const char *p = typed;
		enum level l;

		if (!c->attended || is_recused(o, h->application_id, c->user_id))
			continue;
		while (*p != '\0' && (p[0] != c->letter[0] || p[1] != '.'))
			p += strcspn(p, ","), p += *p == ',';
		l = *p == '\0' ? LEVEL_NONE : level_of(o->scheme,
		    arena_copy(r->mem, p + 2, strcspn(p + 2, ",")));
		if (l == LEVEL_NONE)
			return refuse_input(r, "vote", "missing");
		if (c->presides)
			chairs = l;
		votes[n++] = l;
		if (store)
			session_ballot(r->db, h->application_id, h->sitting_id,
			    c->user_id, level_word(l));
	}
	v->voters = n;
	v->manner = vote_of(votes, n, chairs, &v->level);
	for (int i = 0; i < n; i++)
		v->ayes += votes[i] == v->level;
	return v->manner == UNDECIDED || chairs == LEVEL_NONE ?
	    refuse_input(r, "vote", "undecided") : 0;
}

void
verdict_dates(struct req *r, const struct scheme *c, struct verdict *v,
    const struct heard *h)
{
	v->from = validity_from(c, kind_find(h->kind), h->applied_on,
	    h->previous_to.set ? (civil_date)h->previous_to.v : 0,
	    date_of(r->now));
	v->to = validity_to(v->from, v->months);
}

const char *
manner_word(enum manner m)
{
	return m == BY_AGREEMENT ? "agreement" : m == BY_MAJORITY ?
	    "majority" : m == BY_CHAIR ? "chair" : NULL;
}

/* What a level needs besides: months in their limits, state image, reason. */
static int
refuse_level(struct req *r, const struct session *s, const struct heard *h,
    const struct run *f, const struct verdict *v)
{
	struct validity limits = validity_of(scheme_find(s->scheme),
	    kind_find(h->kind), level_find(h->previous_level), v->level,
	    session_longest(r, s));

	if (v->level != level_find(f->level) && v->reason == NULL)
		return refuse_input(r, "reason", "missing");
	if (wants_state_image((int)f->tenths, v->level) &&
	    v->state_image == NULL)
		return refuse_input(r, "state_image", "missing");
	if (v->level == NOT_ELIGIBLE)
		return 0;
	if (v->months == 0)
		return refuse_input(r, "months", "missing");
	return v->months < limits.least || v->months > limits.most ?
	    refuse_input(r, "months", "out_of_range") : 0;
}

/* Reads what was typed. 0, or the refusal. */
static int
take_verdict(struct req *r, const struct session *s, const struct heard *h,
    const struct run *f, struct verdict *v, int store)
{
	const struct scheme *c = scheme_find(s->scheme);
	struct opinions o;
	int refused;

	v->outcome = in_text(r, "outcome");
	v->level = LEVEL_NONE;
	v->reason = in_text(r, "reason");
	v->board_opinion = in_text(r, "board_opinion");
	v->item = (int)in_integer(r, "item", NULL);
	if (!c->timed && strcmp(v->outcome, "rejected_disease") == 0)
		return refuse_input(r, "outcome", "not_a_choice");
	if (v->item > c->items)
		return refuse_input(r, "item", "out_of_range");
	if (strcmp(v->outcome, "decided") != 0)
		return v->reason == NULL ?
		    refuse_input(r, "reason", "missing") : 0;
	if (steps_of(r, h) != scheme_steps(c))
		return 409;
	opinions_read(r, &o, s->sitting_id, s->scheme);
	refused = count_votes(r, &o, h, v, store);
	if (refused != 0)
		return refused;
	v->months = (int)in_integer(r, "months", NULL);
	v->state_image = in_text(r, "state_image");
	if (!wants_state_image((int)f->tenths, v->level))
		v->state_image = NULL;
	refused = refuse_level(r, s, h, f, v);
	if (refused == 0 && v->level != NOT_ELIGIBLE)
		verdict_dates(r, c, v, h);
	return refused;
}

void
verdict_write(struct req *r, const struct session *s, const struct heard *h,
    const struct run *f, const struct verdict *v, const struct ref *ref)
{
	int decided = strcmp(v->outcome, "decided") == 0;
	int dated = decided && v->level != NOT_ELIGIBLE;
	struct db_maybe none = { 0, 0 };

	session_decide(r->db, ref, h->application_id, s->sitting_id, v->outcome,
	    level_word(v->level), f->level,
	    dated ? (struct db_maybe){ 1, v->months } : none,
	    dated ? (struct db_maybe){ 1, v->from } : none,
	    dated ? (struct db_maybe){ 1, v->to } : none, v->state_image,
	    v->reason, v->item > 0 ? (struct db_maybe){ 1, v->item } : none,
	    v->board_opinion, manner_word(v->manner),
	    decided ? (struct db_maybe){ 1, v->ayes } : none,
	    decided ? (struct db_maybe){ 1, v->voters } : none, r->now,
	    r->viewer->user, board_writer(r), h->serial_number);
	session_application_goes(r->db, h->application_id, "tabled",
	    strcmp(v->outcome, "rejected_disease") == 0 ? "decided" :
	    v->outcome);
}

static void
put_verdict(struct req *r, struct model *m, const struct scheme *c,
    const struct verdict *v)
{
	put_text(m, "outcome", v->outcome);
	put_text(m, "care_level", level_word(v->level));
	put_text(m, "manner", manner_word(v->manner));
	put_i64(m, "ayes", v->ayes);
	put_i64(m, "voters", v->voters);
	put_i64(m, "months", v->months);
	put_bool(m, "dated", v->from != 0);
	put_date(m, "valid_from", v->from);
	put_date(m, "valid_to", v->to);
	put_text(m, "state_image", v->state_image);
	put_text(m, "reason", v->reason);
	put_text(m, "board_opinion", v->board_opinion);
	put_text(m, "item_name", item_name(r->mem, c, v->item));
	put_i64(m, "item", v->item);
	put_items(m, "votes");
	for (const char *p = in_many(r, "vote"); *p != '\0';) {
		size_t n = strcspn(p, ",");

		put_text(put_item(m, "votes"), ".", arena_copy(r->mem, p, n));
		p += n + (p[n] == ',');
	}
}

/* Shows what would be decided; nothing is yet. */
int
decision_check(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const struct heard *h = find(r, s);
	const struct run *f;
	struct verdict v = { 0 };
	int refused;

	if (h == NULL)
		return 404;
	session_stage(r->db, &f, h->application_id);
	if (!session_is_on(s) || strcmp(h->state, "tabled") != 0 || f == NULL)
		return 409;
	refused = take_verdict(r, s, h, f, &v, 0);
	if (refused != 0)
		return refused;
	put_row(m, "application", &session_heard_row, h);
	put_ref(m, "application_ref", h->id);
	put_row(m, "sitting", &session_session_row, s);
	put_text(m, "first_level", f->level);
	put_verdict(r, m, scheme_find(s->scheme), &v);
	return 200;
}

int
decision_write(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const struct heard *h = find(r, s), *next;
	const struct run *f;
	struct verdict v = { 0 };
	char sitting[REF_HEX], id[REF_HEX];
	int refused;

	if (h == NULL)
		return 404;
	session_stage(r->db, &f, h->application_id);
	if (!session_is_on(s) || strcmp(h->state, "tabled") != 0 || f == NULL)
		return 409;
	refused = take_verdict(r, s, h, f, &v, 1);
	if (refused != 0)
		return refused;
	verdict_write(r, s, h, f, &v, r->id);
	session_next(r->db, &next, h->sitting_id, h->serial_number);
	(void)ref_hex(s->id, sitting);
	req_then(r, next == NULL ?
	    arena_printf(r->mem, "/board/session/%s", sitting) :
	    arena_printf(r->mem, "/board/session/%s/%s", sitting,
	    ref_hex(next->id, id)));
	put_id(m, r->id);
	return 201;
}
