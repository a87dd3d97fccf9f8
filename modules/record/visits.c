/* Visits: the team's of one patient, joint ones too, and one's own of all. */
#include "record.h"

#include "profession.h"
#include "viewer.h"
#include "visits.h"
#include "visits_sql.h"

enum {
	PAST_DAYS = 14,		/* of a patient's visits, shown */
	COMING_DAYS = 120,
	MINE_DAYS = 28,
	LONGEST_HOURS = 12,
	VISITORS = 4
};

int
visits_show(struct req *r, struct model *m)
{
	utc_ms from = instant_of(date_of(r->now) - PAST_DAYS);
	utc_ms to = r->now + COMING_DAYS * DAY_MS;
	struct visit_rows visits;
	struct visitor_rows visitors;
	struct member_rows members;

	visits_visits(r->db, &visits, viewer_patient(r), r->viewer->user, from,
	    to);
	visits_visitors(r->db, &visitors, viewer_patient(r), from, to);
	visits_members(r->db, &members, viewer_patient(r), r->viewer->user);
	for (size_t i = 0; i < visitors.set.n; i++)
		visitor_edit(&visitors, i)->profession =
		    profession_name(visitor_at(&visitors, i)->profession_code);
	for (size_t i = 0; i < members.set.n; i++)
		member_edit(&members, i)->profession =
		    profession_name(member_at(&members, i)->profession_code);
	put_rows(m, "visits", &visits.set);
	put_children(m, "visits", "visitors", &visitors.set, "visit_id");
	put_rows(m, "members", &members.set);
	put_bool(m, "may_write", record_may(r, RIGHT_CARE));
	return 200;
}

/* "09:30" as minutes; -1 if it is none. */
static int
clock_minute(const char *t)
{
	int digits = strlen(t) == 5 && t[2] == ':' &&
	    strspn(t, "0123456789") == 2 && strspn(t + 3, "0123456789") == 2;
	int minute = !digits ? -1 : ((t[0] - '0') * 10 + t[1] - '0') * 60 +
	    (t[3] - '0') * 10 + t[4] - '0';

	return minute < 24 * 60 && (minute < 0 || t[3] < '6') ? minute : -1;
}

/* One visit and who comes; 0, or 400 with who is not of the team. */
static int
add_one(struct req *r, const struct ref *id, utc_ms starts, utc_ms ends)
{
	static const char *const names[VISITORS] = { "visitor1", "visitor2",
	    "visitor3", "visitor4" };

	visits_add(r->db, viewer_patient(r), id, starts, ends,
	    in_text(r, "kind"), in_text(r, "note"), r->viewer->user,
	    record_writer(r), r->now);
	for (int i = 0; i < VISITORS; i++) {
		const struct ref *visitor = in_ref(r, names[i]);
		int again = 0;

		for (int k = 0; visitor != NULL && k < i; k++)
			again |= in_ref(r, names[k]) != NULL &&
			    ref_same(in_ref(r, names[k]), visitor);
		if (visitor != NULL && !again &&
		    visits_add_visitor(r->db, viewer_patient(r), id, visitor) == 0)
			return refuse_input(r, names[i], "not_a_choice");
	}
	return 0;
}

int
visits_plan(struct req *r, struct model *m)
{
	int set, weekly, status = 0;
	civil_date day = in_date(r, "day", &set);
	int begins = clock_minute(in_text(r, "begins"));
	int ends = clock_minute(in_text(r, "ends"));
	int64_t weeks = in_integer(r, "weeks", &weekly);

	if (!record_may(r, RIGHT_CARE))
		return 403;
	if (begins < 0)
		return refuse_input(r, "begins", "malformed");
	if (ends < 0)
		return refuse_input(r, "ends", "malformed");
	if (ends <= begins || ends - begins > LONGEST_HOURS * 60)
		return refuse_input(r, "ends", "out_of_range");
	if (day < date_of(r->now) - 1)
		return refuse_input(r, "day", "out_of_range");
	for (int i = 0; i < (weekly ? weeks : 1) && status == 0; i++)
		status = add_one(r, i == 0 ? r->id : req_ref(r, 2 + i),
		    instant_of(day + 7 * i) + begins * MINUTE_MS,
		    instant_of(day + 7 * i) + ends * MINUTE_MS);
	if (status != 0)
		return status;
	record_changed(r, "visits", "added", in_text(r, "begins"));
	put_id(m, r->id);
	return 201;
}

int
visits_cancel_one(struct req *r, struct model *m)
{
	(void)m;
	if (!record_may(r, RIGHT_CARE))
		return 403;
	if (visits_cancel(r->db, viewer_patient(r), in_path(r, "visit"),
	    r->now) == 0)
		return 404;
	record_changed(r, "visits", "ended", "");
	return 204;
}

int
visits_mine_show(struct req *r, struct model *m)
{
	utc_ms from = instant_of(date_of(r->now));
	struct mine_rows mine;
	struct calendar_rows calendars;

	visits_mine(r->db, &mine, r->viewer->user, r->viewer->office, from,
	    from + MINE_DAYS * DAY_MS);
	for (size_t i = 0; i < mine.set.n; i++)
		req_audit_subject(r, mine_at(&mine, i)->patient_key);
	visits_calendars(r->db, &calendars, r->viewer->user);
	put_rows(m, "visits", &mine.set);
	put_rows(m, "calendars", &calendars.set);
	return 200;
}
