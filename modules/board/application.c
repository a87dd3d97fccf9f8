/* One application before a member: the papers, and what she proposes. */
#include "board.h"

#include "items.h"
#include "leaf.h"
#include "member_sql.h"
#include "viewer.h"

static const struct seen *
find(struct req *r)
{
	const struct seen *a;

	member_application(r->db, &a, r->viewer->user, r->viewer->network,
	    in_path(r, "application"));
	return a;
}

static int
is_open(const struct req *r, const struct seen *a)
{
	return strcmp(a->sitting_state, "prereview_open") == 0 &&
	    r->now < a->closes_at;
}

static int
longest(const struct seen *a)
{
	return a->longest_months == 0 ? LONGEST_MONTHS : (int)a->longest_months;
}

static int
tenths_of(const struct seen *a)
{
	return a->stage__tenths.set ? (int)a->stage__tenths.v : 0;
}

/* Whether a proposal of this level says in what state she is. */
static int
wants_image(const struct seen *a, enum level level)
{
	return a->stage__level != NULL &&
	    wants_state_image(tenths_of(a), level);
}

/* The next one to judge: behind this one, then from the beginning. */
static const struct next *
find_next(struct req *r, const struct seen *a)
{
	const struct next *n;

	member_next(r->db, &n, r->viewer->user, a->sitting_id,
	    a->serial_number, INT32_MAX);
	if (n == NULL)
		member_next(r->db, &n, r->viewer->user, a->sitting_id, -1,
		    a->serial_number);
	return n;
}

static void
put_next(struct req *r, struct model *m, const struct seen *a)
{
	const struct next *n = find_next(r, a);

	put_text(m, "next", NULL);
	if (n != NULL)
		put_ref(m, "next", n->id);
}

int
application_show(struct req *r, struct model *m)
{
	const struct seen *a = find(r);
	const struct scheme *c;
	struct paper_rows papers;

	if (a == NULL)
		return 404;
	c = scheme_find(a->scheme);
	put_row(m, NULL, &member_seen_row, a);
	put_minutes(m, c, tenths_of(a));
	put_items_of(r, m, c, a->stage__answers);
	put_validity(m, validity_of(c, kind_find(a->kind),
	    level_find(a->previous_level), level_find(a->previous_level),
	    longest(a)));
	put_bool(m, "open", is_open(r, a));
	put_text(m, "reader", board_writer(r));
	put_i64(m, "days_left",
	    a->applied_on + c->limit_days - date_of(r->now));
	put_text(m, "urgency", urgency(c, a->applied_on, date_of(r->now)));
	put_levels(m, c, a->own__level);
	put_next(r, m, a);
	put_items(m, "papers");
	if (a->sheets == 0)
		return 200;
	member_papers(r->db, &papers, r->viewer->user, a->application_id);
	put_rows(m, "papers", &papers.set);
	return 200;
}

static const struct paper *
find_paper(struct req *r)
{
	const struct paper *p;

	member_paper(r->db, &p, r->viewer->user, in_path(r, "application"),
	    in_path(r, "paper"));
	return p;
}

int
leaf_show(struct req *r, struct model *m)
{
	const struct paper *p = find_paper(r);

	if (p == NULL)
		return 404;
	put_leaf(r, m, p->kind, p->pages);
	put_ref(m, "application", p->application);
	put_ref(m, "paper", p->id);
	put_bool(m, "office", 0);
	return 200;
}

int
leaf_page(struct req *r, struct model *m)
{
	const struct paper *p = find_paper(r);

	(void)m;
	return p == NULL ? 404 :
	    leaf_answer(r, p->file_id, in_integer(r, "page", NULL),
	    board_mark(r));
}

int
application_read(struct req *r, struct model *m)
{
	const struct seen *a = find(r);

	(void)m;
	if (a == NULL)
		return 404;
	member_read(r->db, a->application_id, a->sitting_id, r->viewer->user,
	    r->now);
	return 204;
}

int
application_recuse(struct req *r, struct model *m)
{
	const struct seen *a = find(r);

	(void)m;
	if (a == NULL)
		return 404;
	member_declare(r->db, a->application_id, r->viewer->user, r->now);
	return 204;
}

/* What a proposal lacks to be one; 0 if nothing. */
static int
refuse_half(struct req *r, const struct seen *a, enum level level, int months)
{
	struct validity v = validity_of(scheme_find(a->scheme),
	    kind_find(a->kind), level_find(a->previous_level), level,
	    longest(a));

	if (level == LEVEL_NONE)
		return refuse_input(r, "level", "missing");
	if (level == NOT_ELIGIBLE)
		return 0;
	if (months == 0)
		return refuse_input(r, "months", "missing");
	if (months < v.least || months > v.most)
		return refuse_input(r, "months", "out_of_range");
	if (wants_image(a, level) && in_text(r, "state_image") == NULL)
		return refuse_input(r, "state_image", "missing");
	return 0;
}

/* Where she goes next: the next one to judge, or her list. */
static void
go_next(struct req *r, const struct seen *a)
{
	const struct next *n = find_next(r, a);
	char hex[REF_HEX];

	if (n != NULL)
		req_then(r, arena_printf(r->mem, "/board/applications/%s",
		    ref_hex(n->id, hex)));
	else
		req_then(r, arena_printf(r->mem, "/board/sittings/%s",
		    ref_hex(a->sitting, hex)));
}

/* The first time a row, then its change. */
static void
store(struct req *r, const struct seen *a, enum level level,
    struct db_maybe months, const char *state_image, int done)
{
	const char *comment = in_text(r, "comment");

	if (member_change(r->db, a->application_id, a->sitting_id,
	    r->viewer->user, level_word(level), months, state_image, comment,
	    done, r->now) == 0)
		member_propose(r->db, a->application_id, a->sitting_id,
		    r->viewer->user, level_word(level), months, state_image,
		    comment, done, r->now);
}

int
proposal_write(struct req *r, struct model *m)
{
	const struct seen *a = find(r);
	enum level level = level_find(in_text(r, "level"));
	int set, refused, done = strcmp(in_text(r, "act"), "propose") == 0;
	int64_t months = in_integer(r, "months", &set);

	(void)m;
	if (a == NULL)
		return 404;
	if (a->conflict)
		return 403;
	if (!is_open(r, a))
		return 409;
	if (level != LEVEL_NONE && !scheme_has(scheme_find(a->scheme), level))
		return refuse_input(r, "level", "not_a_choice");
	refused = done ? refuse_half(r, a, level, (int)months) : 0;
	if (refused != 0)
		return refused;
	store(r, a, level,
	    (struct db_maybe){ set && level != NOT_ELIGIBLE, months },
	    wants_image(a, level) ? in_text(r, "state_image") : NULL, done);
	if (done)
		go_next(r, a);
	return 204;
}
