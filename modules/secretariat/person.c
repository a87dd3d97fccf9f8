/* One application on the secretariat's side: whose it is, papers, conflicts, delays. */
#include "secretariat.h"

#include "anonymity.h"
#include "items.h"
#include "office_sql.h"
#include "papers.h"
#include "states.h"
#include "viewer.h"

static const struct application *
find(struct req *r)
{
	const struct application *a;

	office_application(r->db, &a, r->viewer->network,
	    in_path(r, "application"));
	return a;
}

static const struct whose *
whose(struct req *r, const struct application *a)
{
	const struct whose *w;

	office_whose(r->db, &w, a->application_id);
	return w;
}

/* `hits`: what in the papers says who it is, as far as they are text. */
static int
put_hits(struct req *r, struct model *m, const struct application *a,
    const struct whose *w, const struct paper_rows *papers)
{
	struct identity id;
	int found = 0;

	put_items(m, "hits");
	if (w == NULL)
		return 0;
	id = (struct identity){ w->family, w->given, w->kana, w->address,
	    w->phone, w->facility, w->insured_number, w->recipient_number,
	    w->surveyor, w->physician };
	for (size_t i = 0; i < papers->set.n; i++)
		found += names_in(r->mem, m, "hits",
		    paper_at(papers, i)->words, &id);
	return found + names_in(r->mem, m, "hits", a->survey_note, &id) +
	    names_in(r->mem, m, "hits", a->physician_opinion, &id);
}

/* What is there as PDF; whether any of it could not be searched. */
static void
put_papers(struct model *m, const struct paper_rows *papers)
{
	put_items(m, "papers");
	for (size_t i = 0; i < papers->set.n; i++) {
		const struct paper *p = paper_at(papers, i);
		struct model *o = put_item(m, "papers");

		put_ref(o, "id", p->id);
		put_text(o, "kind", p->kind);
		put_i64(o, "pages", p->pages);
	}
}

static struct waiting *
due(struct req *r, const struct application *a)
{
	struct waiting *w = arena_take(r->mem, sizeof *w);

	w->scheme = a->scheme;
	w->applied_on = a->applied_on;
	waiting_fill(w, date_of(r->now));
	return w;
}

/* Which of the six conditions of the short way hold. */
static unsigned
simple_of(struct req *r, const struct application *a)
{
	const struct numbers *n;
	const struct stage_now *f;

	office_numbers(r->db, &n, r->viewer->network);
	office_stage_now(r->db, &f, a->application_id);
	if (f == NULL || !scheme_find(a->scheme)->timed)
		return 0;
	return simple_holds(&(struct simple){
		.first_insured = strcmp(a->insured_class, "first") == 0,
		.kind = kind_find(a->kind),
		.previous = level_find(a->previous_level),
		.first = level_find(f->level),
		.previous_months = a->previous_months.set ?
		    (int)a->previous_months.v : 0,
		.stable = f->stability != NULL &&
		    strcmp(f->stability, "stable") == 0,
		.slight_too = n == NULL || n->slight_simplified,
		.tenths = (int)f->tenths
	});
}

static void
put_conditions(struct model *m, unsigned holds)
{
	static const char *const names[] = { "first_insured", "renewal",
	    "same_level", "long_enough", "stable", "far" };

	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct model *o = put_item(m, "conditions");

		put_text(o, "name", names[i]);
		put_bool(o, "holds", (holds & (1U << i)) != 0);
	}
	put_bool(m, "may_be_simple", holds == SIMPLE_ALL);
}

/* Decided, and the sitting that did so is over: another one may do so anew. */
static int
may_reopen(struct req *r, const struct application *a)
{
	const struct standing *s;

	office_standing(r->db, &s, a->application_id);
	return s != NULL && application_may(a->state, "papers_ready") &&
	    (strcmp(a->state, "decided") == 0 ||
	    strcmp(a->state, "notified") == 0) &&
	    strcmp(s->sitting_state, "in_session") != 0 &&
	    strcmp(s->sitting_state, "suspended") != 0;
}

int
person_reopen(struct req *r, struct model *m)
{
	const struct application *a = find(r);

	(void)m;
	if (a == NULL)
		return 404;
	if (!may_reopen(r, a))
		return 409;
	office_reopen(r->db, a->application_id, a->sitting_id,
	    in_text(r, "reason"), r->now, r->viewer->user, board_writer(r));
	office_application_goes(r->db, a->application_id, a->state,
	    "papers_ready");
	return 204;
}

int
person_show(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	const struct scheme *c;
	const struct waiting *w;
	const struct stage_now *f;
	struct found_rows conflicts;
	struct letter_rows letters;
	struct board_user_rows members;
	struct paper_rows papers;

	if (a == NULL)
		return 404;
	c = scheme_find(a->scheme);
	w = due(r, a);
	put_row(m, NULL, &office_application_row, a);
	put_ref(m, "application", a->id);
	put_row(m, "whose", &office_whose_row, whose(r, a));
	office_papers(r->db, &papers, a->application_id);
	put_hits(r, m, a, whose(r, a), &papers);
	put_papers(m, &papers);
	office_stage_now(r->db, &f, a->application_id);
	put_row(m, "stage", &office_stage_now_row, f);
	put_minutes(m, c, f == NULL ? 0 : (int)f->tenths);
	put_items_of(r, m, c, f == NULL ? NULL : f->answers);
	put_i64(m, "days_left", w->days_left);
	put_text(m, "urgency", w->urgency);
	put_bool(m, "limited", c->limit_days > 0);
	put_conditions(m, simple_of(r, a));
	office_conflicts_of(r->db, &conflicts, a->application_id,
	    a->sitting_id);
	put_rows(m, "conflicts", &conflicts.set);
	office_letters(r->db, &letters, a->application_id);
	put_rows(m, "letters", &letters.set);
	office_members(r->db, &members, r->viewer->network);
	put_rows(m, "members", &members.set);
	put_bool(m, "may_write", papers_wait(a));
	put_bool(m, "may_end", application_may(a->state, "withdrawn"));
	put_bool(m, "may_reopen", may_reopen(r, a));
	put_bool(m, "may_notify", application_may(a->state, "notified"));
	return 200;
}

int
person_papers(struct req *r, struct model *m)
{
	const struct application *a = find(r);

	(void)m;
	if (a == NULL)
		return 404;
	office_put_papers(r->db, a->application_id, in_text(r, "survey_note"),
	    in_text(r, "physician_opinion"));
	return 204;
}

static int
has_paper(const struct paper_rows *papers, const char *kind)
{
	for (size_t i = 0; i < papers->set.n; i++)
		if (strcmp(paper_at(papers, i)->kind, kind) == 0)
			return 1;
	return 0;
}

/*
 * Both papers are there, as text or as PDF, and somebody has looked whom they name: of a
 * PDF no search can tell, for it may be pictures.
 */
int
person_check(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	struct paper_rows papers;

	if (a == NULL)
		return 404;
	office_papers(r->db, &papers, a->application_id);
	if ((a->survey_note == NULL && !has_paper(&papers, "survey_note")) ||
	    (a->physician_opinion == NULL &&
	    !has_paper(&papers, "physician_opinion")))
		return refuse_input(r, "sure", "missing");
	if ((put_hits(r, m, a, whose(r, a), &papers) > 0 ||
	    papers.set.n > 0) && !in_boolean(r, "sure"))
		return refuse_input(r, "sure", "confirm");
	office_put_checked(r->db, a->application_id, r->now, r->viewer->user);
	return 204;
}

int
person_simplify(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	int simple = in_boolean(r, "simplified");

	(void)m;
	if (a == NULL)
		return 404;
	if (simple && simple_of(r, a) != SIMPLE_ALL)
		return refuse_input(r, "simplified", "out_of_range");
	office_put_simplified(r->db, a->application_id, simple);
	return 204;
}

int
person_recuse(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	const struct board_user *u;

	(void)m;
	if (a == NULL)
		return 404;
	office_member(r->db, &u, r->viewer->network, in_ref(r, "user"));
	if (u == NULL)
		return refuse_input(r, "user", "not_a_choice");
	office_recuse(r->db, a->application_id, u->user_id,
	    in_text(r, "reason"), r->now, r->viewer->user);
	return 204;
}

/* Withdrawn, or she died; or the result has been sent. */
int
person_end(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	const char *to = in_text(r, "state");

	(void)m;
	if (a == NULL)
		return 404;
	if (!application_may(a->state, to))
		return 409;
	office_application_goes(r->db, a->application_id, a->state, to);
	return 204;
}

int
delay_write(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	civil_date day = in_date(r, "expected_on", NULL);
	char id[REF_HEX], application[REF_HEX];

	if (a == NULL)
		return 404;
	if (scheme_find(a->scheme)->limit_days == 0)
		return 409;
	if (day <= date_of(r->now))
		return refuse_input(r, "expected_on", "out_of_range");
	office_delay(r->db, a->application_id, r->id, day,
	    in_text(r, "reason"), r->now, r->viewer->user);
	req_then(r, arena_printf(r->mem, "/board/office/applications/%s/delay/%s",
	    ref_hex(a->id, application), ref_hex(r->id, id)));
	put_id(m, r->id);
	return 201;
}

int
delay_show(struct req *r, struct model *m)
{
	const struct application *a = find(r);
	const struct letter *l;

	if (a == NULL)
		return 404;
	office_letter(r->db, &l, a->application_id, in_path(r, "letter"));
	if (l == NULL)
		return 404;
	put_row(m, NULL, &office_letter_row, l);
	put_row(m, "whose", &office_whose_row, whose(r, a));
	put_date(m, "applied_on", a->applied_on);
	put_ref(m, "application", a->id);
	return 200;
}
