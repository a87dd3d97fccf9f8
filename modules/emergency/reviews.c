/* Every opening without consent is judged afterwards, within REVIEW_DAYS. */
#include "emergency.h"

#include "opening_sql.h"
#include "profession.h"
#include "viewer.h"

int
reviews_show(struct req *r, struct model *m)
{
	struct waiting_rows rows;
	struct month_rows months;

	opening_reviews(r->db, &rows, r->viewer->network);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct waiting *w = waiting_edit(&rows, i);
		int64_t left = date_of(w->opened_at) + REVIEW_DAYS -
		    date_of(r->now);

		w->profession = profession_name(w->profession_code);
		w->days_left = left < 0 ? 0 : left;
		w->late = left < 0;
	}
	put_rows(m, "reviews", &rows.set);
	opening_months(r->db, &months, r->viewer->network);
	put_rows(m, "months", &months.set);
	return 200;
}

int
review_write(struct req *r, struct model *m)
{
	const char *verdict = in_text(r, "verdict");
	const struct reviewed *o;

	(void)m;
	opening_find_opening(r->db, &o, in_path(r, "opening"),
	    r->viewer->network);
	if (o == NULL)
		return 404;
	if (strcmp(verdict, "justified") != 0 && in_text(r, "note") == NULL)
		return refuse_input(r, "note", "missing");
	r->audit->subject = o->patient_id;
	opening_review(r->db, o->patient_id, o->opening_id, verdict,
	    in_text(r, "note"), r->now, r->viewer->user, writer(r));
	return 204;
}
