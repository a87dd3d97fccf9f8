/* What ambulance crews did: openings, their review, calls, reports, answers. */
#include "export.h"

#include "export_emergency_sql.h"
#include "model.h"

#define STARTED "110127"	/* Emergency Override Started */
#define STOPPED "110138"

/* That a glass was broken, or is whole again: DICOM PS3.15's security alert. */
static void
put_override(struct export *e, const struct opening *o, const char *code,
    const char *name, utc_ms at)
{
	struct model *m = resource_new(e, "AuditEvent", o->id), *c;
	char hex[REF_HEX];

	put_text(m, "id", arena_printf(e->scratch, "override-%s-%s",
	    ref_hex(o->id, hex), name));
	c = put_object(m, "type");
	put_text(c, "system", DCM);
	put_text(c, "code", "110113");
	c = put_item(m, "subtype");
	put_text(c, "system", DCM);
	put_text(c, "code", code);
	put_text(m, "action", "E");
	put_utc(m, "recorded", at);
	put_text(m, "outcome", "0");
	put_some(m, "outcomeDesc", o->reason);
	put_audit_user(m, o->user, o->office, "BTG");
	put_audit_patient(e, m);
	resource_put(e, m);
}

/* One that is still open has not stopped. */
static void
put_overrides(struct export *e, const struct opening_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct opening *o = opening_at(rows, i);
		utc_ms end = o->ended_at.set && o->ended_at.v < o->until ?
		    o->ended_at.v : o->until;

		if (strcmp(o->basis, "break_glass") != 0)
			continue;
		put_override(e, o, STARTED, "started", o->opened_at);
		if (end <= instant_now())
			put_override(e, o, STOPPED, "stopped", end);
	}
}

/* What was prepared for an emergency, and what hospitals were asked. */
static void
write_prepared(struct export *e)
{
	struct card_rows cards;
	struct told_rows told;
	struct alone_rows alone;
	struct request_rows requests;
	struct asked_rows asked;
	struct look_code_rows codes;

	export_emergency_cards(e->db, &cards, e->patient);
	export_csv(e, "emergency_kit_card.csv", &cards.set);
	export_emergency_told(e->db, &told, e->patient);
	export_csv(e, "emergency_contact_told.csv", &told.set);
	export_emergency_alone(e->db, &alone, e->patient);
	export_csv(e, "emergency_alone.csv", &alone.set);
	export_emergency_requests(e->db, &requests, e->patient);
	export_csv(e, "emergency_hospital_request.csv", &requests.set);
	export_emergency_asked(e->db, &asked, e->patient);
	export_csv(e, "emergency_hospital_asked.csv", &asked.set);
	export_emergency_look_codes(e->db, &codes, e->patient);
	export_csv(e, "emergency_look_code.csv", &codes.set);
}

void
export_emergency(struct export *e)
{
	struct opening_rows openings;
	struct review_rows reviews;
	struct call_rows calls;
	struct report_rows reports;
	struct answer_rows answers;

	if (!export_present(e, "emergency_opening"))
		return;
	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_emergency_openings(e->db, &openings, e->patient);
	export_csv(e, "emergency_opening.csv", &openings.set);
	export_emergency_reviews(e->db, &reviews, e->patient);
	export_csv(e, "emergency_review.csv", &reviews.set);
	export_emergency_calls(e->db, &calls, e->patient);
	export_csv(e, "emergency_call.csv", &calls.set);
	export_emergency_reports(e->db, &reports, e->patient);
	export_csv(e, "emergency_report.csv", &reports.set);
	export_emergency_answers(e->db, &answers, e->patient);
	export_csv(e, "emergency_answer.csv", &answers.set);
	write_prepared(e);
	e->bad |= db_end(e->db) != DB_FINE;
	put_overrides(e, &openings);
}
