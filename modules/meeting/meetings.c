/* The calendar of meetings, one of them, and making, changing and cancelling it. */
#include "meeting.h"

#include "invitation_sql.h"
#include "profession.h"
#include "viewer.h"

enum { PAST_DAYS = 30, PATIENT_PAST_DAYS = 800 };

static void
put_listed(struct req *r, struct model *m, struct listed_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++)
		if (listed_at(rows, i)->patient_key != 0)
			req_audit_subject(r, listed_at(rows, i)->patient_key);
	put_rows(m, "meetings", &rows->set);
	put_bool(m, "may_hold", meeting_may_hold(r));
}

int
meetings_show(struct req *r, struct model *m)
{
	struct listed_rows rows;
	utc_ms today = instant_of(date_of(r->now));

	meeting_mine(r->db, &rows, r->viewer->user, r->viewer->office,
	    r->viewer->network, today - PAST_DAYS * DAY_MS,
	    today + AHEAD_DAYS * DAY_MS);
	put_listed(r, m, &rows);
	return 200;
}

/* What a form needs to know: where meetings are held, and whom to invite. */
static void
put_form(struct req *r, struct model *m)
{
	const struct provider *p;

	meeting_provider(r->db, &p, r->viewer->network);
	put_text(m, "provider", p == NULL ? NULL : p->kind);
	put_bool(m, "recording_allowed", p != NULL && p->recording);
	if (p != NULL && p->away_since.set)
		put_utc(m, "away_since", p->away_since.v);
	else
		put_text(m, "away_since", NULL);
	put_date(m, "today", date_of(r->now));
}

int
meetings_new(struct req *r, struct model *m)
{
	struct office_rows offices;

	if (!meeting_may_hold(r))
		return 403;
	invitation_offices(r->db, &offices, r->viewer->network);
	put_rows(m, "offices", &offices.set);
	put_form(r, m);
	return 200;
}

int
meetings_of_patient(struct req *r, struct model *m)
{
	struct listed_rows rows;

	meeting_of_patient(r->db, &rows, viewer_patient(r), r->viewer->user,
	    r->now - PATIENT_PAST_DAYS * DAY_MS, meeting_may_look(r));
	put_listed(r, m, &rows);
	put_form(r, m);
	return 200;
}

/* Recording wants the network's leave and the patient's; 0 or a refusal. */
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
	return agreed == NULL || agreed->n > 0 ? 0 :
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
add(struct req *r, int64_t patient, utc_ms starts, utc_ms ends)
{
	const char *kind = in_text(r, "kind"), *signer;
	struct db_maybe of = { .set = patient != 0, .v = patient };

	meeting_add(r->db, r->id, r->viewer->network, of, kind,
	    in_text(r, "title"), in_text(r, "agenda"), starts, ends,
	    strcmp(kind, "training_course") == 0, r->viewer->user,
	    meeting_writer(r), r->now,
	    patient != 0 ? in_text(r, "presence") : "none",
	    in_boolean(r, "recording"), new_room(r));
	invitation_add_self(r->db, r->id, r->viewer->user, r->viewer->office,
	    r->now);
	signer = patient != 0 ? in_text(r, "consent_signer") : NULL;
	if (signer != NULL)
		meeting_consent(r->db, r->id, signer,
		    in_text(r, "consent_relation"), r->viewer->user, r->now);
}

static int
make(struct req *r, int64_t patient)
{
	utc_ms starts = 0, ends = 0;
	int status = meeting_times(r, &starts, &ends);

	if (status == 0)
		status = check_recording(r, patient);
	if (status == 0 && patient != 0)
		status = check_consent(r);
	if (status != 0)
		return status;
	add(r, patient, starts, ends);
	if (patient == 0 && in_ref(r, "office") != NULL)
		invitation_add_office(r->db, r->id, in_ref(r, "office"),
		    r->viewer->network, r->viewer->user, r->now);
	return in_boolean(r, "invite") ?
	    meeting_ask(r, r->id, patient != 0) : 0;
}

int
meetings_make(struct req *r, struct model *m)
{
	int64_t patient = r->viewer->strip == NULL ? 0 : viewer_patient(r);
	int status;

	if (!meeting_may_hold(r))
		return 403;
	status = make(r, patient);
	if (status != 0)
		return status;
	put_id(m, r->id);
	return 201;
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
	int64_t accepted = 0, open = 0;

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
		if (x->mine)
			put_row(m, "own", rows.set.row, x);
	}
	put_rows(m, "invited", &rows.set);
	put_i64(m, "accepted", accepted);
	put_i64(m, "unanswered", open);
}

/* "09:30" in Japan, as a form's input wants it. */
static const char *
clock_text(struct req *r, utc_ms at)
{
	int minute = minute_of_day(at);

	return arena_printf(r->mem, "%02d:%02d", minute / 60, minute % 60);
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
	put_row(m, "meeting", &meeting_found_row, f);
	put_invited(r, m, f);
	polls_put(r, m, f);
	papers_put(r, m, f);
	put_form(r, m);
	put_date(m, "day", date_of(f->starts_at));
	put_text(m, "begins", clock_text(r, f->starts_at));
	put_text(m, "ends", clock_text(r, f->ends_at));
	put_bool(m, "has_begun", f->starts_at <= r->now);
	put_bool(m, "is_open", strcmp(f->phase, "scheduled") == 0 &&
	    opens <= r->now);
	put_bool(m, "lacks_consent", strcmp(f->presence, "none") != 0 &&
	    !f->consent_at.set);
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
	if (meeting_consent(r->db, f->id, in_text(r, "consent_signer"),
	    in_text(r, "consent_relation"), r->viewer->user, r->now) == 0)
		return 409;
	return 204;
}
