/* What is said in a forum: read, written, taken back. */
#include "forum.h"

#include "profession.h"
#include "viewer.h"

static void
put_replies(struct req *r, struct model *m, const struct forum *f,
    const struct entry_rows *rows)
{
	size_t n = rows->set.n;
	struct reply_rows replies = { { .row = &forum_reply_row } };

	if (n > 0)
		forum_replies(r->db, &replies, f->forum_id, r->viewer->user,
		    entry_at(rows, n - 1)->entry_id, entry_at(rows, 0)->entry_id);
	for (size_t i = 0; i < replies.set.n; i++) {
		struct reply *x = reply_edit(&replies, i);

		x->author__profession =
		    profession_name(x->author__profession_code);
	}
	put_children(m, "entries", "reply_entries", &replies.set, "entry_id");
}

/* The newest thing said, up to which all is read once it was before her. */
static void
put_upto(struct req *r, struct model *m, const struct forum *f)
{
	const struct newest *x;

	forum_newest(r->db, &x, f->forum_id);
	if (x != NULL && f->unread > 0)
		put_ref(m, "upto", x->id);
	else
		put_text(m, "upto", NULL);
}

/* Whether there are meetings to set. */
static void
put_meets(struct req *r, struct model *m)
{
	const struct meets *x;

	forum_meets(r->db, &x, r->viewer->network);
	put_bool(m, "meets", x != NULL && x->n > 0);
}

int
entries_show(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	struct entry_rows rows;

	if (f == NULL)
		return 404;
	put_row(m, NULL, &forum_forum_row, f);
	put_ref(m, "forum", f->id);
	put_text(m, "profession", profession_name(f->profession_code));
	put_bool(m, "hers", forum_is_hers(r, f));
	forum_entries(r->db, &rows, f->forum_id, r->viewer->user,
	    in_cursor(r, "older"), ENTRIES_A_PAGE + 1);
	put_text(m, "older", NULL);
	if (rows.set.n > ENTRIES_A_PAGE) {
		rows.set.n = ENTRIES_A_PAGE;
		put_cursor(r, m, "older",
		    entry_at(&rows, ENTRIES_A_PAGE - 1)->entry_id);
	}
	for (size_t i = 0; i < rows.set.n; i++) {
		struct entry *e = entry_edit(&rows, i);

		e->author__profession =
		    profession_name(e->author__profession_code);
	}
	put_rows(m, "entries", &rows.set);
	put_replies(r, m, f, &rows);
	put_upto(r, m, f);
	put_meets(r, m);
	return 200;
}

int
entries_write(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	const struct ref *to = in_ref(r, "reply_to");
	const struct viewer *v = r->viewer;
	const struct found *x = NULL;

	if (f == NULL)
		return 404;
	if (to != NULL)
		forum_entry(r->db, &x, f->forum_id, v->user, to);
	if (to != NULL && (x == NULL || x->withdrawn || x->reply_to != 0))
		return refuse_input(r, "reply_to", "not_a_choice");
	forum_write(r->db, f->forum_id, r->id, v->user,
	    arena_printf(r->mem, "%s %s", v->family, v->given), v->profession,
	    v->office_name, x == NULL ? 0 : x->entry_id, in_text(r, "body"),
	    r->now);
	put_id(m, r->id);
	return 201;
}

/* All up to it: a forum is read from its newest entry down. */
int
entries_read(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	const struct found *x;

	(void)m;
	if (f == NULL)
		return 404;
	forum_entry(r->db, &x, f->forum_id, r->viewer->user, in_ref(r, "upto"));
	if (x == NULL)
		return refuse_input(r, "upto", "not_a_choice");
	if (forum_seen(r->db, f->forum_id, r->viewer->user, x->entry_id,
	    r->now) == 0)
		forum_seen_first(r->db, f->forum_id, r->viewer->user,
		    x->entry_id, r->now);
	return 204;
}

int
entries_withdraw(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	const struct found *x;

	(void)m;
	if (f == NULL)
		return 404;
	forum_entry(r->db, &x, f->forum_id, r->viewer->user, in_path(r, "entry"));
	if (x == NULL)
		return 404;
	if (!x->mine)
		return 403;
	forum_withdraw(r->db, f->forum_id, x->entry_id, r->viewer->user, r->now);
	return 204;
}
