/* Convening a sitting: who comes, what is on its list, who has got how far. */
#include "secretariat.h"

#include "notice.h"
#include "office_sql.h"
#include "video.h"
#include "viewer.h"

static const struct sitting *
find(struct req *r)
{
	const struct sitting *s;

	office_sitting(r->db, &s, r->viewer->network, in_path(r, "sitting"));
	return s;
}

static struct numbers
numbers(struct req *r)
{
	static const struct numbers usual = { 7, 2, 24, LONGEST_MONTHS, 1, 0, 0, 0,
	    0, 0 };
	const struct numbers *n;

	office_numbers(r->db, &n, r->viewer->network);
	return n == NULL ? usual : *n;
}

/* Minutes of a day out of `13:30`; -1: it is no time. */
static int
minutes_of(const char *text)
{
	unsigned h, m;
	char end;

	if (sscanf(text, "%2u:%2u%c", &h, &m, &end) != 2 || h > 23 || m > 59)
		return -1;
	return (int)(h * 60 + m);
}

int
sitting_add(struct req *r, struct model *m)
{
	struct numbers n = numbers(r);
	civil_date day = in_date(r, "day", NULL);
	int minutes = minutes_of(in_text(r, "time"));
	const struct panel *p;
	const struct key_of *key;
	utc_ms begins;

	office_panel(r->db, &p, r->viewer->network, in_ref(r, "panel"));
	if (p == NULL || p->members == 0)
		return refuse_input(r, "panel", "not_a_choice");
	if (day - date_of(r->now) <= n.notice_days)
		return refuse_input(r, "day", "out_of_range");
	if (minutes < 0)
		return refuse_input(r, "time", "malformed");
	begins = instant_of(day) + minutes * MINUTE_MS;
	office_add_sitting(r->db, &key, r->id, r->viewer->network, p->panel_id,
	    begins, begins - n.reveal_days * DAY_MS, in_text(r, "place"));
	if (key != NULL)
		office_seat_panel(r->db, key->id, p->panel_id);
	put_id(m, r->id);
	return 201;
}

/* ---- who comes ---- */

/* What would be if nobody else answered: those who said no stay away. */
struct forecast { int members, yes, no, silent, chair; unsigned fields; };

static struct forecast
forecast(const struct scheme *c, const struct convened_rows *seats)
{
	struct forecast f = { 0 };

	for (size_t i = 0; i < seats->set.n; i++) {
		const struct convened *s = convened_at(seats, i);
		int no = s->answer != NULL && strcmp(s->answer, "no") == 0;
		int yes = s->answer != NULL && !no;

		f.members += !s->substitute;
		f.yes += yes;
		f.no += no;
		f.silent += s->answer == NULL;
		f.chair |= !no && strcmp(s->post, "member") != 0;
		f.fields |= no ? 0 : field_bit(c, s->field);
	}
	return f;
}

static void
put_forecast(struct model *m, const struct scheme *c,
    const struct convened_rows *seats)
{
	struct forecast f = forecast(c, seats);
	struct model *o = put_object(m, "forecast");

	put_i64(o, "members", f.members);
	put_i64(o, "yes", f.yes);
	put_i64(o, "no", f.no);
	put_i64(o, "silent", f.silent);
	put_bool(o, "quorum", has_quorum(f.members, f.yes + f.silent, f.chair));
	put_bool(o, "chair", f.chair);
	put_missing(o, c, f.fields);
}

static void
put_due(struct req *r, struct model *m, const char *key,
    struct waiting_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++)
		waiting_fill(waiting_edit(rows, i), date_of(r->now));
	put_rows(m, key, &rows->set);
}

/* Who sits, and how many applications each has left of `n`. */
static void
seats_of(struct req *r, const struct sitting *s, int64_t n,
    struct convened_rows *seats)
{
	office_seats(r->db, seats, s->sitting_id);
	for (size_t i = 0; i < seats->set.n; i++) {
		struct convened *e = convened_edit(seats, i);

		e->left = n - e->proposed - e->conflicts;
		if (e->left < 0)
			e->left = 0;
	}
}

int
convene_show(struct req *r, struct model *m)
{
	const struct sitting *s = find(r);
	struct convened_rows seats;
	struct substitute_rows others;
	struct waiting_rows listed, candidates;

	if (s == NULL)
		return 404;
	put_row(m, NULL, &office_sitting_row, s);
	office_listed(r->db, &listed, s->sitting_id);
	office_candidates(r->db, &candidates, r->viewer->network, s->scheme);
	put_due(r, m, "listed", &listed);
	put_due(r, m, "candidates", &candidates);
	seats_of(r, s, (int64_t)listed.set.n, &seats);
	put_rows(m, "seats", &seats.set);
	put_forecast(m, scheme_find(s->scheme), &seats);
	put_several(r, m);
	video_put(r, m, s);
	office_substitutes(r->db, &others, r->viewer->network, s->sitting_id);
	put_rows(m, "substitutes", &others.set);
	put_i64(m, "total", (int64_t)listed.set.n);
	put_i64(m, "days_left", date_of(s->closes_at) - date_of(r->now));
	return 200;
}

/* ---- how it goes on ---- */

static void
tell_seats(struct req *r, const struct convened_rows *seats, int all)
{
	for (size_t i = 0; i < seats->set.n; i++)
		if (all || convened_at(seats, i)->left > 0)
			notice_user(r->db, convened_at(seats, i)->user_id, "board",
			    r->id, r->request_id, r->now);
}

static int
send_notice(struct req *r, const struct sitting *s)
{
	struct numbers n = numbers(r);
	struct convened_rows seats;
	int presides = 0;

	office_seats(r->db, &seats, s->sitting_id);
	for (size_t i = 0; i < seats.set.n; i++)
		presides |= strcmp(convened_at(&seats, i)->post, "chair") == 0;
	if (!presides || (int)seats.set.n < panel_least(0, n.hard_to_find))
		return refuse_input(r, "act", "too_few");
	office_go_on(r->db, s->sitting_id, s->state, "notice_sent",
	    (struct db_maybe){ 0, 0 });
	tell_seats(r, &seats, 1);
	return 204;
}

/* On the secretariat's side, for all of it goes by who the person is. */
static void
find_conflicts(struct req *r, const struct sitting *s)
{
	struct numbers n = numbers(r);

	office_conflicts(r->db, s->sitting_id, r->now);
	if (n.by_physician)
		office_conflicts_by_physician(r->db, s->sitting_id, r->now);
	if (n.by_facility)
		office_conflicts_by_facility(r->db, s->sitting_id, r->now);
}

/* What is on its list goes to the members; conflicts are looked for before. */
static int
open_prereview(struct req *r, const struct sitting *s)
{
	struct convened_rows seats;

	if (r->now >= s->closes_at)
		return refuse_input(r, "act", "expired");
	find_conflicts(r, s);
	if (office_applications_go(r->db, s->sitting_id, "assigned",
	    "prereview") == 0)
		return refuse_input(r, "act", "too_few");
	office_go_on(r->db, s->sitting_id, s->state, "prereview_open",
	    (struct db_maybe){ 0, 0 });
	office_seats(r->db, &seats, s->sitting_id);
	tell_seats(r, &seats, 1);
	return 204;
}

static int
call_off(struct req *r, const struct sitting *s)
{
	struct convened_rows seats;

	office_give_back(r->db, s->sitting_id);
	video_call_off(r, s);
	office_go_on(r->db, s->sitting_id, s->state, "cancelled",
	    (struct db_maybe){ 0, 0 });
	if (strcmp(s->state, "draft") != 0) {
		office_seats(r->db, &seats, s->sitting_id);
		tell_seats(r, &seats, 1);
	}
	return 204;
}

int
convene_go(struct req *r, struct model *m)
{
	static const struct {
		const char *act, *was;
		int (*go)(struct req *, const struct sitting *);
	} acts[] = {
		{ "notice", "draft", send_notice },
		{ "open", "notice_sent", open_prereview },
		{ "cancel", "draft", call_off },
		{ "cancel", "notice_sent", call_off }
	};
	const struct sitting *s = find(r);
	const char *act = in_text(r, "act");

	(void)m;
	if (s == NULL)
		return 404;
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
		if (strcmp(acts[i].act, act) == 0 &&
		    strcmp(acts[i].was, s->state) == 0)
			return acts[i].go(r, s);
	return 409;
}

/* Puts applications on the list, or takes them off, until they have gone out. */
int
convene_put(struct req *r, struct model *m)
{
	const struct sitting *s = find(r);
	const char *p = in_many(r, "application");
	struct ref ref;

	(void)m;
	if (s == NULL)
		return 404;
	if (strcmp(s->state, "draft") != 0 &&
	    strcmp(s->state, "notice_sent") != 0)
		return 409;
	if (*p == '\0')
		return refuse_input(r, "application", "missing");
	for (; *p != '\0'; p += strcspn(p, ","), p += *p == ',') {
		char *hex = arena_copy(r->mem, p, strcspn(p, ","));

		if (ref_parse(hex, &ref) != 0)
			return refuse_input(r, "application", "malformed");
		if (in_boolean(r, "off"))
			office_take_out(r->db, r->viewer->network, &ref);
		else
			office_put_in(r->db, r->viewer->network, s->sitting_id,
			    &ref);
	}
	return 204;
}

int
convene_remind(struct req *r, struct model *m)
{
	const struct sitting *s = find(r);
	struct convened_rows seats;
	struct waiting_rows listed;

	(void)m;
	if (s == NULL)
		return 404;
	if (strcmp(s->state, "prereview_open") != 0)
		return 409;
	office_listed(r->db, &listed, s->sitting_id);
	seats_of(r, s, (int64_t)listed.set.n, &seats);
	tell_seats(r, &seats, 0);
	return 204;
}

int
convene_substitute(struct req *r, struct model *m)
{
	const struct sitting *s = find(r);
	const struct board_user *u;

	(void)m;
	if (s == NULL)
		return 404;
	if (strcmp(s->state, "notice_sent") != 0 &&
	    strcmp(s->state, "prereview_open") != 0)
		return 409;
	office_member(r->db, &u, r->viewer->network, in_ref(r, "user"));
	if (u == NULL || field_on(u, s->scheme) == NULL)
		return refuse_input(r, "user", "not_a_choice");
	office_seat_substitute(r->db, s->sitting_id, u->id, r->viewer->network);
	find_conflicts(r, s);
	video_join(r, s);
	notice_user(r->db, u->user_id, "board", r->id, r->request_id, r->now);
	return 204;
}
