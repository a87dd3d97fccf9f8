/* The calendar of meetings, one of them, and making, changing and cancelling it. */
#include "meeting.h"

#include "invitation_sql.h"
#include "profession.h"
#include "viewer.h"

enum { PAST_DAYS = 400, PATIENT_PAST_DAYS = 800, LISTED_A_PAGE = 30, CURSOR_ID_BITS = 31 };

static void
put_listed(struct req *r, struct model *m, struct listed_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++)
		if (listed_at(rows, i)->patient_key != 0)
			req_audit_subject(r, listed_at(rows, i)->patient_key);
	put_rows(m, "meetings", &rows->set);
	put_bool(m, "may_hold", meeting_may_hold(r));
}

/* A place in the list as one number: the second of a beginning, and the meeting's key. */
static int64_t
place_of(const struct listed *x)
{
	return (x->starts_at / SECOND_MS << CURSOR_ID_BITS) + x->meeting_id;
}

/* From today on, with what began last evening; or, of `past`, what was before. */
int
meetings_show(struct req *r, struct model *m)
{
	struct listed_rows rows;
	int past = in_boolean(r, "past");
	utc_ms today = instant_of(date_of(r->now)), from, to;
	int64_t place = in_cursor(r, "later"), after = 0;

	from = r->now - LONGEST_HOURS * HOUR_MS;
	from = past ? today - PAST_DAYS * DAY_MS : from < today ? from : today;
	to = past ? r->now : today + AHEAD_DAYS * DAY_MS;
	if (place != INT64_MAX) {
		from = (place >> CURSOR_ID_BITS) * SECOND_MS;
		after = place & ((INT64_C(1) << CURSOR_ID_BITS) - 1);
	}
	meeting_mine(r->db, &rows, r->viewer->user, r->viewer->office,
	    r->viewer->network, from, to, after, LISTED_A_PAGE + 1);
	put_bool(m, "past", past);
	put_text(m, "later", NULL);
	if (rows.set.n > LISTED_A_PAGE) {
		rows.set.n = LISTED_A_PAGE;
		put_cursor(r, m, "later",
		    place_of(listed_at(&rows, LISTED_A_PAGE - 1)));
	}
	put_listed(r, m, &rows);
	return 200;
}

/* What a form needs to know: where meetings are held. NULL: nowhere, or not asked. */
static void
put_provider(struct req *r, struct model *m, const struct provider *p)
{
	put_text(m, "provider", p == NULL ? NULL : p->kind);
	put_bool(m, "recording_allowed", p != NULL && p->recording);
	if (p != NULL && p->away_since.set)
		put_utc(m, "away_since", p->away_since.v);
	else
		put_text(m, "away_since", NULL);
	put_date(m, "today", date_of(r->now));
}

void
meeting_put_form(struct req *r, struct model *m)
{
	const struct provider *p;

	meeting_provider(r->db, &p, r->viewer->network);
	put_provider(r, m, p);
}

int
meetings_new(struct req *r, struct model *m)
{
	struct office_rows offices;

	if (!meeting_may_hold(r))
		return 403;
	invitation_offices(r->db, &offices, r->viewer->network);
	put_rows(m, "offices", &offices.set);
	meeting_put_form(r, m);
	return 200;
}

int
meetings_of_patient(struct req *r, struct model *m)
{
	struct listed_rows rows;

	meeting_of_patient(r->db, &rows, viewer_patient(r), r->viewer->user,
	    r->now - PATIENT_PAST_DAYS * DAY_MS, meeting_may_look(r));
	put_listed(r, m, &rows);
	meeting_put_form(r, m);
	return 200;
}

/* Whether her family is there, and said that they are not to be recorded. */
static int
family_says_no(struct req *r)
{
	const char *who = in_text(r, "presence");

	return (strcmp(who, "family") == 0 || strcmp(who, "both") == 0) &&
	    in_text(r, "consent_signer") != NULL &&
	    !in_boolean(r, "consent_recording");
}

/* Recording wants the network's leave, the patient's and her family's; 0 or a refusal. */
static int
check_recording(struct req *r, int64_t patient)
{
	const struct provider *p;
	const struct agreed *agreed;

	if (!in_boolean(r, "recording"))
		return 0;
	meeting_provider(r->db, &p, r->viewer->network);
	if (p == NULL || !p->recording)
		return refuse_input(r, "recording", "not_a_choice");
	if (patient == 0)
		return 0;
	meeting_recording_agreed(r->db, &agreed, patient);
	return agreed == NULL || (agreed->n > 0 && !family_says_no(r)) ? 0 :
	    refuse_input(r, "recording", "no_consent");
}

/* Who of the family is there, and who agreed: before an invitation leaves. */
static int
check_consent(struct req *r)
{
	int present = strcmp(in_text(r, "presence"), "none") != 0;
	int wanted = present && in_boolean(r, "invite");

	if (wanted && in_text(r, "consent_signer") == NULL)
		return refuse_input(r, "consent_signer", "missing");
	if (in_text(r, "consent_signer") != NULL &&
	    in_text(r, "consent_relation") == NULL)
		return refuse_input(r, "consent_relation", "missing");
	return 0;
}

static const char *
new_room(struct req *r)
{
	char *hex = arena_take(r->mem, REF_HEX);

	return ref_hex(req_ref(r, 1), hex);
}

static void
add(struct req *r, int64_t patient, int64_t forum, utc_ms starts, utc_ms ends)
{
	const char *kind = in_text(r, "kind"), *signer;
	struct db_maybe of = { .set = patient != 0, .v = patient };
	struct db_maybe in = { .set = forum != 0, .v = forum };

	meeting_add(r->db, r->id, r->viewer->network, of, in, kind,
	    in_text(r, "title"), in_text(r, "agenda"), starts, ends,
	    strcmp(kind, "training_course") == 0, r->viewer->user,
	    meeting_writer(r), r->now,
	    patient != 0 ? in_text(r, "presence") : "none",
	    in_boolean(r, "recording"), new_room(r));
	invitation_add_self(r->db, r->id, r->viewer->user, r->viewer->office,
	    r->now);
	signer = patient != 0 ? in_text(r, "consent_signer") : NULL;
	if (signer != NULL)
		meeting_consent(r->db, r->id, NULL, signer,
		    in_text(r, "consent_relation"),
		    in_boolean(r, "consent_recording"), r->viewer->user,
		    r->now);
}

static int
make(struct req *r, int64_t patient, int64_t forum)
{
	utc_ms starts = 0, ends = 0;
	int status = meeting_times(r, &starts, &ends);

	if (status == 0)
		status = check_recording(r, patient);
	if (status == 0 && patient != 0)
		status = check_consent(r);
	if (status != 0)
		return status;
	add(r, patient, forum, starts, ends);
	if (patient == 0 && forum == 0 && in_ref(r, "office") != NULL)
		invitation_add_office(r->db, r->id, in_ref(r, "office"),
		    r->viewer->network, r->viewer->user, r->now);
	if (!in_boolean(r, "invite"))
		return 0;
	return meeting_ask(r, r->id, patient != 0 ? GROUP_TEAM :
	    forum != 0 ? GROUP_FORUM : GROUP_NONE);
}

int
meeting_make(struct req *r, struct model *m, int64_t patient, int64_t forum)
{
	int status;

	if (!meeting_may_hold(r))
		return 403;
	status = make(r, patient, forum);
	if (status != 0)
		return status;
	put_id(m, r->id);
	return 201;
}

int
meetings_make(struct req *r, struct model *m)
{
	return meeting_make(r, m,
	    r->viewer->strip == NULL ? 0 : viewer_patient(r), 0);
}

/* Courses that the viewer attended. */
int
courses_show(struct req *r, struct model *m)
{
	struct course_rows rows;

	meeting_courses(r->db, &rows, r->viewer->user);
	put_rows(m, "courses", &rows.set);
	return 200;
}

static void
put_invited(struct req *r, struct model *m, const struct found *f)
{
	struct invited_rows rows;
	int64_t accepted = 0, open = 0, joined = 0;

	invitation_invited(r->db, &rows, f->meeting, r->viewer->user);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct invited *x = invited_edit(&rows, i);

		x->profession = x->profession_code == NULL ? "" :
		    profession_name(x->profession_code);
		if (!f->organizer)
			x->mail = NULL;	/* an address is the organizer's to see */
		accepted += x->response != NULL &&
		    strcmp(x->response, "accepted") == 0;
		open += x->response == NULL;
		joined += x->joined_at.set;
		if (x->mine)
			put_row(m, "own", rows.set.row, x);
	}
	put_rows(m, "invited", &rows.set);
	put_i64(m, "accepted", accepted);
	put_i64(m, "unanswered", open);
	put_i64(m, "joined", joined);
}

/* "09:30" in Japan, as a form's input wants it. */
static const char *
clock_text(struct req *r, utc_ms at)
{
	int minute = minute_of_day(at);

	return arena_printf(r->mem, "%02d:%02d", minute / 60, minute % 60);
}

/* Where it was set, if that was a forum's page. */
static void
put_forum(struct req *r, struct model *m, const struct found *f)
{
	const struct forum *x = NULL;

	if (f->forum_key != 0)
		meeting_forum_named(r->db, &x, f->forum_key, r->viewer->user,
		    r->viewer->office);
	put_row(m, "forum", &meeting_forum_row, x);
}

int
meetings_one(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);
	utc_ms opens;

	if (f == NULL)
		return 404;
	opens = f->starts_at - OPENS_MINUTES * MINUTE_MS;
	put_row(m, "own", NULL, NULL);
	put_forum(r, m, f);
	put_row(m, "meeting", &meeting_found_row, f);
	put_invited(r, m, f);
	polls_put(r, m, f);
	papers_put(r, m, f);
	if (f->organizer || f->starts_at <= r->now + DAY_MS)
		meeting_put_form(r, m);
	else	/* nobody asks where, days before */
		put_provider(r, m, NULL);
	put_date(m, "day", date_of(f->starts_at));
	put_text(m, "begins", clock_text(r, f->starts_at));
	put_text(m, "ends", clock_text(r, f->ends_at));
	put_bool(m, "has_begun", f->starts_at <= r->now);
	put_bool(m, "is_open", strcmp(f->phase, "scheduled") == 0 &&
	    opens <= r->now);
	put_bool(m, "lacks_consent", strcmp(f->presence, "none") != 0 &&
	    !f->consent_at.set);
	put_bool(m, "may_be_joined", f->patient_key != 0 &&
	    strcmp(f->presence, "none") == 0);
	put_bool(m, "may_sign_up", f->open_signup &&
	    strcmp(f->phase, "scheduled") == 0);
	return 200;
}

int
meetings_change(struct req *r, struct model *m)
{
	utc_ms starts = 0, ends = 0;
	int status, moved;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	status = meeting_times(r, &starts, &ends);
	if (status != 0)
		return status;
	moved = starts != f->starts_at || ends != f->ends_at;
	if (moved && f->starts_at <= r->now)
		return refuse_input(r, "day", "out_of_range");
	meeting_change(r->db, f->meeting, in_text(r, "title"),
	    in_text(r, "agenda"), starts, ends, moved, r->now);
	if (moved)
		meeting_forget_answers(r->db, f->meeting);
	return 204;
}

int
meetings_cancel(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (f->ends_at <= r->now)
		return 409;
	meeting_cancel(r->db, f->meeting, r->now);
	meeting_tell_cancelled(r->db, f->meeting, r->now);
	return 204;
}

int
meetings_consent(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (meeting_consent(r->db, f->id, in_text(r, "presence"),
	    in_text(r, "consent_signer"), in_text(r, "consent_relation"), in_boolean(r, "consent_recording"),
	    r->viewer->user, r->now) == 0)
		return 409;
	return 204;
}
