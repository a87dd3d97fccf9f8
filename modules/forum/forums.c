/* The forums that are open to somebody; making and closing one. */
#include "forum.h"

#include "profession.h"
#include "viewer.h"

const struct forum *
forum_of_path(struct req *r)
{
	const struct forum *f;

	forum_find(r->db, &f, r->viewer->user, r->viewer->office,
	    in_path(r, "forum"));
	return f;
}

int
forum_is_hers(const struct req *r, const struct forum *f)
{
	return f->mine || viewer_has(r->viewer, "operator");
}

/* Whom she may make a forum for; members she chooses herself. */
static void
put_offers(struct req *r, struct model *m)
{
	const struct profession *p;

	put_bool(m, "operator", viewer_has(r->viewer, "operator"));
	put_bool(m, "manager", r->viewer->office_manager);
	put_items(m, "professions");
	for (size_t i = 0; (p = profession_at(i)) != NULL; i++) {
		struct model *x;

		if (p->import_only)
			continue;
		x = put_item(m, "professions");
		put_text(x, "code", p->code);
		put_text(x, "label", p->ja);
	}
}

/* What she is not in and may close all the same. */
static void
put_managed(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct managed_rows rows;

	forum_managed(r->db, &rows, v->user, v->office, v->network,
	    viewer_has(v, "operator"), FORUMS_MAX);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct managed *f = managed_edit(&rows, i);

		f->profession = profession_name(f->profession_code);
	}
	put_rows(m, "managed", &rows.set);
}

int
forums_show(struct req *r, struct model *m)
{
	struct forum_rows rows;

	forum_mine(r->db, &rows, r->viewer->user, r->viewer->office, FORUMS_MAX);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct forum *f = forum_edit(&rows, i);

		f->profession = profession_name(f->profession_code);
	}
	put_rows(m, "forums", &rows.set);
	put_managed(r, m);
	put_offers(r, m);
	return 200;
}

/* 0, or the status to refuse with: for all of a network its operators speak. */
static int
check_maker(struct req *r, const char *open_to, const char *profession)
{
	if (strcmp(open_to, "office") == 0)
		return r->viewer->office_manager ? 0 : 403;
	if (strcmp(open_to, "members") == 0)
		return 0;
	if (!viewer_has(r->viewer, "operator"))
		return 403;
	if (strcmp(open_to, "profession") == 0 && profession == NULL)
		return refuse_input(r, "profession", "missing");
	if (strcmp(open_to, "profession") == 0 &&
	    profession_find(profession) == NULL)
		return refuse_input(r, "profession", "not_a_choice");
	return 0;
}

int
forums_make(struct req *r, struct model *m)
{
	const char *open_to = in_text(r, "open_to");
	const char *profession = in_text(r, "profession");
	const struct viewer *v = r->viewer;
	int refused = check_maker(r, open_to, profession);

	if (refused != 0)
		return refused;
	forum_make(r->db, r->id, v->network, in_text(r, "name"),
	    in_text(r, "about"), open_to, v->office,
	    strcmp(open_to, "profession") == 0 ? profession : "", v->user,
	    r->now);
	if (strcmp(open_to, "members") == 0)
		forum_join_maker(r->db, r->id, v->user, r->now);
	put_id(m, r->id);
	return 201;
}

int
forums_close(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	const struct closable *f;

	(void)m;
	forum_to_close(r->db, &f, v->user, v->network,
	    viewer_has(v, "operator"), in_path(r, "forum"));
	if (f == NULL)
		return forum_of_path(r) == NULL ? 404 : 403;
	forum_close(r->db, f->forum_id, v->user, r->now);
	return 204;
}
