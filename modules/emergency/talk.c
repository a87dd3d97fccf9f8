/* What crew and team say to each other while it lasts. */
#include "emergency.h"

#include "opening_sql.h"
#include "prepare.h"
#include "profession.h"
#include "viewer.h"

int
call_result(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	(void)m;
	if (o == NULL || opening_call(r->db, o->patient_id, r->id,
	    o->opening, in_ref(r, "callee"), in_text(r, "result"), r->now, r->viewer->user,
	    writer(r)) == 0)
		return 404;
	return 204;
}

int
report_send(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);

	if (o == NULL)
		return 404;
	opening_report(r->db, o->patient_id, r->id, o->opening,
	    in_text(r, "kind"), in_text(r, "hospital"), in_text(r, "note"),
	    r->now, r->viewer->user, writer(r));
	tell_team(r, o->patient_id, r->id, "emergency.reported",
	    "救急隊から知らせがあります", "The ambulance crew has reported");
	tell_contacts(r, o->patient_id, in_text(r, "kind"));
	req_ring(r, o->id);
	req_ring(r, o->network_ref);
	put_id(m, r->id);
	return 201;
}

static void
put_openings(struct req *r, struct model *m)
{
	struct seen_rows rows;

	opening_openings(r->db, &rows, viewer_patient(r), r->now);
	for (size_t i = 0; i < rows.set.n; i++)
		seen_edit(&rows, i)->profession =
		    profession_name(seen_at(&rows, i)->profession_code);
	put_rows(m, "openings", &rows.set);
}

int
openings_show(struct req *r, struct model *m)
{
	struct said_rows reports;
	struct answer_rows answers;
	const struct teller *newest;

	put_openings(r, m);
	opening_reports(r->db, &reports, viewer_patient(r));
	put_children(m, "openings", "reports", &reports.set, "opening_id");
	opening_answers(r->db, &answers, viewer_patient(r));
	for (size_t i = 0; i < answers.set.n; i++)
		answer_edit(&answers, i)->profession =
		    profession_name(answer_at(&answers, i)->profession_code);
	put_children(m, "openings", "answers", &answers.set, "opening_id");
	opening_newest(r->db, &newest, viewer_patient(r),
	    r->now - ANSWER_HOURS * HOUR_MS);
	put_bool(m, "may_answer", newest != NULL);
	put_channel(r, m, in_path(r, "patient"));
	return 200;
}

int
openings_seen(struct req *r, struct model *m)
{
	(void)m;
	opening_clear_marks(r->db, viewer_patient(r), r->viewer->user);
	return 204;
}

int
answer_crew(struct req *r, struct model *m)
{
	const struct teller *o;

	opening_newest(r->db, &o, viewer_patient(r),
	    r->now - ANSWER_HOURS * HOUR_MS);
	if (o == NULL)
		return 404;
	opening_add_answer(r->db, viewer_patient(r), r->id, o->opening_id,
	    in_text(r, "body"), r->now, r->viewer->user, writer(r),
	    r->viewer->profession, r->viewer->office_name);
	opening_clear_marks(r->db, viewer_patient(r), r->viewer->user);
	req_ring(r, in_path(r, "patient"));
	put_id(m, r->id);
	return 201;
}
