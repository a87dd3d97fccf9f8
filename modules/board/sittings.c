/* A member's sittings: which there are, what is left to judge, what all think. */
#include "board.h"

#include "member_sql.h"
#include "opinions.h"
#include "viewer.h"

static int
is_shown(const char *state)
{
	return strcmp(state, "notice_sent") != 0 &&
	    strcmp(state, "prereview_open") != 0;
}

static void
fill(struct req *r, struct seat *s)
{
	s->open = strcmp(s->state, "prereview_open") == 0 &&
	    r->now < s->closes_at;
	s->shown = is_shown(s->state);
	s->left = s->applications - s->proposed;
	s->days_left = date_of(s->closes_at) - date_of(r->now);
}

int
sittings_show(struct req *r, struct model *m)
{
	struct seat_rows rows;

	member_sittings(r->db, &rows, r->viewer->user);
	for (size_t i = 0; i < rows.set.n; i++)
		fill(r, seat_edit(&rows, i));
	put_rows(m, "sittings", &rows.set);
	put_bool(m, "secretary", viewer_has(r->viewer, "secretary"));
	put_held(r, m);
	return 200;
}

static struct seat *
find(struct req *r)
{
	const struct seat *found;
	struct seat *s;

	member_sitting(r->db, &found, r->viewer->user, in_path(r, "sitting"));
	if (found == NULL)
		return NULL;
	s = arena_take(r->mem, sizeof *s);
	*s = *found;
	fill(r, s);
	return s;
}

/* While it is open: what she has done herself, and nothing else. */
static void
put_own_list(struct req *r, struct model *m, const struct seat *s)
{
	struct listed_rows rows;
	int64_t done = 0;

	member_listed(r->db, &rows, r->viewer->user, s->sitting_id);
	for (size_t i = 0; i < rows.set.n; i++)
		done += listed_at(&rows, i)->done ||
		    listed_at(&rows, i)->conflict;
	put_rows(m, "applications", &rows.set);
	put_i64(m, "done", done);
	put_i64(m, "remaining", (int64_t)rows.set.n - done);
}

int
sitting_show(struct req *r, struct model *m)
{
	const struct seat *s = find(r);
	struct opinions o;

	if (s == NULL)
		return 404;
	put_row(m, NULL, &member_seat_row, s);
	put_own_list(r, m, s);
	if (s->shown) {
		opinions_read(r, &o, s->sitting_id, s->scheme);
		put_opinions(m, &o);
	} else {
		put_items(m, "agreed");
		put_items(m, "differing");
	}
	return 200;
}

int
sitting_answer(struct req *r, struct model *m)
{
	const struct seat *s = find(r);

	(void)m;
	if (s == NULL)
		return 404;
	if (is_shown(s->state) && strcmp(s->state, "prereview_closed") != 0)
		return 409;
	member_answer(r->db, s->sitting_id, r->viewer->user,
	    in_text(r, "answer"), r->now);
	return 204;
}
