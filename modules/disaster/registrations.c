/* The register as people read it, and what of it they write by hand. */
#include "register.h"

#include "age.h"
#include "register_sql.h"
#include "residents.h"
#include "viewer.h"

int
is_officer(const struct req *r)
{
	return viewer_has(r->viewer, "disaster_officer");
}

const char *
writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

static void
put_people(struct req *r, struct model *m, const char *supply)
{
	struct listed_rows rows;

	register_listed(r->db, &rows, r->viewer->network, is_officer(r),
	    r->viewer->office, supply, in_ref(r, "district"),
	    in_cursor(r, "older"), REGISTER_A_PAGE + 1);
	put_text(m, "older", NULL);
	if (rows.set.n > REGISTER_A_PAGE) {
		rows.set.n = REGISTER_A_PAGE;
		put_cursor(r, m, "older",
		    listed_at(&rows, rows.set.n - 1)->patient_id);
	}
	for (size_t i = 0; i < rows.set.n; i++) {
		struct listed *p = listed_edit(&rows, i);

		p->age = age_on(p->birth_date, date_of(r->now));
		req_audit_subject(r, p->patient_id);
	}
	put_rows(m, "people", &rows.set);
}

/*
 * Whoever has not accepted the duty sees how many there are, and nobody; who is no
 * lawful receiver sees that.
 */
int
registrations_show(struct req *r, struct model *m)
{
	const struct reader *reader;
	struct district_rows districts = { .set = { .row =
	    &register_district_row } };
	const struct count *count = NULL;
	int lawful;

	register_reader(r->db, &reader, r->viewer->network, r->viewer->office,
	    r->viewer->user);
	if (reader == NULL)
		return 404;
	lawful = is_officer(r) || reader->body;
	if (lawful) {
		register_districts(r->db, &districts, r->viewer->network);
		register_registered(r->db, &count, r->viewer->network);
	}
	put_rows(m, "districts", &districts.set);
	put_i64(m, "registered", count == NULL ? 0 : count->n);
	put_bool(m, "lawful", lawful);
	put_bool(m, "officer", is_officer(r));
	put_bool(m, "accepted", lawful && reader->accepted);
	put_text(m, "supply", reader->supply);
	put_text(m, "head", RESIDENTS_NAMES);
	put_ref(m, "district", in_ref(r, "district"));
	if (lawful && reader->accepted) {
		put_people(r, m, reader->supply);
	} else {
		put_text(m, "older", NULL);
		put_items(m, "people");
	}
	return 200;
}

int
registrations_change(struct req *r, struct model *m)
{
	const struct ref *id = in_path(r, "registration");
	const struct same *found;

	(void)m;
	register_find(r->db, &found, r->viewer->network, id);
	if (found == NULL)
		return 404;
	r->audit->subject = found->patient_id;
	register_change(r->db, r->viewer->network, id,
	    in_boolean(r, "objects"), in_text(r, "note"),
	    in_boolean(r, "mayor"), r->now);
	register_say(r->db, found->patient_id, "changed", in_text(r, "note"),
	    r->now, r->viewer->user, writer(r));
	if (register_end_unfounded(r->db, found->patient_id, r->now) > 0)
		register_say(r->db, found->patient_id, "ended", NULL, r->now,
		    r->viewer->user, writer(r));
	return 204;
}
