/* What one's own office wrote, for who has left the team. */
#include "timeline.h"

#include "age.h"
#include "file.h"
#include "files.h"
#include "own_sql.h"
#include "profession.h"
#include "viewer.h"

enum { OWN_A_PAGE = 200 };	/* it is read through and printed */

/* What hangs on the entries of a page. */
static void
put_files(struct req *r, struct model *m, int64_t patient,
    const struct own_entry_rows *rows)
{
	struct own_file_rows files = { { .row = &own_own_file_row } };
	const size_t n = rows->set.n;

	if (n > 0)
		own_files(r->db, &files, patient, r->viewer->user,
		    r->viewer->office, own_entry_at(rows, n - 1)->entry_id,
		    own_entry_at(rows, 0)->entry_id);
	for (size_t i = 0; i < files.set.n; i++) {
		struct own_file *f = own_file_edit(&files, i);

		f->kind = file_kind(f->type);
		f->size = files_size(r->mem, f->bytes);
	}
	put_children(m, "entries", "attachments", &files.set, "entry_id");
}

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
	put_files(r, m, patient, &rows);
}

/* The patient of the path, if the viewer is or was of her team; NULL: 404. */
static const struct subject *
find_subject(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct subject *found;

	own_subject(r->db, &found, in_path(r, "patient"), v->user, v->office,
	    v->office_manager);
	if (found != NULL)
		r->audit->subject = found->patient_id;
	return found;
}

int
own_show(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	const struct subject *found = find_subject(r);
	struct subject *s;

	if (found == NULL)
		return 404;
	s = (struct subject *)arena_copy(r->mem, found, sizeof *found);
	s->age = age_on(s->birth_date, date_of(r->now));
	put_row(m, "subject", &own_subject_row, s);
	put_text(m, "office", v->office_name);
	put_entries(r, m, s->patient_id);
	return 200;
}

int
own_open(struct req *r, struct model *m)
{
	const struct subject *s = find_subject(r);
	const struct own_kept *f = NULL;

	(void)m;
	if (s != NULL)
		own_file(r->db, &f, s->patient_id, r->viewer->user,
		    r->viewer->office, in_path(r, "entry"), in_path(r, "file"));
	return f == NULL ? 404 : file_answer(r, f->file_id,
	    in_boolean(r, "save"));
}
