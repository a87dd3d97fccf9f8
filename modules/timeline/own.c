/* What one's own office wrote, for who has left the team. */
#include "timeline.h"

#include "age.h"
#include "own_sql.h"
#include "profession.h"
#include "viewer.h"

enum { OWN_A_PAGE = 200 };	/* it is read through and printed */

static void
put_entries(struct req *r, struct model *m, int64_t patient)
{
	const struct viewer *v = r->viewer;
	struct own_entry_rows rows;

	own_entries(r->db, &rows, patient, v->user, v->office,
	    in_cursor(r, "older"), OWN_A_PAGE + 1);
	put_text(m, "older", NULL);
	if (rows.set.n > OWN_A_PAGE) {
		rows.set.n = OWN_A_PAGE;
		put_cursor(r, m, "older",
		    own_entry_at(&rows, OWN_A_PAGE - 1)->entry_id);
	}
	for (size_t i = 0; i < rows.set.n; i++) {
		struct own_entry *e = own_entry_edit(&rows, i);

		e->author__profession =
		    profession_name(e->author__profession_code);
	}
	put_rows(m, "entries", &rows.set);
}

int
own_show(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	const struct subject *found;
	struct subject *s;

	own_subject(r->db, &found, in_path(r, "patient"), v->user, v->office,
	    v->office_manager);
	if (found == NULL)
		return 404;
	r->audit->subject = found->patient_id;
	s = (struct subject *)arena_copy(r->mem, found, sizeof *found);
	s->age = age_on(s->birth_date, date_of(r->now));
	put_row(m, "subject", &own_subject_row, s);
	put_text(m, "office", v->office_name);
	put_entries(r, m, s->patient_id);
	return 200;
}
