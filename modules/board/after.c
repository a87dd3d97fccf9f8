/* Behind a sitting: what is due by itself. */
#include "board.h"

#include "after_sql.h"

static void
close_all(struct db *db, utc_ms now)
{
	struct due_rows rows;

	after_to_close(db, &rows, now);
	for (size_t i = 0; i < rows.set.n; i++)
		after_close(db, due_at(&rows, i)->sitting_id);
}

/* Members' copies go, and that they went is written down. */
static void
purge_all(struct db *db, utc_ms now)
{
	struct due_rows rows;

	after_to_purge(db, &rows, now);
	for (size_t i = 0; i < rows.set.n; i++) {
		int64_t sitting = due_at(&rows, i)->sitting_id;
		const struct gone *g;

		after_what_goes(db, &g, sitting);
		if (g == NULL)
			return;
		after_drop_proposals(db, sitting);
		after_drop_readings(db, sitting);
		after_drop_ballots(db, sitting);
		after_purged(db, sitting, g->proposals, g->readings, g->ballots,
		    now);
		after_purge(db, sitting);
	}
}

int
board_tidy(const struct settings *s, struct db *db, struct arena *mem,
    utc_ms now)
{
	(void)s;
	db_begin(db, mem, 1);
	close_all(db, now);
	purge_all(db, now);
	(void)db_end(db);
	return 0;
}
