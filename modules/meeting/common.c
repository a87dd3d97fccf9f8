/* What all parts of meetings share. */
#include "meeting.h"

#include "invitation_sql.h"
#include "profession.h"
#include "viewer.h"

const struct found *
meeting_of(struct req *r)
{
	const struct found *f;

	meeting_find(r->db, &f, in_path(r, "meeting"), r->viewer->user,
	    r->viewer->office, r->viewer->network);
	if (f != NULL && f->patient_key != 0 && !f->invited &&
	    !meeting_may_look(r))
		return NULL;
	if (f != NULL && f->patient_key != 0)
		req_audit_subject(r, f->patient_key);
	return f;
}

const struct found *
meeting_held(struct req *r, int *status)
{
	const struct found *f = meeting_of(r);

	*status = f == NULL ? 404 : !f->organizer ? 403 :
	    strcmp(f->state, "cancelled") == 0 ? 409 : 0;
	return *status == 0 ? f : NULL;
}

const char *
meeting_writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

int
meeting_may_hold(const struct req *r)
{
	return (profession_rights(r->viewer->professions) & RIGHT_CARE) != 0;
}

int
meeting_may_look(const struct req *r)
{
	return (profession_rights(r->viewer->professions) & RIGHT_VIEW) != 0;
}

/* "09:30" as minutes; -1 if it is none. */
static int
clock_minute(const char *t)
{
	int hour, minute;

	if (strlen(t) != 5 || t[2] != ':' || strspn(t, "0123456789") != 2 ||
	    strspn(t + 3, "0123456789") != 2)
		return -1;
	hour = (t[0] - '0') * 10 + t[1] - '0';
	minute = (t[3] - '0') * 10 + t[4] - '0';
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

int
meeting_times(struct req *r, utc_ms *starts, utc_ms *ends)
{
	int set;
	civil_date day = in_date(r, "day", &set), today = date_of(r->now);
	int from = clock_minute(in_text(r, "begins"));
	int to = clock_minute(in_text(r, "ends"));

	if (from < 0)
		return refuse_input(r, "begins", "malformed");
	if (to < 0)
		return refuse_input(r, "ends", "malformed");
	if (to <= from || to - from > LONGEST_HOURS * 60)
		return refuse_input(r, "ends", "out_of_range");
	*starts = instant_of(day) + from * MINUTE_MS;
	*ends = instant_of(day) + to * MINUTE_MS;
	if (*ends <= r->now || day > today + AHEAD_DAYS)
		return refuse_input(r, "day", "out_of_range");
	return 0;
}

enum group
meeting_group(const struct found *f)
{
	return f->patient_key != 0 ? GROUP_TEAM :
	    f->forum_key != 0 ? GROUP_FORUM : GROUP_NONE;
}

void
meeting_add_group(struct req *r, const struct ref *meeting, enum group group)
{
	if (group == GROUP_TEAM)
		invitation_add_team(r->db, meeting, r->viewer->user, r->now);
	if (group == GROUP_FORUM)
		invitation_add_forum(r->db, meeting, r->viewer->user, r->now);
}

int
meeting_ask(struct req *r, const struct ref *meeting, enum group group)
{
	if (meeting_ask_provider(r->db, meeting, r->now) == 0)
		return 409;
	meeting_add_group(r, meeting, group);
	invitation_tell_new(r->db, meeting, r->now);
	return 0;
}
