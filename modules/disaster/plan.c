/* Evacuation plans (個別避難計画): what she, her team and her supporters agreed. */
#include "incident.h"

#include "age.h"
#include "plan_sql.h"
#include "register.h"
#include "register_sql.h"
#include "shelter.h"
#include "viewer.h"

enum {
	REVIEW_DAYS = 366,	/* a plan is looked at once a year at least */
	DUE_A_PAGE = 200
};

void
plan_put_newest(struct req *r, struct model *m, int64_t patient)
{
	const struct plan *p;
	struct plan one;

	plan_newest(r->db, &p, patient);
	put_date(m, "review_latest", date_of(r->now) + REVIEW_DAYS);
	if (p == NULL) {
		put_row(m, "plan", &plan_plan_row, NULL);
		return;
	}
	one = *p;
	one.due = one.review_on <= date_of(r->now);
	put_row(m, "plan", &plan_plan_row,
	    arena_copy(r->mem, (const char *)&one, sizeof one));
}

static int
show(struct req *r, struct model *m, int64_t patient)
{
	const struct registered *g;
	struct registered one;

	plan_put_newest(r, m, patient);
	plan_registered(r->db, &g, patient);
	if (g != NULL) {
		one = *g;
		one.age = age_on(one.birth_date, date_of(r->now));
		g = (const void *)arena_copy(r->mem, (const char *)&one,
		    sizeof one);
	}
	put_row(m, "registered", &plan_registered_row, g);
	shelter_names_put(r, m);
	return 200;
}

int
plan_show(struct req *r, struct model *m)
{
	const char *home = arena_printf(r->mem, "disaster/of/%s",
	    ref_hex(in_path(r, "patient"), arena_take(r->mem, REF_HEX)));

	put_text(m, "home", home);
	put_text(m, "action", arena_printf(r->mem, "%s/plan", home));
	return show(r, m, viewer_patient(r));
}

/* Consent is the person's and, to be given out beforehand, the supporter's (49条の15). */
static int
write_one(struct req *r, struct model *m, int64_t patient)
{
	const char *state = in_text(r, "state");
	int agreed = strcmp(state, "agreed") == 0 ||
	    strcmp(state, "provided") == 0, has_days, set;
	int64_t days = in_integer(r, "medicine_days", &has_days);
	civil_date today = date_of(r->now), review = in_date(r, "review_on", &set);

	if (agreed && in_text(r, "agreed_by") == NULL)
		return refuse_input(r, "agreed_by", "missing");
	if (strcmp(state, "provided") == 0 && !in_boolean(r, "supporter_agreed"))
		return refuse_input(r, "supporter_agreed", "missing");
	if (review <= today || review > today + REVIEW_DAYS)
		return refuse_input(r, "review_on", "malformed");
	plan_put(r->db, r->id, patient, state, in_text(r, "agreed_by"),
	    in_text(r, "supporter"), in_text(r, "supporter_address"),
	    in_text(r, "supporter_phone"), in_boolean(r, "supporter_agreed"),
	    in_text(r, "second_supporter"), in_text(r, "second_phone"),
	    in_text(r, "shelter"), in_text(r, "route"), in_text(r, "transport"),
	    (struct db_maybe){ has_days, days },
	    in_text(r, "note"), review, r->now,
	    r->viewer->user, writer(r), r->viewer->office_name);
	put_id(m, r->id);
	return 201;
}

int
plan_write(struct req *r, struct model *m)
{
	return write_one(r, m, viewer_patient(r));
}

/* ---- by an officer ---- */

/* The path's {registration}, if no team looks after her: her key, or 0. */
static int64_t
alone(struct req *r)
{
	const struct alone *one;

	plan_alone(r->db, &one, r->viewer->network, in_path(r, "registration"));
	if (one == NULL)
		return 0;
	r->audit->subject = one->patient_id;
	return one->patient_id;
}

int
plan_show_alone(struct req *r, struct model *m)
{
	int64_t patient = alone(r);

	if (patient == 0)
		return 404;
	put_text(m, "home", "disaster/register/plans");
	put_text(m, "action", arena_printf(r->mem, "disaster/register/%s/plan",
	    ref_hex(in_path(r, "registration"),
	    arena_take(r->mem, REF_HEX))));
	return show(r, m, patient);
}

int
plan_write_alone(struct req *r, struct model *m)
{
	int64_t patient = alone(r);

	return patient == 0 ? 404 : write_one(r, m, patient);
}

/* As the register itself: once the duty of secrecy is accepted. */
int
plans_due(struct req *r, struct model *m)
{
	const struct reader *reader;
	struct district_rows districts;
	struct wanted_rows rows = { .set = { .row = &plan_wanted_row } };

	register_reader(r->db, &reader, r->viewer->network, r->viewer->office,
	    r->viewer->user);
	put_bool(m, "accepted", reader != NULL && reader->accepted);
	register_districts(r->db, &districts, r->viewer->network);
	put_rows(m, "districts", &districts.set);
	put_ref(m, "district", in_ref(r, "district"));
	if (reader != NULL && reader->accepted)
		plan_wanted(r->db, &rows, r->viewer->network,
		    in_ref(r, "district"), date_of(r->now), DUE_A_PAGE);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, wanted_at(&rows, i)->patient_id);
	put_rows(m, "people", &rows.set);
	put_bool(m, "full", rows.set.n == DUE_A_PAGE);
	return 200;
}

/* ---- in an incident ---- */

void
plan_put_way_out(struct req *r, struct model *m, const struct reach *e,
    int64_t patient)
{
	const struct way_out *w;

	plan_in_incident(r->db, &w, e->room->incident_id, patient, REACH(r));
	put_row(m, "way_out", &plan_way_out_row, w);
}
