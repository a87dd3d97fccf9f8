/* Consents that run out soon: the managing office hears of it in time, twice. */
#include "team.h"

#include "notice.h"
#include "reminder_sql.h"
#include "viewer.h"

enum { FIRST_DAYS = 60, SECOND_DAYS = 14, AT_ONCE = 20 };

static void
remind(struct db *db, const struct ending *e, utc_ms now)
{
	const struct ref cause = ref_new();	/* a notice each stage */
	struct acting_rows people;

	if (reminder_take(db, e->about, e->days, now) != 1)
		return;
	reminder_acting(db, &people, e->patient_id);
	for (size_t i = 0; i < people.set.n; i++)
		notice_user(db, acting_at(&people, i)->user_id,
		    "consent_expiry", &cause, e->about, now);
}

int
reminders_tell(struct db *db, struct arena *mem, utc_ms now)
{
	struct ending_rows rows;

	db_begin(db, mem, 1);
	reminder_ending(db, &rows, date_of(now), FIRST_DAYS, SECOND_DAYS,
	    AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++)
		remind(db, ending_at(&rows, i), now);
	return db_end(db) == DB_FINE && rows.set.n == AT_ONCE;
}

void
reminders_put(struct req *r, struct model *m)
{
	struct near_rows rows;

	reminder_near(r->db, &rows, r->viewer->user, r->viewer->office,
	    date_of(r->now), FIRST_DAYS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, near_at(&rows, i)->patient_key);
	put_rows(m, "ending", &rows.set);
}
