/* Survey note and physician's opinion as PDF: taken in, looked at, taken back. */
#include "papers.h"

#include "file.h"
#include "leaf.h"
#include "office_sql.h"
#include "viewer.h"

int
papers_wait(const struct application *a)
{
	return strcmp(a->state, "registered") == 0 ||
	    strcmp(a->state, "papers_ready") == 0 ||
	    strcmp(a->state, "re_survey") == 0 ||
	    strcmp(a->state, "re_opinion") == 0;
}

static const struct application *
find_application(struct req *r)
{
	const struct application *a;

	office_application(r->db, &a, r->viewer->network,
	    in_path(r, "application"));
	return a;
}

static const struct paper *
find(struct req *r)
{
	const struct paper *p;

	office_paper(r->db, &p, r->viewer->network, in_path(r, "application"),
	    in_path(r, "paper"));
	return p;
}

/* New papers want a new look. An exec1 that finds nothing would be a 503: asked before. */
int
paper_add(struct req *r, struct model *m)
{
	const struct application *a = find_application(r);
	struct leaves leaves;
	const struct upload *u;
	size_t n;

	if (a == NULL)
		return 404;
	if (!papers_wait(a))
		return 409;
	u = in_files(r, "paper", &n);
	if (n == 0)
		return refuse_input(r, "paper", "missing");
	file_keep(r, u[0].key);
	if (leaf_count(r, u[0].key, &leaves) != 0)
		return refuse_said(r, "paper", "damaged",
		    N_("このPDFは開けません。壊れているか、パスワードがかかっています。"));
	office_add_paper(r->db, r->id, a->application_id, in_text(r, "kind"),
	    u[0].key, leaves.n, leaves.words, r->now, r->viewer->user);
	office_look_again(r->db, a->application_id);
	put_id(m, r->id);
	return 201;
}

int
paper_remove(struct req *r, struct model *m)
{
	const struct application *a = find_application(r);

	(void)m;
	if (a == NULL || find(r) == NULL)
		return 404;
	if (!papers_wait(a))
		return 409;
	office_remove_paper(r->db, a->application_id, in_path(r, "paper"),
	    r->now);
	office_look_again(r->db, a->application_id);
	return 204;
}

int
paper_show(struct req *r, struct model *m)
{
	const struct paper *p = find(r);

	if (p == NULL)
		return 404;
	put_leaf(r, m, p->kind, p->pages);
	put_ref(m, "application", p->application);
	put_ref(m, "paper", p->id);
	put_bool(m, "office", 1);
	return 200;
}

int
paper_page(struct req *r, struct model *m)
{
	const struct paper *p = find(r);

	(void)m;
	return p == NULL ? 404 :
	    leaf_answer(r, p->file_id, in_integer(r, "page", NULL),
	    board_mark(r));
}
