/* The search in the text of one patient's entries. */
#include "entries.h"

#include "gram.h"
#include "gram_sql.h"
#include "text.h"
#include "viewer.h"

static void
find_hits(struct req *r, struct hit_rows *hits, const int32_t *points, size_t n)
{
	int64_t before = in_cursor(r, "older"), count;
	const struct viewer *v = r->viewer;
	const char *wanted;

	if (n == 1) {
		gram_with_first(r->db, hits, viewer_patient(r), v->user,
		    v->office, gram_pair(points[0], 0),
		    gram_pair(points[0] + 1, 0), before, ENTRIES_A_PAGE + 1);
		return;
	}
	wanted = gram_wanted(r->mem, points, n, &count);
	gram_with_all(r->db, hits, viewer_patient(r), v->user, v->office,
	    wanted, count, before, ENTRIES_A_PAGE + 1);
}

static const char *
keys_of(struct req *r, const struct hit_rows *hits)
{
	struct buf b = { 0 };
	const char *text;

	buf_putc(&b, '[');
	for (size_t i = 0; i < hits->set.n; i++) {
		if (i > 0)
			buf_putc(&b, ',');
		buf_i64(&b, hit_at(hits, i)->entry_id);
	}
	buf_putc(&b, ']');
	text = arena_text(r->mem, buf_text(&b));
	buf_free(&b);
	return text;
}

/* All pairs may be there and the words not: たいお and おたい. */
static void
keep_true(struct req *r, struct entry_rows *rows, const int32_t *points,
    size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->set.n; i++)
		if (gram_holds(r->mem, entry_at(rows, i)->body, points, n))
			*entry_edit(rows, kept++) = *entry_at(rows, i);
	rows->set.n = kept;
}

int
search_entries(struct req *r, struct model *m)
{
	const char *q = in_text(r, "q");
	struct entry_rows rows = { { .row = &timeline_entry_row } };
	struct hit_rows hits;
	const int32_t *points;
	size_t n;

	points = gram_fold(r->mem, q, &n);
	put_text(m, "q", q);
	put_text(m, "older", NULL);
	if (n == 0)
		return refuse_input(r, "q", "missing");
	find_hits(r, &hits, points, n);
	if (hits.set.n > ENTRIES_A_PAGE) {
		hits.set.n = ENTRIES_A_PAGE;
		put_cursor(r, m, "older",
		    hit_at(&hits, ENTRIES_A_PAGE - 1)->entry_id);
	}
	if (hits.set.n > 0)
		timeline_chosen(r->db, &rows, viewer_patient(r),
		    r->viewer->user, r->viewer->office, entries_me(r),
		    keys_of(r, &hits));
	keep_true(r, &rows, points, n);
	entries_put(r, m, &rows);
	return 200;
}
