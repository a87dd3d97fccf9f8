/* Members, their fields and terms; panels and who presides. */
#include "board.h"

#include "office_sql.h"
#include "viewer.h"

int
members_show(struct req *r, struct model *m)
{
	struct board_user_rows users;
	struct panel_rows panels;
	struct membership_rows seats;

	office_members(r->db, &users, r->viewer->network);
	office_panels(r->db, &panels, r->viewer->network);
	office_memberships(r->db, &seats, r->viewer->network);
	put_rows(m, "members", &users.set);
	put_rows(m, "panels", &panels.set);
	put_children(m, "panels", "seats", &seats.set, "panel_id");
	return 200;
}

static const struct board_user *
find(struct req *r)
{
	const struct board_user *u;

	office_member(r->db, &u, r->viewer->network, in_ref(r, "user"));
	return u;
}

int
member_write(struct req *r, struct model *m)
{
	const struct board_user *u = find(r);
	civil_date from = in_date(r, "term_from", NULL);
	civil_date to = in_date(r, "term_to", NULL);

	(void)m;
	if (u == NULL)
		return refuse_input(r, "user", "not_a_choice");
	if (to <= from)
		return refuse_input(r, "term_to", "out_of_range");
	office_put_member(r->db, u->user_id, r->viewer->network,
	    in_text(r, "field"), from, to, in_text(r, "office_number"));
	return 204;
}

int
panel_add(struct req *r, struct model *m)
{
	office_add_panel(r->db, r->id, r->viewer->network, in_text(r, "name"));
	put_id(m, r->id);
	return 201;
}

int
panel_seat(struct req *r, struct model *m)
{
	const struct board_user *u = find(r);
	const char *post = in_text(r, "post");
	const struct panel *p;

	(void)m;
	office_panel(r->db, &p, r->viewer->network, in_path(r, "panel"));
	if (p == NULL)
		return 404;
	if (u == NULL || u->field == NULL)
		return refuse_input(r, "user", "not_a_choice");
	if (strcmp(post, "none") == 0) {
		office_leave_panel(r->db, p->panel_id, u->user_id);
		return 204;
	}
	office_seat_in_panel(r->db, p->panel_id, u->user_id, post,
	    date_of(r->now));
	office_demote(r->db, p->panel_id, u->user_id, post);
	return 204;
}
