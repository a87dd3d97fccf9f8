/* Behind a sitting: the insurer's results, and what is due by itself. */
#include "board.h"

#include "after_sql.h"
#include "csv.h"
#include "file.h"
#include "office_sql.h"
#include "text.h"
#include "viewer.h"

int
results_show(struct req *r, struct model *m)
{
	const struct sitting *s;
	struct result_rows rows;
	struct buf b = { 0 };

	(void)m;
	office_sitting(r->db, &s, r->viewer->network, in_path(r, "sitting"));
	if (s == NULL)
		return 404;
	after_results(r->db, &rows, s->sitting_id);
	csv_head(&b, &rows.set);
	csv_rows(&b, &rows.set);
	answer_raw(r, &(struct raw){
		.type = "text/csv; charset=utf-8", .save = 1,
		.name = arena_printf(r->mem, "results-%lld.csv",
		    (long long)s->number),
		.p = arena_copy(r->mem, buf_text(&b), b.n),
		.bytes = (int64_t)b.n
	});
	buf_free(&b);
	return 200;
}

/* ---- due by itself ---- */

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
	db_begin(db, mem, 1);
	close_all(db, now);
	purge_all(db, now);
	(void)db_end(db);
	return file_tidy(s, db, mem, now);
}
