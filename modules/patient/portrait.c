/*
 * Portraits: her face on her pages, so that one is sure whose they are. The team sees it,
 * whoever of it writes care sets it. What another took the place of is not kept: a face is
 * no record of care, and the trail says who had set it.
 */
#include "patient.h"

#include "file.h"
#include "file_sql.h"
#include "portrait_sql.h"
#include "profession.h"
#include "viewer.h"

enum { GONE_AT_ONCE = 20, CHUNKS_MOST = 200 };

_Static_assert(PORTRAIT_BYTES / FILE_CHUNK_BYTES < CHUNKS_MOST,
    "one statement takes all chunks of a portrait away");

static int
may_set(const struct req *r)
{
	return (profession_rights(r->viewer->professions) & RIGHT_CARE) != 0;
}

static const char *
setter(const struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

/* The one file of an input, or NULL. */
static const struct upload *
given(const struct req *r, const char *input)
{
	size_t n;
	const struct upload *all = in_files(r, input, &n);

	return n == 0 ? NULL : all;
}

static const struct portrait *
current(struct req *r)
{
	const struct portrait *p = NULL;

	portrait_current(r->db, &p, viewer_patient(r));
	return p;
}

static void
end(struct req *r, const struct portrait *p)
{
	portrait_end(r->db, p->portrait, r->now, r->viewer->user, setter(r));
	portrait_lapse(r->db, p->portrait, r->now);
}

static void
keep(struct req *r, const struct upload *u)
{
	portrait_lend(r->db, u->key);
	file_keep(r, u->key);
}

int
portrait_set(struct req *r, struct model *m)
{
	const struct upload *picture = given(r, "portrait");
	const struct upload *small = given(r, "thumbnail");
	const struct portrait *before;
	struct db_maybe thumbnail = { 0, 0 };

	if (!may_set(r))
		return 403;
	if (picture == NULL)
		return refuse_input(r, "portrait", "missing");
	if (!in_boolean(r, "agreed"))
		return refuse_input(r, "agreed", "missing");
	before = current(r);
	if (before != NULL)
		end(r, before);
	keep(r, picture);
	if (small != NULL) {
		keep(r, small);
		thumbnail = (struct db_maybe){ 1, small->key };
	}
	portrait_set_it(r->db, r->id, viewer_patient(r), picture->key,
	    thumbnail, in_boolean(r, "crews"), r->now, r->viewer->user,
	    setter(r));
	put_id(m, r->id);
	return 201;
}

/* Whether crews see the small one: said anew without a new picture. */
int
portrait_crews(struct req *r, struct model *m)
{
	const struct portrait *p = current(r);

	(void)m;
	if (!may_set(r))
		return 403;
	if (p == NULL)
		return 404;
	portrait_show_crews(r->db, p->portrait, in_boolean(r, "crews"));
	return 204;
}

int
portrait_remove(struct req *r, struct model *m)
{
	const struct portrait *p = current(r);

	(void)m;
	if (!may_set(r))
		return 403;
	if (p == NULL)
		return 404;
	end(r, p);
	return 204;
}

int
portrait_open(struct req *r, struct model *m)
{
	const struct portrait *p = current(r);

	(void)m;
	return p == NULL ? 404 : file_answer(r, p->file, 0);
}

int
portrait_thumbnail(struct req *r, struct model *m)
{
	const struct portrait *p = current(r);

	(void)m;
	return p == NULL || !p->thumbnail.set ? 404 :
	    file_answer(r, p->thumbnail.v, 0);
}

void
portrait_put(struct req *r, struct model *m, int64_t patient)
{
	const struct portrait *p = NULL;
	struct model *o;

	portrait_current(r->db, &p, patient);
	if (p == NULL) {
		put_text(m, "portrait", NULL);
		return;
	}
	o = put_object(m, "portrait");
	put_utc(o, "set_at", p->set_at);
	put_text(o, "set_name", p->set_name);
	put_bool(o, "crews", p->crews);
	put_bool(o, "small", p->thumbnail.set);
}

static void
drop(struct db *db, int64_t file)
{
	file_drop_chunks(db, file, CHUNKS_MOST);
	portrait_drop_file(db, file);
}

int
portrait_tidy(const struct settings *settings, struct db *db,
    struct arena *mem, utc_ms now)
{
	struct gone_rows rows;
	int more;

	db_begin(db, mem, 1);
	portrait_ended(db, &rows, GONE_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct gone *g = gone_at(&rows, i);

		portrait_let_go(db, g->portrait);
		drop(db, g->file);
		if (g->thumbnail.set)
			drop(db, g->thumbnail.v);
	}
	more = db_end(db) == DB_FINE && rows.set.n == GONE_AT_ONCE;
	arena_reset(mem);
	return more | file_tidy(settings, db, mem, now);
}
