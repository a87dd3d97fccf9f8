/* The evacuation register, and what was said in disasters. */
#include "export.h"

#include "export_disaster_sql.h"

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
	e->bad |= db_end(e->db) != DB_FINE;
}
