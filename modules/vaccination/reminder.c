/* Reminders to residents who agreed, and the list of whom to ring. */
#include "booking.h"
#include "reminder.h"

#include "booking_sql.h"
#include "notice.h"
#include "phone.h"
#include "reminder_sql.h"
#include "seal.h"
#include "sms_reply.h"
#include "viewer.h"

enum { CALL_AGAIN_DAYS = 3 };

/* ---- by SMS ---- */

static void
remind(struct db *db, const struct reminded *p, utc_ms now)
{
	struct ref cause;

	seal_random(cause.b, sizeof cause.b);
	if (reminder_take(db, p->patient_id, date_of(now), &cause, now) > 0)
		notice_resident(db, p->network_id, p->user_id, p->mobile,
		    "vaccination_reminder", &cause, now);
}

int
reminder_tidy(const struct settings *settings, struct db *db,
    struct arena *mem, utc_ms now)
{
	struct reminded_rows rows;

	(void)settings;
	if (notice_is_night(now))
		return 0;
	db_begin(db, mem, 1);
	reminder_due_today(db, &rows, date_of(now));
	for (size_t i = 0; i < rows.set.n; i++)
		remind(db, reminded_at(&rows, i), now);
	return db_end(db) == DB_FINE && rows.set.n > 0;
}

/* A stop word from a phone: gateways/sms sends it nothing more, and here it agreed to nothing. */
static void
stopped(struct db *db, const struct event *event, const struct ref *id,
    utc_ms now)
{
	const struct sms_said *said;

	(void)id;
	sms_reply_said(db, &said, event->ref);
	if (said != NULL)
		reminder_stop_number(db, said->mobile, now, "本人の電話",
		    "SMSの返信で停止");
}

const struct reaction reminder_reactions[] = {
	{ "sms.stopped", stopped },
	{ NULL, NULL }
};

/* ---- who agreed ---- */

void
put_reached(struct req *r, struct model *m, int64_t patient)
{
	const struct agreement *a;
	struct rung_rows calls;

	reminder_agreement(r->db, &a, patient);
	put_row(m, "agreement", &reminder_agreement_row, a);
	reminder_rung(r->db, &calls, patient);
	put_rows(m, "calls", &calls.set);
}

int
agreement_add(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);
	char mobile[PHONE_TEXT];

	(void)m;
	if (p == NULL)
		return 404;
	if (phone_normalise(in_text(r, "mobile"), mobile) != PHONE_MOBILE)
		return refuse_input(r, "mobile", "malformed");
	reminder_agree(r->db, p->patient_id, mobile, in_text(r, "agreed_by"),
	    in_text(r, "agreed_relation"), r->now, r->viewer->user,
	    writer_of(r));
	return 204;
}

/* At once: what is in the queue does not go any more, either. */
int
agreement_end(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);

	(void)m;
	if (p == NULL)
		return 404;
	reminder_unsend(r->db, p->patient_id, r->now);
	reminder_stop(r->db, p->patient_id, r->now, r->viewer->user,
	    writer_of(r), in_text(r, "note"));
	return 204;
}

/* ---- by telephone ---- */

int
calls_show(struct req *r, struct model *m)
{
	struct callee_rows rows;

	reminder_callees(r->db, &rows, r->viewer->network, date_of(r->now),
	    r->now - CALL_AGAIN_DAYS * DAY_MS);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct vaccine *v = schedule_vaccine(schedule_now(),
		    callee_at(&rows, i)->vaccine);

		req_audit_subject(r, callee_at(&rows, i)->patient_id);
		callee_edit(&rows, i)->vaccine_name = v == NULL ?
		    callee_at(&rows, i)->vaccine : r->lang == LANG_EN ?
		    v->name_en : v->name;
	}
	put_rows(m, "people", &rows.set);
	return 200;
}

int
call_add(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);

	(void)m;
	if (p == NULL)
		return 404;
	reminder_ring(r->db, p->patient_id, in_text(r, "result"),
	    in_text(r, "note"), r->now, r->viewer->user, writer_of(r));
	return 204;
}
