/* Who is due: of an office, of the town, of one clinic; made by the pass. */
#include "booking.h"
#include "due_head.h"
#include "pass.h"

#include "viewer.h"

enum {
	PAGE_ROWS = 50,
	FAR_DAYS = 365000,	/* no window ends later */
	PERSON_BITS = 44	/* of a cursor, which is a day and a person */
};

static const char *
name_of(const struct req *r, const char *code)
{
	const struct vaccine *v = schedule_vaccine(schedule_now(), code);

	return v == NULL ? code : r->lang == LANG_EN ? v->name_en : v->name;
}

static void
put_lines(struct req *r, struct model *m, struct line_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		req_audit_subject(r, line_at(rows, i)->patient_id);
		line_edit(rows, i)->vaccine_name = name_of(r,
		    line_at(rows, i)->vaccine);
	}
	put_rows(m, "people", &rows->set);
}

/* How far the newest pass has come, so that nobody takes half a list for all. */
static void
put_pass(struct model *m, const struct pass *p)
{
	put_row(m, "pass", &pass_pass_row, p);
	put_i64(m, "percent", p == NULL ? 0 : p->ended_at.set ? 100 :
	    p->people == 0 ? 0 : p->looked * 100 / (p->people + 1));
	put_bool(m, "complete", p != NULL && p->ended_at.set);
}

int
due_office(struct req *r, struct model *m)
{
	struct line_rows rows;
	const struct pass *p;

	pass_newest(r->db, &p);
	put_pass(m, p);
	put_text(m, "office", r->viewer->office_name);
	put_items(m, "people");
	if (!may_read(r))
		return 200;
	pass_of_office(r->db, &rows, r->viewer->user, r->viewer->office,
	    date_of(r->now));
	put_lines(r, m, &rows);
	return 200;
}

static void
put_counts(struct req *r, struct model *m, struct count_rows *rows)
{
	const struct schedule *s = schedule_now();

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct vaccine *v = schedule_vaccine(s,
		    count_at(rows, i)->vaccine);

		count_edit(rows, i)->vaccine_name = name_of(r,
		    count_at(rows, i)->vaccine);
		count_edit(rows, i)->number = v == NULL ? 0 : v - s->vaccine;
	}
	put_rows(m, "counts", &rows->set);
}

/* One page of the town; what follows it is a cursor. */
static void
put_town(struct req *r, struct model *m, const struct vaccine *v, int overdue)
{
	civil_date today = date_of(r->now), from, until;
	int64_t cursor = in_cursor(r, "older"), person = 0;
	struct line_rows rows;

	from = overdue ? today - DUE_OVERDUE_DAYS : today;
	until = overdue ? today - 1 : today + FAR_DAYS;
	if (cursor != INT64_MAX) {
		from = (civil_date)(cursor >> PERSON_BITS);
		person = cursor & ((INT64_C(1) << PERSON_BITS) - 1);
	}
	pass_of_town(r->db, &rows, r->viewer->network, v->code, today, from,
	    until, person);
	put_text(m, "older", NULL);
	if (rows.set.n > PAGE_ROWS) {
		const struct line *last = line_at(&rows, PAGE_ROWS - 1);

		rows.set.n = PAGE_ROWS;
		put_cursor(r, m, "older", ((int64_t)last->last_on <<
		    PERSON_BITS) + last->patient_id);
	}
	put_lines(r, m, &rows);
}

int
due_town(struct req *r, struct model *m)
{
	const struct schedule *s = schedule_now();
	const struct ref *clinic = in_ref(r, "clinic");
	const struct clinic_rows *clinics;
	struct line_rows rows;
	struct head h;
	int set, overdue = in_boolean(r, "overdue");
	int64_t number = in_integer(r, "vaccine", &set);

	if (number >= (int64_t)s->vaccines)
		return refuse_input(r, "vaccine", "not_a_choice");
	head_read(r, &h);
	put_pass(m, h.pass);
	put_counts(r, m, &h.counts);
	put_i64(m, "vaccine", number);
	put_text(m, "vaccine_name", name_of(r, s->vaccine[number].code));
	put_bool(m, "overdue", overdue);
	clinics = &h.clinics;
	put_rows(m, "clinics", &clinics->set);
	put_text(m, "clinic", NULL);
	put_text(m, "older", NULL);
	if (clinic == NULL) {
		put_town(r, m, &s->vaccine[number], overdue);
		return 200;
	}
	for (size_t i = 0; i < clinics->set.n; i++)
		if (ref_same(clinic_at(clinics, i)->id, clinic)) {
			put_text(m, "clinic", clinic_at(clinics, i)->name);
			pass_of_clinic(r->db, &rows, r->viewer->network,
			    clinic_at(clinics, i)->office_id,
			    date_of(r->now));
			put_lines(r, m, &rows);
			return 200;
		}
	return refuse_input(r, "clinic", "not_a_choice");
}
