/* The crew's and the dispatcher's side of asking hospitals; the hospital's is reception.c. */
#include "hospital.h"

#include "age.h"
#include "emergency.h"
#include "hospital_sql.h"
#include "items.h"
#include "notice.h"
#include "opening_sql.h"
#include "profession.h"
#include "radio.h"
#include "viewer.h"

void
put_hospitals(struct req *r, struct model *m)
{
	struct hospital_rows rows;
	struct taking_rows taking;

	hospital_hospitals(r->db, &rows, r->viewer->network);
	put_rows(m, "hospitals", &rows.set);
	hospital_taking(r->db, &taking, r->viewer->network);
	put_children(m, "hospitals", "taking", &taking.set, "office_id");
}

void
put_requests(struct req *r, struct model *m, int64_t patient)
{
	utc_ms since = r->now - REQUEST_HOURS * HOUR_MS;
	struct request_rows rows;
	struct asked_rows asked;

	hospital_requests(r->db, &rows, r->viewer->office, since, patient);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, request_at(&rows, i)->patient_id);
	put_rows(m, "requests", &rows.set);
	hospital_asked(r->db, &asked, r->viewer->office, since);
	put_children(m, "requests", "asked", &asked.set, "request_id");
}

int
hospitals_show(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	if (o == NULL)
		return 404;
	put_ref(m, "id", o->id);
	put_text(m, "name", arena_printf(r->mem, "%s %s", o->family, o->given));
	put_hospitals(r, m);
	put_requests(r, m, o->patient_id);
	put_channel(r, m, o->id);
	return 200;
}

/* Whoever answers for them hears at once that a crew asks; never about whom. */
static void
tell_desks(struct req *r, int64_t patient)
{
	struct receptionist_rows rows;

	hospital_desks(r->db, &rows, patient, r->id);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(r->db, receptionist_at(&rows, i)->user_id,
		    "hospital_request", r->id, r->request_id, r->now);
}

int
request_send(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);
	struct item_rows rows;
	struct db_maybe minutes;
	int set;

	if (o == NULL)
		return 404;
	minutes.v = in_integer(r, "minutes", &set);
	minutes.set = set;
	opening_rows(r, o, &rows);
	hospital_send(r->db, o->patient_id, r->id, o->opening, r->viewer->office,
	    r->viewer->office_name, in_text(r, "department"),
	    age_on(o->birth_date, date_of(r->now)), o->sex,
	    in_text(r, "complaint"), in_text(r, "vitals"), minutes,
	    radio_alerts(r, &rows), r->now, r->viewer->user, writer(r));
	if (hospital_ask(r->db, o->patient_id, r->id, r->viewer->network,
	    in_many(r, "hospital"), r->now) == 0)
		return refuse_input(r, "hospital", "missing");
	tell_desks(r, o->patient_id);
	req_ring(r, o->network_ref);
	put_id(m, r->id);
	return 201;
}

/* ---- going on with it: the crew, or a dispatcher of its station ---- */

/* The one of the path, or NULL; says so to the audit. */
static const struct party *
party_here(struct req *r, const char *part)
{
	utc_ms since = r->now - REQUEST_HOURS * HOUR_MS;
	const struct party *p;

	if (strcmp(part, "request") == 0)
		hospital_party_of_request(r->db, &p, in_path(r, part),
		    r->viewer->office, since);
	else
		hospital_party_of_station(r->db, &p, in_path(r, part),
		    r->viewer->office, since);
	if (p != NULL)
		r->audit->subject = p->patient_id;
	return p;
}

/* All who look at it look again; a form goes back to where it came from. */
static int
gone_on(struct req *r, const struct party *p)
{
	char hex[REF_HEX];

	req_ring(r, p->patient);
	req_ring(r, p->network);
	req_then(r, viewer_has(r->viewer, "dispatcher") ? "/emergency/desk" :
	    arena_printf(r->mem, "/emergency/%s/hospitals",
	    ref_hex(p->patient, hex)));
	return 204;
}

int
asked_answer(struct req *r, struct model *m)
{
	const struct party *p = party_here(r, "asked");

	(void)m;
	if (p == NULL)
		return 404;
	hospital_answer(r->db, p->patient_id, p->asked_id, in_text(r, "answer"),
	    in_text(r, "note"), r->now, writer(r), 1);
	return gone_on(r, p);
}

int
asked_choose(struct req *r, struct model *m)
{
	const struct party *p = party_here(r, "asked");

	(void)m;
	if (p == NULL)
		return 404;
	hospital_choose(r->db, p->patient_id, p->asked_id, r->now);
	hospital_call_off(r->db, p->patient_id, p->request_id, r->now);
	hospital_shut(r->db, p->patient_id, p->request_id, r->now);
	return gone_on(r, p);
}

int
request_call_off(struct req *r, struct model *m)
{
	const struct party *p = party_here(r, "request");

	(void)m;
	if (p == NULL)
		return 404;
	hospital_call_off(r->db, p->patient_id, p->request_id, r->now);
	hospital_shut(r->db, p->patient_id, p->request_id, r->now);
	return gone_on(r, p);
}

/* ---- the dispatcher's screen ---- */

int
desk_show(struct req *r, struct model *m)
{
	struct shift_rows rows;
	const struct desk *desk;

	hospital_shift(r->db, &rows, r->viewer->office, r->viewer->user,
	    r->now - SHIFT_HOURS * HOUR_MS, r->now);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct shift *s = shift_edit(&rows, i);

		s->profession = profession_name(s->profession_code);
		if (s->name != NULL)
			req_audit_subject(r, s->patient_id);
	}
	put_rows(m, "shift", &rows.set);
	put_hospitals(r, m);
	put_requests(r, m, 0);
	hospital_network(r->db, &desk, r->viewer->network);
	put_channel(r, m, desk->network);
	return 200;
}
