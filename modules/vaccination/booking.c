/*
 * A booking, step by step: REQUESTED → OFFERED → BOOKED → DONE, or CANCELLED. The desk
 * asks and confirms, the clinic offers and is done; each sees who did what when.
 */
#include "booking.h"

#include "booking_sql.h"
#include "nfkc.h"
#include "notice.h"
#include "viewer.h"

/* Which step leads where. The desk may ask anew when nothing offered suits. */
static const struct { const char *from, *to; } steps[] = {
	{ "requested", "offered" }, { "offered", "offered" },
	{ "offered", "booked" }, { "offered", "requested" },
	{ "booked", "requested" }, { "booked", "done" },
	{ "requested", "cancelled" }, { "offered", "cancelled" },
	{ "booked", "cancelled" }
};

static int
leads(const char *from, const char *to)
{
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (strcmp(steps[i].from, from) == 0 &&
		    strcmp(steps[i].to, to) == 0)
			return 1;
	return 0;
}

int
booking_step(struct req *r, const struct booking *b, const char *state,
    const char *note)
{
	if (!leads(b->state, state))
		return 409;
	r->audit->subject = b->patient_id;
	booking_move(r->db, b->patient_id, b->id, b->state, state, r->now);
	booking_add_step(r->db, b->patient_id, b->id, state, r->now,
	    r->viewer->user, writer_of(r), r->viewer->office_name, note);
	return 0;
}

void
booking_given(struct req *r, const char *vaccine)
{
	const struct booking *b;

	booking_booked_for(r->db, &b, viewer_patient(r), r->viewer->office,
	    vaccine);
	if (b != NULL)
		(void)booking_step(r, b, "done", NULL);
}

/* ---- who is told ---- */

static void
tell_clinic(struct req *r, int64_t clinic)
{
	struct colleague_rows people;

	booking_staff(r->db, &people, clinic);
	for (size_t i = 0; i < people.set.n; i++)
		notice_user(r->db, colleague_at(&people, i)->user_id, "booking",
		    req_ref(r, 0), r->request_id, r->now);
}

static void
tell_desk(struct req *r, const struct booking *b)
{
	notice_user(r->db, b->requested_by, "booking", req_ref(r, 0),
	    r->request_id, r->now);
}

/* ---- the desk ---- */

static const struct clinic *
clinic_of(struct req *r, const struct ref *id)
{
	struct clinic_rows clinics;

	booking_clinics(r->db, &clinics, r->viewer->network);
	for (size_t i = 0; i < clinics.set.n; i++)
		if (ref_same(clinic_at(&clinics, i)->id, id))
			return clinic_at(&clinics, i);
	return NULL;
}

/* The days that she could come: none before today. 0 or a refusal. */
static int
wanted_given(struct req *r, struct db_maybe day[3])
{
	static const char *const names[] = { "wanted_1", "wanted_2", "wanted_3" };

	for (int i = 0; i < 3; i++) {
		day[i].v = in_date(r, names[i], &day[i].set);
		if (day[i].set && day[i].v < date_of(r->now))
			return refuse_input(r, names[i], "out_of_range");
	}
	return 0;
}

int
booking_request(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);
	const struct vaccine *v = schedule_vaccine(schedule_now(),
	    in_text(r, "vaccine"));
	const struct clinic *clinic = clinic_of(r, in_ref(r, "clinic"));
	struct db_maybe day[3];
	int bad;

	if (p == NULL)
		return 404;
	if (v == NULL)
		return refuse_input(r, "vaccine", "not_a_choice");
	if (clinic == NULL)
		return refuse_input(r, "clinic", "not_a_choice");
	bad = wanted_given(r, day);
	if (bad != 0)
		return bad;
	booking_request_one(r->db, p->patient_id, r->id, r->viewer->network,
	    v->code, v->name, in_text(r, "place"), clinic->office_id,
	    in_text(r, "caller"), in_text(r, "caller_relation"),
	    in_text(r, "caller_phone"), day[0], day[1], day[2],
	    in_text(r, "wanted_note"), r->now, r->viewer->user, writer_of(r));
	booking_add_step(r->db, p->patient_id, r->id, "requested", r->now,
	    r->viewer->user, writer_of(r), r->viewer->office_name, NULL);
	tell_clinic(r, clinic->office_id);
	put_id(m, r->id);
	return 201;
}

/* The booking of the path, of the desk's own town. */
static const struct booking *
desk_booking(struct req *r)
{
	const struct resident *p = desk_resident(r);
	const struct booking *b = NULL;

	if (p != NULL)
		booking_one(r->db, &b, r->viewer->network, p->patient_id,
		    in_path(r, "booking"));
	return b;
}

/* A step of the desk, of which the clinic hears. */
static int
desk_step(struct req *r, const char *state)
{
	const struct booking *b = desk_booking(r);
	int bad;

	if (b == NULL)
		return 404;
	bad = booking_step(r, b, state, in_text(r, "note"));
	if (bad != 0)
		return bad;
	tell_clinic(r, b->clinic_key);
	return 204;
}

int
booking_confirm(struct req *r, struct model *m)
{
	(void)m;
	return desk_step(r, "booked");
}

int
booking_again(struct req *r, struct model *m)
{
	(void)m;
	return desk_step(r, "requested");
}

int
booking_cancel(struct req *r, struct model *m)
{
	(void)m;
	return desk_step(r, "cancelled");
}

/* ---- the clinic ---- */

static const struct booking *
asked_booking(struct req *r)
{
	const struct booking *b;

	booking_asked_of(r->db, &b, r->viewer->office, in_path(r, "booking"));
	return b;
}

/* "9:30", "09:30" or ９：３０ as "09:30"; NULL: that is no time. */
static const char *
read_time(struct req *r, const char *text)
{
	int hour = 0, minute = 0, rest = 0;

	text = nfkc_text(r->mem, text);
	if (strspn(text, "0123456789:") != strlen(text) ||
	    sscanf(text, "%2d:%2d%n", &hour, &minute, &rest) != 2 ||
	    text[rest] != '\0' || hour > 23 || minute > 59)
		return NULL;
	return arena_printf(r->mem, "%02d:%02d", hour, minute);
}

int
clinic_offer(struct req *r, struct model *m)
{
	const struct booking *b = asked_booking(r);
	const char *time = read_time(r, in_text(r, "offered_time"));
	int set, bad;
	civil_date on = in_date(r, "offered_on", &set);

	(void)m;
	if (b == NULL)
		return 404;
	if (on < date_of(r->now))
		return refuse_input(r, "offered_on", "out_of_range");
	if (time == NULL)
		return refuse_input(r, "offered_time", "malformed");
	bad = booking_step(r, b, "offered", NULL);
	if (bad != 0)
		return bad;
	booking_offer(r->db, b->patient_id, b->id, on, time,
	    in_text(r, "offer_note"));
	tell_desk(r, b);
	return 204;
}

/* A step of the clinic, of which the desk hears. */
static int
clinic_step(struct req *r, const char *state)
{
	const struct booking *b = asked_booking(r);
	int bad;

	if (b == NULL)
		return 404;
	bad = booking_step(r, b, state, in_text(r, "note"));
	if (bad != 0)
		return bad;
	tell_desk(r, b);
	return 204;
}

int
clinic_decline(struct req *r, struct model *m)
{
	(void)m;
	return clinic_step(r, "cancelled");
}

int
clinic_done(struct req *r, struct model *m)
{
	(void)m;
	return clinic_step(r, "done");
}

int
clinic_show(struct req *r, struct model *m)
{
	struct booking_rows rows;

	booking_of_clinic(r->db, &rows, r->viewer->office,
	    r->now - BOOKING_ENDED_DAYS * DAY_MS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, booking_at(&rows, i)->patient_id);
	put_rows(m, "bookings", &rows.set);
	put_text(m, "office", r->viewer->office_name);
	return 200;
}
