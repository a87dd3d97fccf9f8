#include "bulletin.h"

#include "bulletin_sql.h"
#include "viewer.h"

static void
put_current(struct req *r, struct model *m, int64_t network, int drill)
{
	struct bulletin_rows rows;
	struct area_rows areas;

	bulletin_current(r->db, &rows, network, drill, r->now,
	    BULLETINS_A_PAGE);
	bulletin_areas(r->db, &areas, network, drill, r->now, AREAS_A_PAGE);
	put_rows(m, "bulletins", &rows.set);
	put_children(m, "bulletins", "areas", &areas.set, "bulletin_id");
}

static void
put_recent(struct req *r, struct model *m, int64_t network, int drill)
{
	struct past_rows rows;

	bulletin_recent(r->db, &rows, network, drill, r->now,
	    r->now - RECENT_DAYS * DAY_MS, BULLETINS_A_PAGE);
	put_rows(m, "recent", &rows.set);
}

static void
put_sources(struct req *r, struct model *m)
{
	struct source_rows rows;
	size_t stale = 0;

	bulletin_sources(r->db, &rows);
	for (size_t i = 0; i < rows.set.n; i++)
		stale += (size_t)(source_at(&rows, i)->stale != 0);
	put_rows(m, "sources", &rows.set);
	put_i64(m, "stale", (int64_t)stale);
}

static int
show(struct req *r, struct model *m, int64_t network, int drill)
{
	put_bool(m, "drill", drill);
	put_current(r, m, network, drill);
	put_recent(r, m, network, drill);
	put_sources(r, m);
	return 200;
}

int
bulletins_show(struct req *r, struct model *m)
{
	const struct count *drills = NULL;

	bulletin_drills(r->db, &drills, r->viewer->network, r->now);
	put_i64(m, "drills", drills == NULL ? 0 : drills->n);
	diseases_put(r, m, r->viewer->network,
	    !viewer_has(r->viewer, "welfare_volunteer"));
	return show(r, m, r->viewer->network, 0);
}

int
bulletins_drills(struct req *r, struct model *m)
{
	put_i64(m, "drills", 0);
	put_items(m, "diseases");
	put_bool(m, "local", 0);
	return show(r, m, r->viewer->network, 1);
}

int
bulletins_public(struct req *r, struct model *m)
{
	const struct network *n = NULL;

	bulletin_network(r->db, &n, in_path(r, "network"));
	if (n == NULL)
		return 404;
	r->audit->network = n->network_id;
	put_i64(m, "drills", 0);
	diseases_put(r, m, n->network_id, 0);
	return show(r, m, n->network_id, 0);
}
