/* The hospital's side: what it is asked, what it answers, what it takes now. */
#include "hospital.h"

#include "emergency.h"
#include "hospital_sql.h"
#include "viewer.h"

/* Each department of emergency_service_status, in the order of the screen. */
static const char *const departments[] = { "emergency", "internal",
	"cardiology", "neurology", "surgery", "orthopaedics", "obstetrics",
	"paediatrics", "psychiatry" };

/* All departments; of one that nothing was said of, `state` is null. */
static void
put_departments(struct req *r, struct model *m)
{
	struct taking_rows rows;

	hospital_taking_here(r->db, &rows, r->viewer->office);
	for (size_t i = 0; i < sizeof departments / sizeof *departments; i++) {
		struct model *o = put_item(m, "departments");
		const struct taking *t = NULL;

		for (size_t k = 0; k < rows.set.n && t == NULL; k++)
			if (strcmp(taking_at(&rows, k)->department,
			    departments[i]) == 0)
				t = taking_at(&rows, k);
		put_text(o, "department", departments[i]);
		put_text(o, "state", t == NULL ? NULL : t->state);
		put_text(o, "note", t == NULL ? NULL : t->note);
		if (t != NULL)
			put_utc(o, "at", t->at);
		else
			put_text(o, "at", NULL);
	}
}

int
hospital_show(struct req *r, struct model *m)
{
	const struct desk *desk;
	struct wanted_rows rows;

	hospital_desk(r->db, &desk, r->viewer->office);
	if (desk == NULL)
		return 403;
	hospital_wanted(r->db, &rows, r->viewer->office,
	    r->now - REQUEST_HOURS * HOUR_MS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, wanted_at(&rows, i)->patient_id);
	put_rows(m, "wanted", &rows.set);
	put_departments(r, m);
	put_channel(r, m, desk->network);
	return 200;
}

int
hospital_reply(struct req *r, struct model *m)
{
	const struct party *p;

	(void)m;
	hospital_party_of_hospital(r->db, &p, in_path(r, "asked"),
	    r->viewer->office, r->now - REQUEST_HOURS * HOUR_MS);
	if (p == NULL)
		return 404;
	r->audit->subject = p->patient_id;
	hospital_answer(r->db, p->patient_id, p->asked_id, in_text(r, "answer"),
	    in_text(r, "note"), r->now, writer(r), 0);
	req_ring(r, p->patient);
	req_ring(r, p->network);
	return 204;
}

int
hospital_status(struct req *r, struct model *m)
{
	const struct desk *desk;

	(void)m;
	hospital_desk(r->db, &desk, r->viewer->office);
	if (desk == NULL)
		return 403;
	hospital_put_status(r->db, r->viewer->office, in_text(r, "department"),
	    in_text(r, "state"), in_text(r, "note"), r->now, r->viewer->user,
	    writer(r));
	req_ring(r, desk->network);
	return 204;
}
