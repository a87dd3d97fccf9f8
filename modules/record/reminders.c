#include "reminders.h"

#include "notice.h"
#include "record.h"
#include "reminders_sql.h"

/* Those of the team whose work it is: a mark on the list, and a mail. */
static void
tell_managers(struct db *db, const struct due *d, utc_ms now)
{
	struct person_rows people;

	reminders_managers(db, &people, d->patient_id);
	for (size_t i = 0; i < people.set.n; i++) {
		int64_t user = person_at(&people, i)->user_id;

		reminders_mark(db, user, d->patient_id, d->about, now);
		notice_user(db, user, "expiry", d->about, d->about, now);
	}
}

int
reminders_tell(const struct settings *settings, struct db *db,
    struct arena *mem, utc_ms now)
{
	struct due_rows due;

	(void)settings;
	db_begin(db, mem, 1);
	reminders_levels(db, &due, date_of(now), LEVEL_REMINDER_DAYS);
	for (size_t i = 0; i < due.set.n; i++)
		if (reminders_take(db, due_at(&due, i)->about, now) == 1)
			tell_managers(db, due_at(&due, i), now);
	return db_end(db) == DB_FINE && due.set.n > 0;
}
