/* The video meeting of a sitting: made with one press, its seats invited, called off with it. */
#include "video.h"

#include "video_sql.h"
#include "viewer.h"

enum { HOURS = 2 };	/* a sitting takes, for the calendar */

static const char *
room_of(struct req *r)
{
	char *hex = arena_take(r->mem, REF_HEX);

	return ref_hex(req_ref(r, 1), hex);
}

int
convene_video(struct req *r, struct model *m)
{
	const struct sitting *s;
	const struct provider *p;

	(void)m;
	office_sitting(r->db, &s, r->viewer->network, in_path(r, "sitting"));
	if (s == NULL)
		return 404;
	video_provider(r->db, &p, r->viewer->network);
	if (p == NULL || s->meeting != NULL || s->begins_at <= r->now ||
	    strcmp(s->state, "draft") == 0 || strcmp(s->state, "cancelled") == 0)
		return 409;
	video_add(r->db, req_ref(r, 0), r->viewer->network,
	    arena_printf(r->mem, "第%lld回 %s", (long long)s->number,
	    scheme_find(s->scheme)->board),
	    s->begins_at, s->begins_at + HOURS * HOUR_MS, r->viewer->user,
	    board_writer(r), r->now, room_of(r));
	video_invite_self(r->db, req_ref(r, 0), r->viewer->user,
	    r->viewer->office, r->now);
	video_invite_seats(r->db, req_ref(r, 0), s->sitting_id,
	    r->viewer->user, r->now);
	video_link(r->db, s->sitting_id, req_ref(r, 0));
	return 204;
}

void
video_put(struct req *r, struct model *m, const struct sitting *s)
{
	const struct provider *p;

	video_provider(r->db, &p, r->viewer->network);
	put_bool(m, "may_video", p != NULL && s->meeting == NULL &&
	    s->begins_at > r->now && strcmp(s->state, "draft") != 0 &&
	    strcmp(s->state, "cancelled") != 0);
}

void
video_join(struct req *r, const struct sitting *s)
{
	if (s->meeting == NULL)
		return;
	video_invite_seats(r->db, s->meeting, s->sitting_id, r->viewer->user,
	    r->now);
	video_tell_new(r->db, s->meeting, r->now);
}

void
video_call_off(struct req *r, const struct sitting *s)
{
	if (s->meeting == NULL)
		return;
	video_cancel(r->db, s->meeting, r->now);
	video_tell_cancelled(r->db, s->meeting, r->now);
}
