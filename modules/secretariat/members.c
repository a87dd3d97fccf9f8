/* Members, their fields and terms; panels and who presides. */
#include "secretariat.h"

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

const char *
field_on(const struct board_user *u, const char *scheme)
{
	return scheme_find(scheme)->timed ? u->field : u->support_field;
}

/* While she sits on a panel of a board she has a field there. */
static int
sits_on(struct req *r, const struct board_user *u, const char *scheme)
{
	const struct counted *c;

	office_sits_on(r->db, &c, u->user_id, scheme);
	return c != NULL && c->n > 0;
}

int
member_write(struct req *r, struct model *m)
{
	const struct board_user *u = find(r);
	const char *field = in_text(r, "field");
	const char *support = in_text(r, "support_field");
	civil_date from = in_date(r, "term_from", NULL);
	civil_date to = in_date(r, "term_to", NULL);

	(void)m;
	if (u == NULL)
		return refuse_input(r, "user", "not_a_choice");
	if (strcmp(field, "none") == 0 &&
	    (support == NULL || sits_on(r, u, "care_level")))
		return refuse_input(r, "field", "missing");
	if (support == NULL && sits_on(r, u, "support_level"))
		return refuse_input(r, "support_field", "missing");
	if (to <= from)
		return refuse_input(r, "term_to", "out_of_range");
	office_put_member(r->db, u->user_id, r->viewer->network,
	    field, support, from, to, in_text(r, "office_number"));
	return 204;
}

int
panel_add(struct req *r, struct model *m)
{
	office_add_panel(r->db, r->id, r->viewer->network, in_text(r, "name"),
	    in_text(r, "scheme"));
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
	if (u == NULL || field_on(u, p->scheme) == NULL)
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
