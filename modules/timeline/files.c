/* Files: what hangs on an entry, for whoever may see the entry. */
#include "files.h"

#include "attachment_sql.h"
#include "file.h"
#include "entries.h"
#include "viewer.h"

enum { KILO = 1000 };

/* The entry of the path, if there is one for the viewer and it still stands. */
static const struct found *
find_entry(struct req *r)
{
	const struct found *f = entries_find(r);

	return f == NULL || f->withdrawn ? NULL : f;
}

/* ---- in ---- */

size_t
files_given(const struct req *r)
{
	size_t n;

	(void)in_files(r, "attachment", &n);
	return n;
}

/* The little picture that came right behind its file. */
static const struct upload *
thumbnail_of(const struct req *r, const struct upload *of)
{
	size_t n;
	const struct upload *all = in_files(r, "thumbnail", &n);

	for (size_t i = 0; i < n; i++)
		if (all[i].place == of->place + 1)
			return &all[i];
	return NULL;
}

int64_t
files_keep(struct req *r)
{
	int64_t patient = viewer_patient(r);
	size_t n;
	const struct upload *all = in_files(r, "attachment", &n);

	for (size_t i = 0; i < n; i++) {
		const struct upload *small = thumbnail_of(r, &all[i]);

		file_keep(r, all[i].key);
		if (small != NULL)
			file_keep(r, small->key);
		attachment_add(r->db, patient, r->id, (int64_t)i, all[i].key,
		    small == NULL ? 0 : small->key);
	}
	if (n > 0)
		attachment_count(r->db, patient, r->id, (int64_t)n);
	return (int64_t)n;
}

void
files_move(struct req *r, int64_t entry, int64_t to, const struct ref *moved)
{
	attachment_move(r->db, viewer_patient(r), entry, to, moved);
	attachment_move_files(r->db, to, moved);
	attachment_recount(r->db, to, moved);
}

/* ---- what there is ---- */

const char *
files_size(struct arena *mem, int64_t bytes)
{
	int64_t kilo = (bytes + KILO - 1) / KILO;

	if (kilo < KILO)
		return arena_printf(mem, "%lld KB", (long long)kilo);
	return arena_printf(mem, "%lld.%lld MB", (long long)(kilo / KILO),
	    (long long)(kilo % KILO / 100));
}

static void
complete(const struct req *r, const struct attachment_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		struct attachment *a = attachment_edit(rows, i);

		a->kind = file_kind(a->type);
		a->size = files_size(r->mem, a->bytes);
	}
}

void
files_put(struct req *r, struct model *m, const char *parent, int any,
    int64_t from, int64_t to)
{
	struct attachment_rows rows = { { .row = &attachment_attachment_row } };

	if (any)
		attachment_of_entries(r->db, &rows, viewer_patient(r),
		    r->viewer->user, r->viewer->office, from, to);
	complete(r, &rows);
	put_children(m, parent, "attachments", &rows.set, "entry_id");
}

int
files_show(struct req *r, struct model *m)
{
	const struct found *f = find_entry(r);
	struct attachment_rows rows;

	if (f == NULL)
		return 404;
	attachment_of_entries(r->db, &rows, viewer_patient(r),
	    r->viewer->user, r->viewer->office, f->entry_id, f->entry_id);
	complete(r, &rows);
	put_ref(m, "entry_id", in_path(r, "entry"));
	put_rows(m, "attachments", &rows.set);
	return 200;
}

/* ---- out ---- */

static const struct attached_file *
find_file(struct req *r)
{
	const struct found *entry = find_entry(r);
	const struct attached_file *f = NULL;

	if (entry != NULL)
		attachment_find(r->db, &f, viewer_patient(r), entry->entry_id,
		    in_path(r, "file"));
	return f;
}

int
files_open(struct req *r, struct model *m)
{
	const struct attached_file *f = find_file(r);

	(void)m;
	return f == NULL ? 404 : file_answer(r, f->file_id,
	    in_boolean(r, "save"));
}

int
files_thumbnail(struct req *r, struct model *m)
{
	const struct attached_file *f = find_file(r);

	(void)m;
	return f == NULL || f->thumbnail_id == 0 ? 404 :
	    file_answer(r, f->thumbnail_id, 0);
}
