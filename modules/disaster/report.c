/* What came of an incident or a drill, in numbers: nobody's name. */
#include "incident.h"

#include "register.h"
#include "viewer.h"

/* The minute of the opening by which so many of a hundred people had been heard of. */
static void
put_share(struct model *m, const struct reach *e, const struct heard_rows *words,
    int64_t people, int percent)
{
	int64_t wanted = (people * percent + 99) / 100;
	struct model *o = put_item(m, "shares");

	put_i64(o, "percent", percent);
	put_i64(o, "people", wanted);
	put_bool(o, "reached", wanted > 0 && (int64_t)words->set.n >= wanted);
	put_i64(o, "minutes", wanted > 0 && (int64_t)words->set.n >= wanted ?
	    (heard_at(words, (size_t)wanted - 1)->at - e->room->opened_at.v +
	    MINUTE_MS - 1) / MINUTE_MS : 0);
}

int
report_show(struct req *r, struct model *m)
{
	const struct counts *counts;
	struct teller_rows tellers;
	struct heard_rows words;
	struct reach e;
	int64_t people;

	if (!is_officer(r) || incident_enter(r, &e, 0) != 0 ||
	    !e.room->opened_at.set)
		return 404;
	incident_put(r, m, &e);
	incident_counts(r->db, &counts, e.room->incident_id, 1, 0,
	    r->viewer->office, r->viewer->user, 0);
	put_row(m, "counts", &incident_counts_row, counts);
	people = counts == NULL ? 0 : counts->people;
	incident_first_words(r->db, &words, e.room->incident_id);
	put_items(m, "shares");
	put_share(m, &e, &words, people, 50);
	put_share(m, &e, &words, people, 90);
	put_share(m, &e, &words, people, 100);
	incident_tellers(r->db, &tellers, e.room->incident_id);
	put_rows(m, "tellers", &tellers.set);
	return 200;
}
