/* A sitting on the projector: who is there, whether it may begin, what is left. */
#include "session.h"

#include "opinions.h"
#include "viewer.h"

const struct session *
session_find(struct req *r)
{
	const struct session *s;

	session_session(r->db, &s, in_path(r, "sitting"), r->viewer->user,
	    r->viewer->network, viewer_has(r->viewer, "secretary"));
	return s;
}

int
session_is_on(const struct session *s)
{
	return strcmp(s->state, "in_session") == 0;
}

int
session_longest(struct req *r, const struct session *s)
{
	const struct cap *l;

	session_limits(r->db, &l, s->network_id);
	return l == NULL ? LONGEST_MONTHS : (int)l->longest_months;
}

/* Who is there, and what that makes. */
struct room { int members, there, presides; unsigned fields; };

static struct room
room_of(const struct scheme *c, const struct present_rows *rows)
{
	struct room x = { 0 };

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct present *p = present_at(rows, i);

		x.members += !p->substitute;
		x.there += p->attended;
		x.presides |= p->presides;
		if (p->attended)
			x.fields |= field_bit(c, p->field);
	}
	return x;
}

static int
may_begin(const struct scheme *c, const struct present_rows *rows)
{
	struct room x = room_of(c, rows);

	return has_quorum(x.members, x.there, x.presides);
}

static void
put_room(struct model *m, const struct scheme *c,
    const struct present_rows *rows)
{
	struct room x = room_of(c, rows);

	put_rows(m, "seats", &rows->set);
	put_i64(m, "members", x.members);
	put_i64(m, "there", x.there);
	put_bool(m, "presided", x.presides);
	put_bool(m, "quorum", has_quorum(x.members, x.there, x.presides));
	put_missing(m, c, x.fields);
}

int
session_show(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	struct present_rows rows;
	struct opinions o;

	if (s == NULL)
		return 404;
	put_row(m, NULL, &session_session_row, s);
	put_ref(m, "sitting_ref", s->id);
	session_present(r->db, &rows, s->sitting_id);
	put_room(m, scheme_find(s->scheme), &rows);
	opinions_read(r, &o, s->sitting_id, s->scheme);
	put_opinions(m, &o);
	put_bool(m, "secretary", viewer_has(r->viewer, "secretary"));
	return 200;
}

int
session_attend(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	const char *letters = in_many(r, "letter");

	(void)m;
	if (s == NULL)
		return 404;
	if (strcmp(s->state, "prereview_closed") != 0 && !session_is_on(s) &&
	    strcmp(s->state, "suspended") != 0)
		return 409;
	session_all_absent(r->db, s->sitting_id);
	session_attends(r->db, s->sitting_id, letters);
	session_presides(r->db, s->sitting_id);
	return 204;
}

/* ---- how it goes on ---- */

static int
begin(struct req *r, const struct session *s)
{
	struct present_rows rows;

	session_present(r->db, &rows, s->sitting_id);
	if (!may_begin(scheme_find(s->scheme), &rows))
		return refuse_input(r, "act", "too_few");
	session_put_on_table(r->db, s->sitting_id);
	return 0;
}

static int
end(struct req *r, const struct session *s)
{
	const struct remaining *c;

	session_still_open(r->db, &c, s->sitting_id);
	return c != NULL && c->n > 0 ? refuse_input(r, "act", "confirm") : 0;
}

int
session_go(struct req *r, struct model *m)
{
	static const struct {
		const char *act, *was, *to;
		int (*before)(struct req *, const struct session *);
	} acts[] = {
		{ "begin", "prereview_closed", "in_session", begin },
		{ "suspend", "in_session", "suspended", NULL },
		{ "resume", "suspended", "in_session", begin },
		{ "close", "in_session", "closed", end },
		{ "approve", "closed", "minutes_approved", NULL }
	};
	const struct session *s = session_find(r);
	const char *act = in_text(r, "act");
	int refused = 409;

	(void)m;
	if (s == NULL)
		return 404;
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		if (strcmp(acts[i].act, act) != 0 ||
		    strcmp(acts[i].was, s->state) != 0)
			continue;
		refused = acts[i].before == NULL ? 0 : acts[i].before(r, s);
		if (refused != 0)
			return refused;
		session_go_on(r->db, s->sitting_id, s->state, acts[i].to,
		    (struct db_maybe){ strcmp(act, "close") == 0, r->now });
		return 204;
	}
	return refused;
}

/* ---- minutes ---- */

int
minutes_show(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	struct present_rows rows;
	struct minute_rows minutes;
	struct absent_rows absent;
	struct reopened_rows reopened;

	if (s == NULL)
		return 404;
	put_row(m, NULL, &session_session_row, s);
	session_present(r->db, &rows, s->sitting_id);
	put_room(m, scheme_find(s->scheme), &rows);
	session_minutes(r->db, &minutes, s->sitting_id);
	put_rows(m, "decisions", &minutes.set);
	session_recusals(r->db, &absent, s->sitting_id);
	put_rows(m, "recusals", &absent.set);
	session_reopenings(r->db, &reopened, s->sitting_id);
	put_rows(m, "reopened", &reopened.set);
	return 200;
}
