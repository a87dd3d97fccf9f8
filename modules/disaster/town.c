/* What the town decides: criteria, on what ground the register is supplied, to whom. */
#include "register.h"

#include "register_sql.h"
#include "viewer.h"

void
criteria_of(struct req *r, struct criteria *town)
{
	struct decided_rows rows;

	*town = (struct criteria){ { 0 } };
	register_criteria(r->db, &rows, r->viewer->network);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct decided *c = decided_at(&rows, i);
		enum criterion which = criterion_find(c->criterion);

		if (which < CRITERIA)
			town->threshold[which] = (int)c->threshold;
	}
}

int
town_show(struct req *r, struct model *m)
{
	const struct reader *reader;
	struct district_rows districts;
	struct body_rows bodies;
	struct office_rows offices;
	struct criteria town;

	criteria_of(r, &town);
	for (int c = 0; c < CRITERIA; c++)
		put_i64(m, criterion_name((enum criterion)c),
		    town.threshold[c]);
	register_reader(r->db, &reader, r->viewer->network, r->viewer->office,
	    r->viewer->user);
	put_text(m, "supply", reader == NULL ? "consent" : reader->supply);
	register_districts(r->db, &districts, r->viewer->network);
	put_rows(m, "districts", &districts.set);
	register_bodies(r->db, &bodies, r->viewer->network);
	put_rows(m, "support_bodies", &bodies.set);
	register_offices(r->db, &offices, r->viewer->network);
	put_rows(m, "offices", &offices.set);
	return 200;
}

int
town_criteria(struct req *r, struct model *m)
{
	(void)m;
	register_forget_criteria(r->db, r->viewer->network);
	for (int c = 0; c < CRITERIA; c++) {
		const char *name = criterion_name((enum criterion)c);
		int set;
		int64_t threshold = in_integer(r, name, &set);

		if (set && threshold > 0)
			register_put_criterion(r->db, r->viewer->network,
			    name, threshold);
	}
	return 204;
}

int
town_supply(struct req *r, struct model *m)
{
	(void)m;
	register_put_supply(r->db, r->viewer->network, in_text(r, "supply"),
	    r->now, r->viewer->user);
	return 204;
}

int
town_add_body(struct req *r, struct model *m)
{
	if (register_add_body(r->db, r->id, r->viewer->network,
	    in_ref(r, "office"), in_ref(r, "district"), r->now,
	    r->viewer->user) == 0)
		return 404;
	put_id(m, r->id);
	return 201;
}

int
town_end_body(struct req *r, struct model *m)
{
	(void)m;
	if (register_end_body(r->db, r->viewer->network,
	    in_path(r, "support_body"), r->now) == 0)
		return 404;
	return 204;
}
