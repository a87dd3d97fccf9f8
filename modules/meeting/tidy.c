/* What nobody presses: reminders, recording taken back, papers whose day has passed, files of nobody. */
#include "meeting.h"

#include "file.h"
#include "notice.h"
#include "reminder_sql.h"

enum { REMIND_HOURS = 24, REMIND_AT_ONCE = 100 };

static int
remind(struct db *db, struct arena *mem, utc_ms now)
{
	struct due_rows rows;

	db_begin(db, mem, 1);
	reminder_due(db, &rows, now, now + REMIND_HOURS * HOUR_MS,
	    REMIND_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct due *d = due_at(&rows, i);
		struct ref cause = ref_new();	/* of another time once more */

		if (reminder_take(db, d->invitation, now) == 1 &&
		    d->user_id.set)
			notice_user(db, d->user_id.v, "meeting_reminder", &cause,
			    &cause, now);
	}
	return db_end(db) == DB_FINE && rows.set.n == REMIND_AT_ONCE;
}

static void
unrecord(struct db *db, struct arena *mem, utc_ms now)
{
	db_begin(db, mem, 1);
	reminder_unrecord(db, now, now - LONGEST_HOURS * HOUR_MS);
	(void)db_end(db);	/* else the next time */
}

int
meeting_tidy(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	int more = remind(db, mem, now);

	arena_reset(mem);
	unrecord(db, mem, now);
	arena_reset(mem);
	more |= papers_lapse(db, mem);
	arena_reset(mem);
	return more | file_tidy(settings, db, mem, now);
}
