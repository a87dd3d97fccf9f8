/* One application before a member: the papers, and what she proposes. */
#include "board.h"

#include "items.h"
#include "member_sql.h"
#include "viewer.h"

static const struct seen *
find(struct req *r)
{
	const struct seen *a;

	member_application(r->db, &a, r->viewer->user,
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
longest(struct req *r)
{
	const struct limits *l;

	member_limits(r->db, &l, r->viewer->user);
	return l == NULL ? LONGEST_MONTHS : (int)l->longest_months;
}

static void
put_own(struct req *r, struct model *m, const struct seen *a)
{
	const struct own *o;

	member_own(r->db, &o, r->viewer->user, a->application_id,
	    a->sitting_id);
	put_row(m, "own", &member_own_row, o);
}

static void
put_next(struct req *r, struct model *m, const struct seen *a)
{
	const struct next *n;

	member_next(r->db, &n, r->viewer->user, a->sitting_id,
	    a->serial_number);
	put_text(m, "next", NULL);
	if (n != NULL)
		put_ref(m, "next", n->id);
}

int
application_show(struct req *r, struct model *m)
{
	const struct seen *a = find(r);
	const struct stage *f;

	if (a == NULL)
		return 404;
	member_stage(r->db, &f, a->application_id);
	put_row(m, NULL, &member_seen_row, a);
	put_row(m, "stage", &member_stage_row, f);
	put_minutes(m, f == NULL ? 0 : (int)f->tenths);
	put_items_of(r, m, f == NULL ? NULL : f->answers);
	put_validity(m, validity_of(kind_find(a->kind),
	    level_find(a->previous_level), level_find(a->previous_level),
	    longest(r)));
	put_bool(m, "open", is_open(r, a));
	put_text(m, "reader", board_writer(r));
	put_i64(m, "days_left", a->applied_on + LIMIT_DAYS - date_of(r->now));
	put_text(m, "urgency", urgency(a->applied_on, date_of(r->now)));
	put_own(r, m, a);
	put_next(r, m, a);
	return 200;
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
	struct validity v = validity_of(kind_find(a->kind),
	    level_find(a->previous_level), level, longest(r));
	const struct stage *f;

	if (level == LEVEL_NONE)
		return refuse_input(r, "level", "missing");
	if (level == NOT_ELIGIBLE)
		return 0;
	if (months == 0)
		return refuse_input(r, "months", "missing");
	if (months < v.least || months > v.most)
		return refuse_input(r, "months", "out_of_range");
	member_stage(r->db, &f, a->application_id);
	if (f != NULL && wants_state_image((int)f->tenths, level) &&
	    in_text(r, "state_image") == NULL)
		return refuse_input(r, "state_image", "missing");
	return 0;
}

/* Where she goes next: the next one to judge, or her list. */
static void
go_next(struct req *r, const struct seen *a)
{
	const struct next *n;
	char hex[REF_HEX];

	member_next(r->db, &n, r->viewer->user, a->sitting_id,
	    a->serial_number);
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
	const struct stage *f;

	(void)m;
	if (a == NULL)
		return 404;
	if (a->conflict)
		return 403;
	if (!is_open(r, a))
		return 409;
	refused = done ? refuse_half(r, a, level, (int)months) : 0;
	if (refused != 0)
		return refused;
	member_stage(r->db, &f, a->application_id);
	store(r, a, level,
	    (struct db_maybe){ set && level != NOT_ELIGIBLE, months },
	    f != NULL && wants_state_image((int)f->tenths, level) ?
	    in_text(r, "state_image") : NULL, done);
	if (done)
		go_next(r, a);
	return 204;
}
