/* Doses, adverse events and visits: what the vaccination module has. */
#include "export.h"

#include "export_vaccination_sql.h"
#include "model.h"

#define CVX "http://hl7.org/fhir/sid/cvx"
#define ROUTE "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"

/* A code of ours is words; a number is CVX, which the schedule says is the same. */
static void
put_vaccine(struct model *m, const struct dose *d)
{
	struct model *concept = put_object(m, "vaccineCode"), *coding;
	const char *code = d->standard_code;

	put_text(concept, "text", d->product_name != NULL ? d->product_name :
	    d->vaccine_name);
	if (code == NULL || code[strspn(code, "0123456789")] != '\0')
		return;
	coding = put_item(concept, "coding");
	put_text(coding, "system", CVX);
	put_text(coding, "code", code);
}

static void
put_route(struct model *m, const struct dose *d)
{
	struct model *coding;

	if (d->route == NULL)
		return;
	coding = put_item(put_object(m, "route"), "coding");
	put_text(coding, "system", ROUTE);
	put_text(coding, "code", strcmp(d->route, "im") == 0 ? "IM" : "SQ");
}

/* FHIR Immunization: what was a mistake or was replaced says so. */
static void
put_dose(struct export *e, const struct dose *d)
{
	struct model *m = resource_new(e, "Immunization", d->id), *o;

	put_text(m, "status", d->ended_at.set ? "entered-in-error" :
	    "completed");
	put_vaccine(m, d);
	put_reference(e, m, "patient", "Patient", e->id);
	if (d->given_at.set)
		put_utc(m, "occurrenceDateTime", d->given_at.v);
	else
		put_date(m, "occurrenceDateTime", d->given_on);
	put_utc(m, "recorded", d->recorded_at);
	put_bool(m, "primarySource", !d->reported);
	put_some(m, "lotNumber", d->lot_number);
	if (d->expires_on.set)
		put_date(m, "expirationDate", (civil_date)d->expires_on.v);
	put_route(m, d);
	if (d->vaccinator_name != NULL)
		put_text(put_object(put_item(m, "performer"), "actor"), "display",
		    d->vaccinator_name);
	if (d->dose_number.set) {
		o = put_item(m, "protocolApplied");
		put_i64(o, "doseNumberPositiveInt", d->dose_number.v);
	}
	resource_put(e, m);
}

static void
write_doses(struct export *e)
{
	struct adverse_rows events;
	struct dose_rows rows;

	export_vaccination_doses(e->db, &rows, e->patient);
	export_csv(e, "immunization.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_dose(e, dose_at(&rows, i));
	export_vaccination_adverse_events(e->db, &events, e->patient);
	export_csv(e, "adverse_event.csv", &events.set);
}

static void
write_visits(struct export *e)
{
	struct plan_rows visits;
	struct screened_rows screenings;
	struct answer_rows answers;
	struct judged_rows judgements;
	struct not_given_rows not_given;
	struct paper_rows papers;

	export_vaccination_visits(e->db, &visits, e->patient);
	export_csv(e, "vaccination_visit.csv", &visits.set);
	export_vaccination_screenings(e->db, &screenings, e->patient);
	export_csv(e, "screening.csv", &screenings.set);
	export_vaccination_answers(e->db, &answers, e->patient);
	export_csv(e, "screening_answer.csv", &answers.set);
	export_vaccination_judgements(e->db, &judgements, e->patient);
	export_csv(e, "judgement.csv", &judgements.set);
	export_vaccination_not_given(e->db, &not_given, e->patient);
	export_csv(e, "not_given.csv", &not_given.set);
	export_vaccination_papers(e->db, &papers, e->patient);
	export_csv(e, "vaccination_paper.csv", &papers.set);
}

/* Bookings by telephone, and what was agreed, sent and said of reminders. */
static void
write_bookings(struct export *e)
{
	struct booked_rows bookings;
	struct booked_step_rows steps;
	struct agreed_rows agreements;
	struct reminded_rows reminders;
	struct rung_rows calls;

	export_vaccination_bookings(e->db, &bookings, e->patient);
	export_csv(e, "booking.csv", &bookings.set);
	export_vaccination_booking_steps(e->db, &steps, e->patient);
	export_csv(e, "booking_step.csv", &steps.set);
	export_vaccination_agreements(e->db, &agreements, e->patient);
	export_csv(e, "reminder_agreement.csv", &agreements.set);
	export_vaccination_reminders(e->db, &reminders, e->patient);
	export_csv(e, "reminder.csv", &reminders.set);
	export_vaccination_calls(e->db, &calls, e->patient);
	export_csv(e, "reminder_call.csv", &calls.set);
}

void
export_vaccination(struct export *e)
{
	if (!export_present(e, "vaccination_visit"))
		return;
	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	write_doses(e);
	write_visits(e);
	write_bookings(e);
	e->bad |= db_end(e->db) != DB_FINE;
}
