#include "reminders.h"

#include "notice.h"
#include "record.h"
#include "reminders_sql.h"

/* A mark on the list, and a mail. */
static void
tell(struct db *db, const struct person_rows *people, int64_t patient,
    const struct ref *about, utc_ms now)
{
	for (size_t i = 0; i < people->set.n; i++) {
		int64_t user = person_at(people, i)->user_id;

		reminders_mark(db, user, patient, about, now);
		notice_user(db, user, "expiry", about, about, now);
	}
}

/* A care level: those whose work it is to apply again. */
static void
tell_levels(struct db *db, const struct due_rows *due, utc_ms now)
{
	struct person_rows people;

	for (size_t i = 0; i < due->set.n; i++) {
		const struct due *d = due_at(due, i);

		if (reminders_take(db, d->about, now) != 1)
			continue;
		reminders_managers(db, &people, d->patient_id);
		tell(db, &people, d->patient_id, d->about, now);
	}
}

/* A nursing order: the station that may not come without one. */
static void
tell_orders(struct db *db, const struct lapsing_rows *orders, utc_ms now)
{
	struct person_rows people;

	for (size_t i = 0; i < orders->set.n; i++) {
		const struct lapsing *o = lapsing_at(orders, i);

		if (reminders_take(db, o->about, now) != 1)
			continue;
		reminders_staff(db, &people, o->patient_id, o->office_id);
		tell(db, &people, o->patient_id, o->about, now);
	}
}

int
reminders_tell(const struct settings *settings, struct db *db,
    struct arena *mem, utc_ms now)
{
	struct lapsing_rows orders;
	struct due_rows due;

	(void)settings;
	db_begin(db, mem, 1);
	reminders_levels(db, &due, date_of(now), LEVEL_REMINDER_DAYS);
	tell_levels(db, &due, now);
	reminders_orders(db, &orders, date_of(now), ORDER_REMINDER_DAYS);
	tell_orders(db, &orders, now);
	return db_end(db) == DB_FINE && due.set.n + orders.set.n > 0;
}
