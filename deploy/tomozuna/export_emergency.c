/* What ambulance crews did: openings, their review, calls, reports, answers. */
#include "export.h"

#include "export_emergency_sql.h"

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
	e->bad |= db_end(e->db) != DB_FINE;
}
