/* Doses given elsewhere, what was wrong about a dose, and what came after it. */
#include "pass.h"
#include "vaccination.h"

#include "immunization_sql.h"
#include "profession.h"
#include "viewer.h"
#include "visit_sql.h"

/* What a form says of a dose that is not recorded at a visit. */
struct said {
	const struct vaccine *vaccine;
	const struct product *product;
	struct db_maybe dose_number, expires_on, dose_ml;
	civil_date on;
};

/* Fills what may be said; 0, or the status of a refusal. */
static int
said_given(struct req *r, struct said *s)
{
	const char *code = in_text(r, "product"), *ml = in_text(r, "dose_ml");
	const struct vaccine *of = s->vaccine;
	int set;

	s->on = in_date(r, "given_on", &set);
	if (s->on > date_of(r->now))
		return refuse_input(r, "given_on", "in_future");
	if (s->on < r->viewer->strip->birth_date)
		return refuse_input(r, "given_on", "out_of_range");
	if (code != NULL) {
		s->product = schedule_product(schedule_now(), code, &of);
		if (s->product == NULL || of != s->vaccine)
			return refuse_said(r, "product",
			    stop_at(STOP_NO_PRODUCT)->code,
			    stop_at(STOP_NO_PRODUCT)->words);
	}
	s->expires_on.v = in_date(r, "expires_on", &s->expires_on.set);
	if (ml != NULL)
		s->dose_ml = (struct db_maybe){ 1, read_ml(ml) };
	if (ml != NULL && s->dose_ml.v < 0)
		return refuse_input(r, "dose_ml", "not_a_number");
	s->dose_number.v = in_integer(r, "dose_number", &s->dose_number.set);
	return 0;
}

/* 接種済証 or 接種券 in hand: one step, and outside of the town's counts. */
int
reported_add(struct req *r, struct model *m)
{
	struct said s = { .vaccine = schedule_vaccine(schedule_now(),
	    in_text(r, "vaccine")) };
	int bad;

	if (!may_plan(r))
		return 403;
	if (s.vaccine == NULL)
		return refuse_input(r, "vaccine", "not_a_choice");
	bad = said_given(r, &s);
	if (bad != 0)
		return bad;
	immunization_add(r->db, viewer_patient(r), r->id, s.vaccine->code,
	    s.vaccine->name, s.product == NULL ? NULL : s.product->code,
	    s.product == NULL ? NULL : s.product->name,
	    s.product == NULL ? NULL : s.product->standard_code, NULL,
	    s.dose_number, s.on, (struct db_maybe){ 0, 0 },
	    in_text(r, "lot_number"), s.expires_on, in_text(r, "site"),
	    in_text(r, "route"), s.dose_ml, NULL, NULL, in_text(r, "doctor_name"),
	    in_text(r, "place"), 0, 1, 0, r->now, r->viewer->user, writer_of(r),
	    r->viewer->profession, r->viewer->office_name, NULL, NULL, NULL, NULL);
	pass_refresh(r);
	put_id(m, r->id);
	return 201;
}

static const struct immunization *
dose_of(struct req *r)
{
	const struct immunization *d;

	immunization_find(r->db, &d, viewer_patient(r),
	    in_path(r, "immunization"));
	return d;
}

/* Who may say that a dose was otherwise: for one of ours, who gives them. */
static int
may_change(const struct req *r, const struct immunization *d)
{
	return d->reported ? may_plan(r) : may_vaccinate(r->viewer->professions);
}

static void
put_events(struct req *r, struct model *m, const struct immunization *d)
{
	const struct vaccine *v = schedule_vaccine(schedule_now(), d->vaccine);

	put_items(m, "adverse_rules");
	for (size_t i = 0; v != NULL && i < v->adverses; i++) {
		struct model *item = put_item(m, "adverse_rules");
		const struct adverse_rule *a = &v->adverse[i];

		put_text(item, "code", a->code);
		put_text(item, "name", r->lang == LANG_EN ? a->name_en : a->name);
		put_i64(item, "days", a->hours % 24 == 0 ? a->hours / 24 : 0);
		put_i64(item, "hours", a->hours);
	}
	put_items(m, "products");
	for (size_t i = 0; v != NULL && i < v->products; i++) {
		struct model *item = put_item(m, "products");

		put_text(item, "code", v->product[i].code);
		put_text(item, "name", v->product[i].name);
		put_bool(item, "chosen", d->product != NULL &&
		    strcmp(d->product, v->product[i].code) == 0);
	}
}

int
dose_show(struct req *r, struct model *m)
{
	const struct immunization *d = dose_of(r);
	struct adverse_rows events;
	const struct strike *why = NULL;

	if (!may_read(r))
		return 403;
	if (d == NULL)
		return 404;
	put_row(m, "immunization", &immunization_immunization_row, d);
	put_text(m, "profession", profession_name(d->profession_code == NULL ?
	    "" : d->profession_code));
	immunization_adverse_events_of(r->db, &events, viewer_patient(r),
	    d->immunization_id);
	put_rows(m, "adverse_events", &events.set);
	if (d->ended_at.set)
		immunization_strike_of(r->db, &why, viewer_patient(r), d->id);
	put_row(m, "strike", &immunization_strike_row, why);
	put_events(r, m, d);
	put_bool(m, "may_change", !d->ended_at.set && may_change(r, d));
	put_bool(m, "may_tell", !d->ended_at.set && may_plan(r));
	put_bool(m, "may_report", may_vaccinate(r->viewer->professions));
	return 200;
}

/* A new row that names the old one, which keeps its words. */
int
dose_correct(struct req *r, struct model *m)
{
	const struct immunization *d = dose_of(r);
	struct said s = { 0 };
	int bad;

	if (d == NULL)
		return 404;
	if (!may_change(r, d))
		return 403;
	s.vaccine = schedule_vaccine(schedule_now(), d->vaccine);
	if (s.vaccine == NULL)
		return 409;
	bad = said_given(r, &s);
	if (bad != 0)
		return bad;
	immunization_end(r->db, viewer_patient(r), d->id, r->now,
	    r->viewer->user, writer_of(r), "replaced");
	immunization_add(r->db, viewer_patient(r), r->id, d->vaccine,
	    d->vaccine_name, s.product == NULL ? NULL : s.product->code,
	    s.product == NULL ? NULL : s.product->name,
	    s.product == NULL ? NULL : s.product->standard_code, d->programme,
	    s.dose_number.set ? s.dose_number : d->dose_number, s.on,
	    s.on == d->given_on ? d->given_at : (struct db_maybe){ 0, 0 },
	    in_text(r, "lot_number"), s.expires_on, in_text(r, "site"),
	    in_text(r, "route"), s.dose_ml, d->vaccinator_name,
	    d->profession_code, d->doctor_name, d->place, d->office_id,
	    d->reported, d->visit_id, r->now, r->viewer->user, writer_of(r),
	    r->viewer->profession, r->viewer->office_name, d->id,
	    in_text(r, "reason"), NULL, NULL);
	immunization_move_visit(r->db, viewer_patient(r), d->immunization_id, r->id);
	immunization_move_events(r->db, viewer_patient(r), d->immunization_id, r->id);
	pass_refresh(r);
	put_id(m, r->id);
	return 201;
}

/* That it was none, and why: a row of its own; what was written keeps its words. */
static void
strike(struct req *r, const char *what, const struct ref *id)
{
	immunization_strike(r->db, viewer_patient(r), r->id, what, id, r->now,
	    r->viewer->user, writer_of(r), in_text(r, "reason"));
}

int
dose_strike(struct req *r, struct model *m)
{
	const struct immunization *d = dose_of(r);
	struct adverse_rows events;

	(void)m;
	if (d == NULL)
		return 404;
	if (!may_change(r, d))
		return 403;
	immunization_end(r->db, viewer_patient(r), d->id, r->now,
	    r->viewer->user, writer_of(r), "mistake");
	strike(r, "dose", d->id);
	immunization_drop_visit(r->db, viewer_patient(r), d->immunization_id,
	    r->now);
	immunization_adverse_events_of(r->db, &events, viewer_patient(r),
	    d->immunization_id);
	for (size_t i = 0; i < events.set.n; i++)
		visit_clear_doctors(r->db, adverse_at(&events, i)->id,
		    viewer_patient(r));
	if (!d->reported)
		immunization_give_back(r->db, d->office_id, d->product,
		    d->lot_number, d->recorded_at);
	pass_refresh(r);
	return 204;
}

/* ---- adverse events ---- */

/* Within the window of the schedule a report is due; of a day, its last hour counts. */
static int
report_due(const struct immunization *d, const char *code, utc_ms began)
{
	const struct vaccine *v = schedule_vaccine(schedule_now(), d->vaccine);
	const struct adverse_rule *rule = v == NULL ? NULL :
	    schedule_adverse(v, code);
	utc_ms from = d->given_at.set ? d->given_at.v : instant_of(d->given_on);
	int64_t hours = rule == NULL ? 0 : rule->hours +
	    (d->given_at.set ? 0 : 24);

	return rule != NULL && began >= from && began <= from + hours * HOUR_MS;
}

int
adverse_add(struct req *r, struct model *m)
{
	const struct immunization *d = dose_of(r);
	const char *code = in_text(r, "event"), *other = in_text(r, "other");
	const struct vaccine *v;
	const struct adverse_rule *rule;
	int set;
	utc_ms began;

	if (d == NULL)
		return 404;
	if (!may_plan(r))
		return 403;
	if (d->ended_at.set)
		return 409;
	v = schedule_vaccine(schedule_now(), d->vaccine);
	rule = v == NULL ? NULL : schedule_adverse(v, code);
	if (rule == NULL && (strcmp(code, "other") != 0 || other == NULL))
		return refuse_input(r, rule == NULL && strcmp(code, "other") == 0 ?
		    "other" : "event", rule == NULL &&
		    strcmp(code, "other") == 0 ? "missing" : "not_a_choice");
	began = instant_of(in_date(r, "began_on", &set)) +
	    in_integer(r, "began_hour", &set) * HOUR_MS;
	if (date_of(began) == d->given_on && d->given_at.set &&
	    began < d->given_at.v)
		began = d->given_at.v;	/* the hour that the dose was given in */
	if (began > r->now)
		return refuse_input(r, "began_on", "in_future");
	if (date_of(began) < d->given_on)
		return refuse_input(r, "began_on", "out_of_range");
	immunization_add_adverse(r->db, viewer_patient(r), r->id,
	    d->immunization_id, code, rule == NULL ? other : rule->name, began,
	    in_text(r, "note"), report_due(d, code, began), r->now,
	    r->viewer->user, writer_of(r), r->viewer->profession);
	put_id(m, r->id);
	put_bool(m, "due_report", report_due(d, code, began));
	return 201;
}

int
adverse_report(struct req *r, struct model *m)
{
	const struct ref *event = in_path(r, "adverse_event");

	(void)m;
	if (!may_vaccinate(r->viewer->professions))
		return 403;
	if (immunization_report(r->db, viewer_patient(r), event,
	    in_text(r, "reference"), r->now) != 1)
		return 404;
	visit_clear_doctors(r->db, event, viewer_patient(r));
	return 204;
}

/* It was none, or another person's: what it stopped goes on. */
int
adverse_strike(struct req *r, struct model *m)
{
	const struct ref *event = in_path(r, "adverse_event");

	(void)m;
	if (!may_vaccinate(r->viewer->professions))
		return 403;
	if (immunization_end_event(r->db, viewer_patient(r), event, r->now) != 1)
		return 404;
	strike(r, "adverse_event", event);
	visit_clear_doctors(r->db, event, viewer_patient(r));
	return 204;
}
