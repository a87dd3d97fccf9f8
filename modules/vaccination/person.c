/* One person: her doses, what is due, her visits; planning the next one. */
#include "vaccination.h"

#include "immunization_sql.h"
#include "profession.h"
#include "viewer.h"
#include "visit_sql.h"

static const char *
state_word(const struct due *d)
{
	static const char *const words[] = { [DUE_NEVER] = "never",
	    [DUE_DONE] = "done", [DUE_LATER] = "later", [DUE_NOW] = "now",
	    [DUE_OVERDUE] = "overdue" };

	return words[d->state];
}

void
put_due(struct req *r, struct model *m, civil_date birth,
    const struct history *h)
{
	const struct schedule *s = schedule_now();

	put_items(m, "recommendations");
	for (size_t i = 0; i < s->vaccines; i++) {
		const struct vaccine *v = &s->vaccine[i];
		struct model *item;
		struct due d;

		due_next(s, v, birth, h, date_of(r->now), &d);
		if (d.state == DUE_NEVER)
			continue;
		item = put_item(m, "recommendations");
		put_text(item, "vaccine", v->code);
		put_text(item, "name", r->lang == LANG_EN ? v->name_en : v->name);
		put_text(item, "state", state_word(&d));
		put_text(item, "source", d.programme->source);
		put_text(item, "due_on", NULL);
		put_text(item, "overdue_on", NULL);
		put_text(item, "last_on", NULL);
		if (d.state == DUE_DONE)
			continue;
		put_i64(item, "dose_number", d.dose_number);
		put_date(item, "due_on", d.due_on);
		put_date(item, "overdue_on", d.overdue_on);
		put_date(item, "last_on", d.overdue_on - 1);
	}
}

void
put_vaccines(struct req *r, struct model *m)
{
	const struct schedule *s = schedule_now();

	put_items(m, "vaccines");
	for (size_t i = 0; i < s->vaccines; i++) {
		struct model *item = put_item(m, "vaccines");
		const struct vaccine *v = &s->vaccine[i];

		put_text(item, "code", v->code);
		put_text(item, "name", r->lang == LANG_EN ? v->name_en : v->name);
	}
}

static void
put_doses(struct req *r, struct model *m)
{
	struct immunization_rows doses;
	struct adverse_rows events;

	immunization_immunizations(r->db, &doses, viewer_patient(r));
	immunization_adverse_events(r->db, &events, viewer_patient(r));
	for (size_t i = 0; i < doses.set.n; i++) {
		const char *code = immunization_at(&doses, i)->profession_code;

		immunization_edit(&doses, i)->profession =
		    profession_name(code == NULL ? "" : code);
	}
	put_rows(m, "immunizations", &doses.set);
	put_children(m, "immunizations", "adverse_events", &events.set,
	    "immunization_id");
}

int
person_show(struct req *r, struct model *m)
{
	struct visit_rows visits;
	struct history h;

	if (!may_read(r))
		return 403;
	history_of(r, &h);
	put_doses(r, m);
	visit_visits(r->db, &visits, viewer_patient(r));
	put_rows(m, "visits", &visits.set);
	put_due(r, m, r->viewer->strip->birth_date, &h);
	put_vaccines(r, m);
	put_bool(m, "may_plan", may_plan(r));
	return 200;
}

int
visit_plan(struct req *r, struct model *m)
{
	const struct vaccine *v = schedule_vaccine(schedule_now(),
	    in_text(r, "vaccine"));
	int set;
	civil_date on = in_date(r, "planned_on", &set);

	if (!may_plan(r))
		return 403;
	if (v == NULL)
		return refuse_input(r, "vaccine", "not_a_choice");
	if (!set)
		on = date_of(r->now);
	if (on < date_of(r->now))
		return refuse_input(r, "planned_on", "out_of_range");
	visit_plan_one(r->db, viewer_patient(r), r->id, v->code, v->name, on,
	    in_text(r, "note"), r->viewer->user, writer_of(r),
	    r->viewer->office, r->now);
	put_id(m, r->id);
	return 201;
}
