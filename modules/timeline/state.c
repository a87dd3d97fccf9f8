/* Whether anything has changed, for pages that stay open. */
#include "timeline.h"

#include "timeline_sql.h"
#include "viewer.h"

/*
 * Asked for every few seconds by a page that nobody may be looking at: that is
 * no sign that its reader is still there, so the session goes on idling.
 */
int
state_show(struct req *r, struct model *m)
{
	const struct state *s;

	r->touch = 0;
	timeline_state(r->db, &s, viewer_patient(r), r->viewer->user,
	    r->viewer->office, in_ref(r, "since"));
	if (s == NULL)
		return 404;
	put_row(m, NULL, &timeline_state_row, s);
	put_channel(r, m, in_path(r, "patient"));
	return 200;
}
