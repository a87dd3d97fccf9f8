/* The list that a nurse opens in her car, and the search in it. */
#include "patient.h"

#include "age.h"
#include "kana.h"
#include "patient_sql.h"
#include "profession.h"
#include "viewer.h"
#include "wareki.h"

enum {
	VISITS_MAX = 30,	/* of one day */
	OPENED_MAX = 5,
	LISTED_MAX = AUDIT_SUBJECTS_MAX - VISITS_MAX - OPENED_MAX
};

/* Own patients and those stood in for are two arrays: she must not mix them. */
static void
put_list(struct req *r, struct model *m, struct listed_rows *rows)
{
	struct db_set own = rows->set, others = rows->set;
	char era[WAREKI_BOTH];
	int medical = (profession_rights(r->viewer->professions) & RIGHT_VIEW) != 0;

	own.n = 0;
	for (size_t i = 0; i < rows->set.n; i++) {
		struct listed *p = listed_edit(rows, i);

		if (!medical)
			p->immunized_on.set = 0;
		p->age = age_on(p->birth_date, date_of(r->now));
		p->birth_era = arena_text(r->mem,
		    wareki_both(p->birth_date, era));
		own.n += !p->stand_in;	/* sorted: own ones come first */
		req_audit_subject(r, p->patient_key);
	}
	others.rows = listed_at(rows, own.n);
	others.n = rows->set.n - own.n;
	put_rows(m, "patients", &own);
	put_rows(m, "stand_in_patients", &others);
}

/* Where she goes today; what is over stands there still, for what is to be written. */
static void
put_visits(struct req *r, struct model *m)
{
	civil_date today = date_of(r->now);
	struct visit_rows rows;

	patient_visits(r->db, &rows, r->viewer->user, r->viewer->office,
	    instant_of(today), instant_of(today + 1), VISITS_MAX);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct visit *v = visit_edit(&rows, i);

		v->over = v->ends_at < r->now;
		req_audit_subject(r, v->patient_key);
	}
	put_rows(m, "visits", &rows.set);
}

static void
put_opened(struct req *r, struct model *m)
{
	struct opened_rows rows;

	patient_opened(r->db, &rows, r->viewer->user, r->viewer->office,
	    r->viewer->on_duty, OPENED_MAX);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, opened_at(&rows, i)->patient_key);
	put_rows(m, "opened_patients", &rows.set);
}

int
patients_list(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct listed_rows rows;

	patient_list(r->db, &rows, v->user, v->office, v->on_duty,
	    LISTED_MAX + 1);
	put_bool(m, "more", rows.set.n > LISTED_MAX);
	if (rows.set.n > LISTED_MAX)
		rows.set.n = LISTED_MAX;
	put_list(r, m, &rows);
	put_visits(r, m);
	put_opened(r, m);
	put_text(m, "q", NULL);
	return 200;
}

/* The first string that does not start with `prefix`: its last byte plus one. */
static const char *
after_prefix(struct req *r, const char *prefix)
{
	char *end = arena_text(r->mem, prefix);

	end[strlen(end) - 1]++;		/* UTF-8's last byte is below 0xff */
	return end;
}

static const char *
insured_number(struct req *r, const char *q)
{
	size_t n = strlen(q);

	if (n != 10 || strspn(q, "H0123456789") != n)
		return NULL;
	return arena_text(r->mem, q);
}

int
patients_search(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	const char *q = in_text(r, "q"), *kana = NULL, *written;
	struct db_maybe born = { 0, 0 };
	struct listed_rows rows;
	char folded[256];
	civil_date day;

	if (kana_fold(q, folded, sizeof folded) == 0 && folded[0] != '\0')
		kana = folded;
	if (wareki_parse(q, &day) == 0)
		born = (struct db_maybe){ 1, day };
	written = strpbrk(q, "0123456789") == NULL ? q : NULL;
	patient_search(r->db, &rows, v->user, v->office, v->on_duty, kana,
	    kana == NULL ? NULL : after_prefix(r, kana), written, born,
	    insured_number(r, q));
	put_list(r, m, &rows);
	put_items(m, "visits");
	put_items(m, "opened_patients");
	put_bool(m, "more", 0);
	put_text(m, "q", q);
	return 200;
}
