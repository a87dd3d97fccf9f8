/* Entries: a page of them, one of them. */
#include "entries.h"

#include "profession.h"
#include "viewer.h"

const struct found *
entries_find(struct req *r)
{
	const struct found *f;

	timeline_find(r->db, &f, viewer_patient(r), r->viewer->user,
	    r->viewer->office, in_path(r, "entry"));
	return f;
}

/* While nobody has read it; of an urgent one messages have left. */
static int
is_recallable(const struct req *r, const struct entry *e)
{
	return e->mine && !e->urgent && e->read_by == 0 && e->replies == 0 &&
	    !e->withdrawn && !e->corrected && r->now - e->written_at < RECALL_MS;
}

/* The calculated columns; returns how many replies there are. */
static int64_t
complete(const struct req *r, const struct entry_rows *rows)
{
	int64_t replies = 0;

	for (size_t i = 0; i < rows->set.n; i++) {
		struct entry *e = entry_edit(rows, i);

		e->author__profession =
		    profession_name(e->author__profession_code);
		e->recallable = is_recallable(r, e);
		replies += e->replies;
	}
	return replies;
}

/* Newest first: the range of their replies is from the last to the first. */
static void
find_replies(struct req *r, const struct entry_rows *rows,
    struct reply_rows *replies)
{
	size_t n = rows->set.n;

	timeline_replies(r->db, replies, viewer_patient(r), r->viewer->user,
	    r->viewer->office, entry_at(rows, n - 1)->entry_id,
	    entry_at(rows, 0)->entry_id);
	for (size_t i = 0; i < replies->set.n; i++) {
		struct reply *x = reply_edit(replies, i);

		x->author__profession =
		    profession_name(x->author__profession_code);
	}
}

void
entries_put(struct req *r, struct model *m, struct entry_rows *rows)
{
	struct reply_rows replies = { { .row = &timeline_reply_row } };

	if (complete(r, rows) > 0)
		find_replies(r, rows, &replies);
	put_rows(m, "entries", &rows->set);
	put_children(m, "entries", "reply_entries", &replies.set, "entry_id");
}

int
entries_show(struct req *r, struct model *m)
{
	int64_t before = in_cursor(r, "older");
	const struct viewer *v = r->viewer;
	struct entry_rows rows;

	if (before == INT64_MAX)
		timeline_newest(r->db, &rows, viewer_patient(r), v->user,
		    v->office, ENTRIES_A_PAGE + 1);
	else
		timeline_older(r->db, &rows, viewer_patient(r), v->user,
		    v->office, before, ENTRIES_A_PAGE + 1);
	put_text(m, "older", NULL);
	put_text(m, "q", NULL);
	if (rows.set.n > ENTRIES_A_PAGE) {
		rows.set.n = ENTRIES_A_PAGE;
		put_cursor(r, m, "older",
		    entry_at(&rows, ENTRIES_A_PAGE - 1)->entry_id);
	}
	entries_put(r, m, &rows);
	return 200;
}

/* Of a reply its entry is shown, with all replies. */
int
entry_show(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	struct entry_rows rows;

	if (f == NULL)
		return 404;
	timeline_chosen(r->db, &rows, viewer_patient(r), r->viewer->user,
	    r->viewer->office, arena_printf(r->mem, "[%lld]",
	    (long long)(f->reply_to != 0 ? f->reply_to : f->entry_id)));
	entries_put(r, m, &rows);
	return 200;
}
