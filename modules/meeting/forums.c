/* Meetings that are set from a forum's page: whoever is in it is invited. */
#include "meeting.h"

#include "viewer.h"

enum { PAST_DAYS = 400 };

/* The forum of the path; NULL: there is none for her. */
static const struct forum *
forum_of(struct req *r)
{
	const struct forum *f;

	meeting_forum_of(r->db, &f, r->viewer->user, r->viewer->office,
	    in_path(r, "forum"));
	return f;
}

int
forum_meetings(struct req *r, struct model *m)
{
	const struct forum *f = forum_of(r);
	struct listed_rows rows;

	if (f == NULL)
		return 404;
	meeting_of_forum(r->db, &rows, f->forum, r->viewer->user,
	    r->now - PAST_DAYS * DAY_MS);
	put_ref(m, "forum", f->id);
	put_text(m, "name", f->name);
	put_rows(m, "meetings", &rows.set);
	put_bool(m, "may_hold", meeting_may_hold(r));
	meeting_put_form(r, m);
	return 200;
}

int
forum_make(struct req *r, struct model *m)
{
	const struct forum *f = forum_of(r);

	if (f == NULL)
		return 404;
	return meeting_make(r, m, 0, f->forum);
}
