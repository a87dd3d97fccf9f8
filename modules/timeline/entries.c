/* Entries: a page of them, one of them. */
#include "entries.h"

#include "audience.h"
#include "files.h"
#include "profession.h"
#include "viewer.h"

const struct found *
entries_find_by(struct req *r, const struct ref *entry)
{
	const struct found *f;

	timeline_find(r->db, &f, viewer_patient(r), r->viewer->user,
	    r->viewer->office, entry);
	return f;
}

const struct found *
entries_find(struct req *r)
{
	return entries_find_by(r, in_path(r, "entry"));
}

const char *
entries_me(struct req *r)
{
	return arena_printf(r->mem, ",%lld,", (long long)r->viewer->user);
}

/* While nobody has read it; of an urgent one messages have left. */
static int
is_recallable(const struct req *r, const struct entry *e)
{
	return e->mine && !e->urgent && e->read_by == 0 && e->replies == 0 &&
	    !e->withdrawn && !e->corrected && r->now - e->written_at < RECALL_MS;
}

/* Both newest first: each detail is of an entry further down. */
static void
add_details(struct req *r, const struct entry_rows *rows)
{
	struct detail_rows details;
	size_t i = 0;

	timeline_details(r->db, &details, viewer_patient(r), r->viewer->user,
	    r->viewer->office, entries_me(r),
	    entry_at(rows, rows->set.n - 1)->entry_id,
	    entry_at(rows, 0)->entry_id);
	for (size_t k = 0; k < details.set.n; k++) {
		const struct detail *d = detail_at(&details, k);
		struct entry *e;

		while (i < rows->set.n && entry_at(rows, i)->entry_id > d->entry_id)
			i++;
		if (i == rows->set.n || entry_at(rows, i)->entry_id < d->entry_id)
			continue;	/* a reply's */
		e = entry_edit(rows, i);
		e->audience_names = d->audience_names;
		e->kept = d->kept;
		e->corrects = d->corrects;
		e->corrected_by = d->corrected_by;
		e->gone = d->gone;
		e->gone_at = d->gone_at;
		e->gone_reason = d->gone_reason;
		e->moved_in = d->moved_in;
		e->moved_at = d->moved_at;
		e->asked = d->asked;
		e->due_at = d->due_at;
		e->due_on = (struct db_maybe){ d->due_at.set,
		    date_of(d->due_at.v - 1) };
		e->answered_by = d->answered_by;
		e->open_question = d->open_question;
		e->overdue = d->open_question && d->due_at.v <= r->now;
		e->one_to_one = d->one_to_one;
		e->mentioned = d->mentioned;
		e->mention_names = d->mention_names;
	}
}

/* The calculated columns. */
static void
complete(struct req *r, const struct entry_rows *rows)
{
	int special = 0;

	for (size_t i = 0; i < rows->set.n; i++)
		special |= entry_at(rows, i)->special;
	if (special)
		add_details(r, rows);
	for (size_t i = 0; i < rows->set.n; i++) {
		struct entry *e = entry_edit(rows, i);

		e->author__profession =
		    profession_name(e->author__profession_code);
		e->corrected = e->corrected_by != NULL;
		e->withdrawn = e->gone != NULL;
		e->recallable = is_recallable(r, e);
	}
}

static int64_t
count_replies(const struct entry_rows *rows)
{
	int64_t n = 0;

	for (size_t i = 0; i < rows->set.n; i++)
		n += entry_at(rows, i)->replies;
	return n;
}

/* Whether it answers the question of one of the entries. */
static int
is_answer(const struct entry_rows *rows, const struct reply *x)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct entry *e = entry_at(rows, i);

		if (e->entry_id == x->entry_id)
			return e->answered_by != NULL &&
			    ref_same(e->answered_by, x->id);
	}
	return 0;
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
		x->answer = is_answer(rows, x);
	}
}

/* Newest first: what hangs on them is between the last and the first. */
static void
put_files(struct req *r, struct model *m, const struct entry_rows *rows)
{
	size_t n = rows->set.n;
	int any = 0;

	for (size_t i = 0; i < n; i++)
		any |= entry_at(rows, i)->has_files &&
		    !entry_at(rows, i)->withdrawn;
	files_put(r, m, "entries", any,
	    n == 0 ? 0 : entry_at(rows, n - 1)->entry_id,
	    n == 0 ? 0 : entry_at(rows, 0)->entry_id);
}

void
entries_put(struct req *r, struct model *m, struct entry_rows *rows)
{
	struct reply_rows replies = { { .row = &timeline_reply_row } };

	complete(r, rows);
	if (count_replies(rows) > 0)
		find_replies(r, rows, &replies);
	put_rows(m, "entries", &rows->set);
	put_children(m, "entries", "reply_entries", &replies.set, "entry_id");
	put_files(r, m, rows);
	audience_offer(r, m);
}

int
entries_show(struct req *r, struct model *m)
{
	int64_t before = in_cursor(r, "older");
	const struct viewer *v = r->viewer;
	struct entry_rows rows;

	if (before == INT64_MAX)
		timeline_newest(r->db, &rows, viewer_patient(r), v->user,
		    v->office, entries_me(r), ENTRIES_A_PAGE + 1);
	else
		timeline_older(r->db, &rows, viewer_patient(r), v->user,
		    v->office, entries_me(r), before, ENTRIES_A_PAGE + 1);
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
	    r->viewer->office, entries_me(r), arena_printf(r->mem, "[%lld]",
	    (long long)(f->reply_to != 0 ? f->reply_to : f->entry_id)));
	entries_put(r, m, &rows);
	return 200;
}
