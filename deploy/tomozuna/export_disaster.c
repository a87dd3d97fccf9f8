/* The evacuation register, and what was said in disasters. */
#include "export.h"

#include "export_disaster_sql.h"

/* Who was asked, rung and told, and what was planned. */
static void
export_asking(struct export *e)
{
	struct relative_rows relatives;
	struct request_rows requests;
	struct call_rows calls;
	struct plan_rows plans;
	struct code_rows codes;

	export_disaster_requests(e->db, &requests, e->patient);
	export_csv(e, "disaster_request.csv", &requests.set);
	export_disaster_calls(e->db, &calls, e->patient);
	export_csv(e, "disaster_call.csv", &calls.set);
	export_disaster_relatives(e->db, &relatives, e->patient);
	export_csv(e, "disaster_relative.csv", &relatives.set);
	export_disaster_plans(e->db, &plans, e->patient);
	export_csv(e, "disaster_plan.csv", &plans.set);
	export_disaster_codes(e->db, &codes, e->patient);
	export_csv(e, "disaster_relative_code.csv", &codes.set);
}

void
export_disaster(struct export *e)
{
	struct registration_rows registrations;
	struct change_rows changes;
	struct status_rows statuses;

	if (!export_present(e, "disaster_registration"))
		return;
	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_disaster_registrations(e->db, &registrations, e->patient);
	export_csv(e, "disaster_registration.csv", &registrations.set);
	export_disaster_changes(e->db, &changes, e->patient);
	export_csv(e, "disaster_registration_change.csv", &changes.set);
	export_disaster_statuses(e->db, &statuses, e->patient);
	export_csv(e, "disaster_safety_status.csv", &statuses.set);
	export_asking(e);
	e->bad |= db_end(e->db) != DB_FINE;
}
