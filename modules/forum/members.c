/* Who is in a forum; members are named where it is not open to a whole kind. */
#include "forum.h"

#include "member_sql.h"
#include "profession.h"
#include "viewer.h"

static int
has_members(const struct forum *f)
{
	return strcmp(f->open_to, "members") == 0;
}

int
members_show(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	struct member_rows rows;
	struct choice_rows choices = { { .row = &member_choice_row } };

	if (f == NULL)
		return 404;
	put_row(m, NULL, &forum_forum_row, f);
	put_ref(m, "forum", f->id);
	put_bool(m, "hers", forum_is_hers(r, f));
	put_bool(m, "may_leave", has_members(f));
	member_members(r->db, &rows, f->forum_id, MEMBERS_MAX);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct member *x = member_edit(&rows, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "members", &rows.set);
	if (has_members(f))
		member_choices(r->db, &choices, f->forum_id, r->viewer->network,
		    CHOICES_MAX);
	put_rows(m, "choices", &choices.set);
	return 200;
}

/* By anyone who is in it: a committee asks in whom it needs. */
int
members_add(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);
	const struct ref *person = in_ref(r, "person");
	const struct viewer *v = r->viewer;

	(void)m;
	if (f == NULL)
		return 404;
	if (!has_members(f))
		return 403;
	if (member_again(r->db, f->forum_id, v->network, person, v->user,
	    r->now) == 0 && member_add(r->db, f->forum_id, v->network, person,
	    v->user, r->now) == 0)
		return refuse_input(r, "person", "not_a_choice");
	return 204;
}

int
members_leave(struct req *r, struct model *m)
{
	const struct forum *f = forum_of_path(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (!has_members(f))
		return 403;
	member_leave(r->db, f->forum_id, r->viewer->user, r->now);
	return 204;
}
