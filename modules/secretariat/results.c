/* What the insurer's system, or the municipality's, gets of a sitting. */
#include "secretariat.h"

#include "csv.h"
#include "office_sql.h"
#include "text.h"
#include "viewer.h"

static void
write_set(struct buf *b, const struct db_set *set)
{
	csv_head(b, set);
	csv_rows(b, set);
}

int
results_show(struct req *r, struct model *m)
{
	const struct sitting *s;
	struct result_rows care;
	struct support_result_rows support;
	struct buf b = { 0 };

	(void)m;
	office_sitting(r->db, &s, r->viewer->network, in_path(r, "sitting"));
	if (s == NULL)
		return 404;
	if (scheme_find(s->scheme)->timed) {
		office_results(r->db, &care, s->sitting_id);
		write_set(&b, &care.set);
	} else {
		office_support_results(r->db, &support, s->sitting_id);
		write_set(&b, &support.set);
	}
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
