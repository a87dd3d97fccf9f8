/* Asking relatives by SMS, what they answer, and whom to ring instead. */
#include "asking_sql.h"
#include "incident.h"

#include "age.h"
#include "phone.h"
#include "register.h"
#include "reply.h"
#include "sms_reply.h"
#include "viewer.h"

enum {
	ASKED_AT_ONCE = 200,	/* people a transaction */
	PATIENCE_MINUTES = 30,	/* without an answer by then she is rung */
	AGAIN_MINUTES = 15,	/* nobody rings her so soon again */
	CALLS_A_PAGE = 100
};

/* ---- asking ---- */

/* Whom to write to: the first mobile number that stands for her alone. */
static const struct contact_number *
choose(const struct contact_number_rows *numbers, char mobile[PHONE_TEXT])
{
	for (size_t i = 0; i < numbers->set.n; i++) {
		const struct contact_number *c = contact_number_at(numbers, i);

		if (!c->shared &&
		    phone_normalise(c->phone, mobile) == PHONE_MOBILE)
			return c;
	}
	return NULL;
}

static void
ask(struct db *db, struct arena *mem, const struct unasked *u, utc_ms now)
{
	struct contact_number_rows numbers;
	const struct contact_number *c;
	const struct ref id = ref_new();
	char mobile[PHONE_TEXT];

	asking_numbers(db, &numbers, u->patient_id, u->incident_id);
	c = choose(&numbers, mobile);
	asking_put_request(db, &id, u->patient_id, u->incident_id,
	    c == NULL ? NULL : arena_printf(mem, "%s（%s）", c->name,
	    c->relation), c == NULL ? NULL : mobile, now);
	if (c != NULL)
		sms_ask(db, &(struct sms_question){ .network = u->network,
			.on_behalf = u->user, .mobile = mobile,
			.kind = u->drill ? "safety_drill" : "safety_request",
			.topic = "disaster.answered", .about = &id,
			.until = now + LATE_SECONDS * SECOND_MS }, &id, now);
}

static size_t
ask_next(struct db *db, struct arena *mem, utc_ms now)
{
	struct unasked_rows rows;

	asking_next_unasked(db, &rows, ASKED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++)
		ask(db, mem, unasked_at(&rows, i), now);
	return rows.set.n;
}

int
asking_tidy(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	size_t n;

	(void)settings;
	db_begin(db, mem, 1);
	n = ask_next(db, mem, now);
	return db_end(db) == DB_FINE && n == ASKED_AT_ONCE;
}

/* The first ones are asked at once, the others by asking_tidy; who is listed later, too. */
int
asking_begin(struct req *r, struct model *m)
{
	struct reach e;

	(void)m;
	if (incident_enter(r, &e, 1) != 0)
		return 404;
	asking_begin_asking(r->db, e.room->incident_id, r->now,
	    r->viewer->user);
	(void)ask_next(r->db, r->mem, r->now);
	req_ring(r, e.room->id);
	return 204;
}

/* ---- answers ---- */

void
asking_take(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	const struct sms_said *said = NULL;
	const struct request *q = NULL;
	const char *status;

	sms_reply_said(db, &said, e->ref);
	if (said == NULL || said->about == NULL)
		return;
	asking_answered_request(db, &q, said->about, now);
	if (q == NULL)
		return;
	status = reply_status(said->words);
	asking_put_answer(db, q->request, q->patient_id, now,
	    status == NULL ? said->words : NULL);
	if (status == NULL)
		return;
	/* First: it holds her row (incident.sql). */
	incident_release(db, q->incident_id, q->patient_id);
	relatives_tell(db, q->patient_id, q->incident_id, status, now);
	incident_say(db, q->patient_id, q->incident_id, id, status, NULL, NULL,
	    "", NULL, "sms", 0, 0, said->received_at, now, -q->request, q->contact,
	    "家族");
}

int
asking_rings(struct db *db, const struct event *e, struct ref *room)
{
	const struct room_asked *asked = NULL;
	const struct sms_said *said = NULL;

	sms_reply_said(db, &said, e->ref);
	if (said == NULL || said->about == NULL)
		return 0;
	asking_room_of(db, &asked, said->about);
	if (asked == NULL)
		return 0;
	*room = *asked->room;
	return 1;
}

/* ---- whom to ring ---- */

int
calls_show(struct req *r, struct model *m)
{
	struct callee_contact_rows contacts;
	struct callee_rows rows;
	const struct asked *asked;
	struct reach e;

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_put(r, m, &e);
	asking_callees(r->db, &rows, e.room->incident_id,
	    r->now - PATIENCE_MINUTES * MINUTE_MS,
	    r->now - AGAIN_MINUTES * MINUTE_MS, CALLS_A_PAGE, REACH(r));
	for (size_t i = 0; i < rows.set.n; i++) {
		struct callee *c = callee_edit(&rows, i);

		c->age = age_on(c->birth_date, date_of(r->now));
		req_audit_subject(r, c->patient_id);
	}
	put_rows(m, "callees", &rows.set);
	asking_callee_contacts(r->db, &contacts, e.room->incident_id, REACH(r));
	put_children(m, "callees", "contacts", &contacts.set, "patient_id");
	asking_asked(r->db, &asked, e.room->incident_id);
	put_row(m, "asked", &asking_asked_row, asked);
	return 200;
}

/* What a call brought: word of her, or none. */
int
calls_result(struct req *r, struct model *m)
{
	static const char *const none[] = { "no_answer", "later",
	    "wrong_number" };
	const char *result = in_text(r, "result");
	const struct person *p;
	struct reach e;

	if (incident_enter(r, &e, 1) != 0 ||
	    (p = person_find(r, &e, in_ref(r, "patient"))) == NULL)
		return 404;
	req_ring(r, e.room->id);
	put_id(m, r->id);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		if (strcmp(result, none[i]) == 0) {
			asking_put_call(r->db, p->patient_id,
			    e.room->incident_id, result, r->now,
			    r->viewer->user, writer(r));
			return 201;
		}
	status_say(r, &e, p->patient_id, &(struct word_of){ .status = result,
		.needs = "", .method = "call", .at = r->now }, 0);
	return 201;
}
