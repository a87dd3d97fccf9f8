/* The care plan: versions, and each office's receipt of each. */
#include "record.h"

#include "mark_sql.h"
#include "plans_sql.h"
#include "profession.h"
#include "viewer.h"

/* 居宅サービス計画 is made by a care manager (介護支援専門員): as which, or NULL. */
static const char *
planner(const struct req *r)
{
	return profession_among(r->viewer->professions, "150,300");
}

int
plans_show(struct req *r, struct model *m)
{
	struct plan_rows plans;
	struct received_rows receipts;
	struct waiting_rows waiting;

	plans_versions(r->db, &plans, viewer_patient(r), r->viewer->office);
	plans_receipts(r->db, &receipts, viewer_patient(r));
	plans_waiting(r->db, &waiting, viewer_patient(r));
	for (size_t i = 0; i < plans.set.n; i++)
		plan_edit(&plans, i)->profession =
		    profession_name(plan_at(&plans, i)->profession_code);
	put_rows(m, "plans", &plans.set);
	put_children(m, "plans", "receipts", &receipts.set, "plan_id");
	put_rows(m, "waiting", &waiting.set);
	put_bool(m, "may_plan", planner(r) != NULL);
	put_i64(m, "newest", plans.set.n > 0 ? plan_at(&plans, 0)->version : 0);
	return 200;
}

int
plans_write_new(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	int set;
	int64_t seen = in_integer(r, "newest", &set);
	civil_date from = in_date(r, "valid_from", &set);
	civil_date to = in_date(r, "valid_to", &set);

	if (planner(r) == NULL)
		return 403;
	if (to < from)
		return refuse_input(r, "valid_to", "out_of_range");
	plans_write(r->db, viewer_patient(r), r->id, seen + 1, from, to,
	    in_text(r, "wishes"), in_text(r, "policy"), in_text(r, "goals"),
	    in_text(r, "services"), in_text(r, "what_changed"), v->user,
	    record_writer(r), planner(r), v->office_name, r->now);
	plans_receive(r->db, viewer_patient(r), r->id, v->office, v->user,
	    record_writer(r), r->now);
	mark_team(r->db, r->id, viewer_patient(r), v->user, "record", "unread",
	    r->now);
	record_changed(r, "care_plans", seen == 0 ? "added" : "corrected",
	    arena_printf(r->mem, "%lld", (long long)seen + 1));
	put_id(m, r->id);
	put_i64(m, "version", seen + 1);
	return 201;
}

int
plans_receive_one(struct req *r, struct model *m)
{
	const struct ref *id = in_path(r, "care_plan");
	const struct known_plan *plan;

	(void)m;
	plans_find(r->db, &plan, viewer_patient(r), id);
	if (plan == NULL)
		return 404;
	plans_receive(r->db, viewer_patient(r), id, r->viewer->office,
	    r->viewer->user, record_writer(r), r->now);
	plans_clear_office(r->db, viewer_patient(r), id, r->viewer->office);
	return 204;
}
