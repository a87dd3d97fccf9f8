/* Doses, adverse events and visits: what the vaccination module has. */
#include "export.h"

#include "export_vaccination_sql.h"
#include "immunization_fhir.h"
#include "model.h"

/* FHIR Immunization: what was a mistake or was replaced says so. */
static void
put_dose(struct export *e, const struct dose *d)
{
	const struct immunization_fhir dose = {
		.vaccine = d->vaccine, .vaccine_name = d->vaccine_name,
		.product = d->product, .product_name = d->product_name,
		.standard_code = d->standard_code, .lot_number = d->lot_number,
		.site = d->site, .route = d->route, .dose_ml = d->dose_ml,
		.vaccinator = d->vaccinator_name, .doctor = d->doctor_name,
		.place = d->place, .given_at = d->given_at,
		.expires_on = d->expires_on, .dose_number = d->dose_number,
		.given_on = d->given_on, .recorded_at = d->recorded_at,
		.reported = d->reported != 0, .ended = d->ended_at.set
	};
	struct model *m = resource_new(e, "Immunization", d->id);

	put_reference(e, m, "patient", "Patient", e->id);
	immunization_fhir(m, &dose);
	resource_put(e, m);
}

static void
write_doses(struct export *e)
{
	struct adverse_rows events;
	struct dose_rows rows;
	struct reported_rows reports;
	struct alarmed_rows alarms;
	struct struck_rows strikes;

	export_vaccination_doses(e->db, &rows, e->patient);
	export_csv(e, "immunization.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_dose(e, dose_at(&rows, i));
	export_vaccination_adverse_events(e->db, &events, e->patient);
	export_csv(e, "adverse_event.csv", &events.set);
	export_vaccination_reports(e->db, &reports, e->patient);
	export_csv(e, "adverse_report.csv", &reports.set);
	export_vaccination_alarms(e->db, &alarms, e->patient);
	export_csv(e, "adverse_alarm.csv", &alarms.set);
	export_vaccination_strikes(e->db, &strikes, e->patient);
	export_csv(e, "struck.csv", &strikes.set);
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
	struct numbered_rows numbers;

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
	export_vaccination_resident_numbers(e->db, &numbers, e->patient);
	export_csv(e, "resident_number.csv", &numbers.set);
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
