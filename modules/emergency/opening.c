/* Opening a patient: on whose word, how long, and who hears of it at once. */
#include "emergency.h"

#include "admit.h"
#include "admit_sql.h"
#include "age.h"
#include "copy.h"
#include "items.h"
#include "notice.h"
#include "opening_sql.h"
#include "viewer.h"
#include "who.h"

#include "mark_sql.h"

/* How the routes begin that are for one patient whom a crew has open. */
#define OF_PATIENT "/emergency/{patient}"

const char *
writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

/* opening.sql's `holder` begins with what care's admission wants of a session. */
_Static_assert(offsetof(struct holder, seen_at) ==
    offsetof(struct session, seen_at), "opening.sql: rows differ");

/* What the admission of a crew to a patient found, and read of the copy. */
struct held {
	const struct holder *holder;
	struct opening opening;
	struct item_rows rows;		/* of the copy */
	int copied;
};

static const struct session *
find_holder(struct req *r, struct db_bytes token, struct db_bytes certificate,
    void **own)
{
	struct held *h = arena_take(r->mem, sizeof *h);

	opening_holder(r->db, &h->holder, token, certificate,
	    in_path(r, "patient"), r->now, copy_name(), copy_met(r->now));
	*own = h;
	return (const struct session *)h->holder;
}

int
opening_admit(struct req *r, struct model *m)
{
	if (r->route->who != EMERGENCY ||
	    strncmp(r->route->path, OF_PATIENT, sizeof OF_PATIENT - 1) != 0)
		return admit(r, m);
	return admit_by(r, find_holder);
}

static const struct opening *
find_opening(struct req *r, struct held *h)
{
	const struct opening *o;

	h->copied = h->holder->copied &&
	    copy_read(r->mem, h->holder, r->now, &h->opening, &h->rows) == 0;
	if (h->copied)
		return &h->opening;
	opening_open_now(r->db, &o, in_path(r, "patient"), r->viewer->user,
	    r->now);
	return o;
}

const struct opening *
opening_now(struct req *r)
{
	const struct opening *o = find_opening(r, r->viewer->own);

	if (o == NULL)
		return NULL;
	r->audit->subject = o->patient_id;
	r->audit->purpose = strcmp(o->basis, "consent") == 0 ? "ETREAT" : "BTG";
	return o;
}

void
opening_rows(struct req *r, const struct opening *o, struct item_rows *rows)
{
	const struct held *h = r->viewer->own;

	if (h->copied)
		*rows = h->rows;
	else
		summary_all(r->db, rows, o->patient_id, r->now,
		    r->now - FORTNIGHT_DAYS * DAY_MS, o->opened_at - HOUR_MS);
}

void
put_open_now(struct req *r, struct model *m)
{
	struct mine_rows rows;

	opening_mine(r->db, &rows, r->viewer->user, r->now);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct mine *o = mine_edit(&rows, i);

		o->age = age_on(o->birth_date, date_of(r->now));
		o->minutes = (o->until - r->now) / MINUTE_MS;
	}
	put_rows(m, "open_now", &rows.set);
}

void
tell_team(struct req *r, int64_t patient, const struct ref *about,
    const char *topic, const char *ja, const char *en)
{
	mark_team(r->db, about, patient, r->viewer->user, "emergency", "urgent",
	    r->now);
	notice_marked(r, patient, about, "emergency", NULL);
	event_publish(r->db, &(struct event){
		.topic = topic, .patient = patient, .ref = about,
		.actor = r->viewer->user, .at = r->now,
		.sentence_ja = ja, .sentence_en = en
	});
}

static void
tell_officers(struct req *r, const struct ref *about)
{
	struct officer_rows rows;

	opening_privacy_officers(r->db, &rows, r->viewer->network);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(r->db, officer_at(&rows, i)->user_id, "emergency",
		    about, r->request_id, r->now);
}

/* Without consent a reason is wanted, and words where it is another one. */
static int
refuse_reason(struct req *r, int consented)
{
	const char *reason = in_text(r, "reason");

	if (consented)
		return 0;
	if (reason == NULL)
		return refuse_input(r, "reason", "missing");
	if (strcmp(reason, "other") == 0 && in_text(r, "reason_text") == NULL)
		return refuse_input(r, "reason_text", "missing");
	return 0;
}

static void
write_opening(struct req *r, const struct openable *p)
{
	const struct viewer *v = r->viewer;

	opening_open(r->db, p->patient_id, r->id, v->network, v->user,
	    writer(r), v->profession, v->office, v->office_name,
	    p->consented ? "consent" : "break_glass", in_text(r, "reason"),
	    in_text(r, "reason_text"), in_text(r, "dispatch_number"), r->now,
	    r->now + OPEN_MINUTES * MINUTE_MS);
	tell_team(r, p->patient_id, r->id, "emergency.opened",
	    "救急隊がサマリーをひらきました", "An ambulance crew opened the summary");
	tell_officers(r, r->id);
}

int
open_patient(struct req *r, struct model *m)
{
	const struct ref *patient = in_ref(r, "patient");
	const struct opening *already;
	const struct openable *p;
	char hex[REF_HEX];
	int refused;

	opening_openable(r->db, &p, patient, r->viewer->network);
	if (p == NULL)
		return 404;
	refused = refuse_reason(r, p->consented);
	if (refused != 0)
		return refused;
	r->audit->subject = p->patient_id;
	r->audit->purpose = p->consented ? "ETREAT" : "BTG";
	req_then(r, arena_printf(r->mem, "/emergency/%s",
	    ref_hex(patient, hex)));
	opening_open_now(r->db, &already, patient, r->viewer->user, r->now);
	if (already == NULL)
		write_opening(r, p);
	put_id(m, already == NULL ? r->id : already->opening);
	return 201;
}

int
opening_stop(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	(void)m;
	if (o == NULL)
		return 404;
	req_ring(r, o->network_ref);
	opening_shut(r->db, o->patient_id, o->opening, r->now);
	return 204;
}

int
opening_extend(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	(void)m;
	if (o == NULL)
		return 404;
	opening_lengthen(r->db, o->patient_id, o->opening,
	    o->until + OPEN_MINUTES * MINUTE_MS, r->now);
	return 204;
}

int
opening_number(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	(void)m;
	if (o == NULL)
		return 404;
	opening_put_number(r->db, o->patient_id, o->opening,
	    in_text(r, "dispatch_number"));
	return 204;
}
