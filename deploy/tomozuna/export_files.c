/* Photos, papers, video: each opened from its sealed pieces and written as it was. */
#include "export.h"

#include "export_sql.h"
#include "file_own.h"
#include "model.h"
#include "text.h"

enum { NAME_BYTES = 200 };	/* with the id in front within NAME_MAX, 255 */

/* The end of a name, which has its kind, with what some system refuses as `_`. */
static const char *
plain_name(struct arena *mem, const char *name)
{
	size_t n = strlen(name);
	char *out;

	if (n > NAME_BYTES)
		name += n - NAME_BYTES;
	while (((unsigned char)*name & 0xc0) == 0x80)
		name++;
	out = arena_printf(mem, "%s", name);
	for (char *p = out; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f ||
		    strchr("\\/:*?\"<>|", *p) != NULL)
			*p = '_';
	return out;
}

/* One piece, clear, behind those before it. 0 or -1. */
static int
write_piece(struct export *e, const struct file *f, const struct seal_key *key,
    int64_t number, FILE *out)
{
	const struct chunk *c = NULL;
	const unsigned char *clear;
	long n = -1;

	arena_reset(e->scratch);
	db_begin(e->db, e->scratch, 0);
	export_chunk_of(e->db, &c, f->file_id, number);
	if (db_end(e->db) != DB_FINE)
		return -1;
	if (c != NULL)
		n = file_open_chunk(key, f->id, f->bytes, e->scratch, number,
		    &c->sealed, &clear);
	return n < 0 || fwrite(clear, 1, (size_t)n, out) != (size_t)n ? -1 : 0;
}

static int
write_content(struct export *e, const struct file *f)
{
	const struct file_what what = { *f->id, f->network_id, f->bytes,
		f->type };
	struct seal_key key;
	FILE *out;
	int result;

	if (file_unwrap(e->a->settings->export_keys, (int)f->generation, &what,
	    f->wrapped_key.p, f->wrapped_key.n, &key) != 0)
		return -1;
	out = export_open(e, f->path);
	result = out == NULL ? -1 : 0;
	for (int64_t i = 0; result == 0 && i < file_chunks(f->bytes); i++)
		result = write_piece(e, f, &key, i, out);
	explicit_bzero(&key, sizeof key);
	export_close(e, out);
	return result;
}

/* As a URI, relative to the bundle. */
static void
put_address(struct export *e, struct model *m, const struct file *f)
{
	struct buf b = { 0 };
	const char *name = strchr(f->path, '/') + 1;

	buf_puts(&b, "file/");
	buf_url(&b, name, strlen(name));
	put_text(m, "url", arena_text(e->scratch, buf_text(&b)));
	buf_free(&b);
}

static void
put_file(struct export *e, const struct file *f)
{
	struct model *m = resource_new(e, "DocumentReference", f->id), *c;

	put_text(m, "status", "current");
	put_reference(e, m, "subject", "Patient", e->id);
	put_utc(m, "date", f->made_at);
	if (f->uploader != NULL)
		put_text(put_item(m, "author"), "display", f->uploader);
	c = put_object(put_item(m, "content"), "attachment");
	put_text(c, "contentType", f->type);
	put_address(e, c, f);
	put_i64(c, "size", f->bytes);
	put_some(c, "title", f->name);
	put_utc(c, "creation", f->made_at);
	resource_put(e, m);
}

static void
name_files(struct export *e, const struct file_rows *rows)
{
	char hex[REF_HEX];

	for (size_t i = 0; i < rows->set.n; i++) {
		struct file *f = file_edit(rows, i);

		f->path = arena_printf(e->mem, "file/%s-%s",
		    ref_hex(f->id, hex), plain_name(e->mem, f->name));
	}
}

void
export_files(struct export *e)
{
	struct file_rows rows;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_files_of(e->db, &rows, e->patient);
	e->bad |= db_end(e->db) != DB_FINE;
	if (e->bad)
		return;
	name_files(e, &rows);
	export_csv(e, "file.csv", &rows.set);
	if (rows.set.n > 0)
		e->bad |= export_folder(arena_printf(e->mem, "%s/file",
		    e->folder));
	for (size_t i = 0; i < rows.set.n && !e->bad; i++) {
		const struct file *f = file_at(&rows, i);

		if (write_content(e, f) == 0)
			put_file(e, f);
		else
			e->bad = complain("%s does not open: is its key in the "
			    "file that export_keys_file names?", f->path);
	}
}
