/* Receipts: who has read an entry, and who has said "understood". */
#include "timeline.h"

#include "mark_sql.h"
#include "profession.h"
#include "timeline_sql.h"
#include "viewer.h"

/* Notes the reading, unless the viewer wrote it herself. */
static void
read_it(struct req *r, const struct found *f)
{
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;

	if (f->author_id != viewer &&
	    timeline_receive(r->db, patient, f->entry_id, viewer, r->now) == 1)
		timeline_add_reader(r->db, patient, f->entry_id, viewer);
}

int
receipts_read(struct req *r, struct model *m)
{
	const struct ref *entry = in_path(r, "entry");
	const struct found *f;

	(void)m;
	timeline_find(r->db, &f, viewer_patient(r), entry);
	if (f == NULL)
		return 404;
	read_it(r, f);
	mark_clear(r->db, r->viewer->user, viewer_patient(r), entry, "unread");
	return 204;
}

int
receipts_acknowledge(struct req *r, struct model *m)
{
	const struct ref *entry = in_path(r, "entry");
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;
	const struct found *f;

	(void)m;
	timeline_find(r->db, &f, patient, entry);
	if (f == NULL)
		return 404;
	read_it(r, f);
	if (timeline_acknowledge(r->db, patient, f->entry_id, viewer,
	    r->now) == 1)
		timeline_add_acknowledger(r->db, patient, f->entry_id,
		    viewer);
	mark_clear(r->db, viewer, patient, entry, NULL);
	return 204;
}

int
receipts_show(struct req *r, struct model *m)
{
	const struct ref *entry = in_path(r, "entry");
	struct reader_rows rows;
	const struct found *f;

	timeline_find(r->db, &f, viewer_patient(r), entry);
	if (f == NULL)
		return 404;
	timeline_readers(r->db, &rows, viewer_patient(r), f->entry_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct reader *x = reader_edit(&rows, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "readers", &rows.set);
	return 200;
}
