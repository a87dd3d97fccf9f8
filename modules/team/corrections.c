/*
 * Correcting who a patient is: first what would change and whether she is then somebody
 * who is here already, then doing it. What it was before stays, with who changed it and why.
 */
#include "team.h"

#include "correction_sql.h"
#include "registration.h"
#include "viewer.h"
#include "wareki.h"

#include <string.h>

enum { FIELDS = 11 };

/* A field as it was and as it is to be; NULL: nothing is known. */
struct change {
	const char *field, *was, *became;
};

static const struct correctable *
find(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct correctable *c;

	correction_find(r->db, &c, in_path(r, "patient"), v->user, v->office,
	    v->network, viewer_has(v, "officer"));
	if (c != NULL)
		r->audit->subject = c->patient_id;
	return c;
}

/* Who she is to be: 0, or a refusal. Numbers that stood there may stay as they are. */
static int
read_person(struct req *r, const struct correctable *c, struct person *p)
{
	*p = (struct person){ .stood_insurer = c->insurer_number,
	    .stood_insured = c->insured_number };
	return registration_read(r, p);
}

static const char *
day_text(struct req *r, civil_date day)
{
	char buf[INSTANT_TEXT];

	return arena_text(r->mem, date_iso(day, buf));
}

static int
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What the inputs would change of her; returns how many. */
static size_t
changes_of(struct req *r, const struct correctable *c, const struct person *p,
    struct change out[FIELDS])
{
	const struct change all[FIELDS] = {
		{ "family", c->family, in_text(r, "family") },
		{ "given", c->given, in_text(r, "given") },
		{ "kana_family", c->kana_family, in_text(r, "kana_family") },
		{ "kana_given", c->kana_given, in_text(r, "kana_given") },
		{ "sex", c->sex, in_text(r, "sex") },
		{ "birth_date", day_text(r, c->birth_date), day_text(r, p->birth) },
		{ "address", c->address, registration_text(r, "address") },
		{ "phone", c->phone, registration_text(r, "phone") },
		{ "insurer_number", c->insurer_number, p->insurer },
		{ "insured_number", c->insured_number, p->insured },
		{ "lives_alone", c->lives_alone ? "1" : "0",
		  in_boolean(r, "lives_alone") ? "1" : "0" },
	};
	size_t n = 0;

	for (size_t i = 0; i < FIELDS; i++)
		if (!same(all[i].was, all[i].became))
			out[n++] = all[i];
	return n;
}

/* Whether one changes by which somebody else might be the same. */
static int
who_changes(const struct change *x, size_t n)
{
	static const char *const by = " kana_family kana_given birth_date "
	    "insurer_number insured_number ";
	int any = 0;

	for (size_t i = 0; i < n; i++)
		any |= strstr(by, x[i].field) != NULL;
	return any;
}

/* What the last correction is that the viewer's form knew of; NULL: none. */
static const struct ref *
newest(const struct corrected_rows *history)
{
	return history->set.n == 0 ? NULL : corrected_at(history, 0)->id;
}

/* Somebody else of the network has that number already. */
static int
number_taken(struct req *r, const struct correctable *c, const struct person *p)
{
	const struct numbered *taken = NULL;

	if (p->insured != NULL)
		registration_numbered(r->db, &taken, c->network_id, p->insurer,
		    p->insured);
	return taken != NULL && taken->patient_id != c->patient_id;
}

int
corrections_find(struct req *r, struct model *m)
{
	const char *day = registration_text(r, "birth_date");
	const char *number = registration_text(r, "insured_number");
	struct db_maybe birth = { 0, 0 };
	struct unmanaged_rows rows;
	civil_date on;

	if (day == NULL && number == NULL)
		return refuse_input(r, "birth_date", "missing");
	if (day != NULL && wareki_parse(day, &on) != 0)
		return refuse_input(r, "birth_date", "malformed");
	if (day != NULL)
		birth = (struct db_maybe){ 1, on };
	correction_unmanaged(r->db, &rows, r->viewer->network, birth, number);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, unmanaged_at(&rows, i)->patient_key);
	put_rows(m, "people", &rows.set);
	return 200;
}

int
corrections_show(struct req *r, struct model *m)
{
	const struct correctable *c = find(r);
	struct corrected_rows history;

	if (c == NULL)
		return 404;
	correction_history(r->db, &history, c->patient_id);
	put_row(m, "person", &correction_correctable_row, c);
	put_rows(m, "corrections", &history.set);
	put_ref(m, "newest", newest(&history));
	return 200;
}

int
corrections_check(struct req *r, struct model *m)
{
	const struct correctable *c = find(r);
	struct alike_rows rows = { { .row = &registration_alike_row } };
	struct change x[FIELDS];
	struct person p;
	size_t n;
	int status;

	if (c == NULL)
		return 404;
	status = read_person(r, c, &p);
	if (status != 0)
		return status;
	n = changes_of(r, c, &p, x);
	put_items(m, "changes");
	for (size_t i = 0; i < n; i++) {
		struct model *o = put_item(m, "changes");

		put_text(o, "field", x[i].field);
		put_text(o, "was", x[i].was);
		put_text(o, "became", x[i].became);
	}
	if (who_changes(x, n))
		(void)registration_doubles(r, &p, c->patient_id, &rows);
	put_rows(m, "alike", &rows.set);
	put_bool(m, "taken", number_taken(r, c, &p));
	put_ref(m, "person_id", c->id);
	registration_put_typed(r, m);
	put_text(m, "reason", in_text(r, "reason"));
	put_ref(m, "was", in_ref(r, "was"));
	return 200;
}

static void
correct(struct req *r, const struct correctable *c, const struct person *p,
    const struct change *x, size_t n)
{
	const struct viewer *v = r->viewer;

	for (size_t i = 0; i < n; i++)
		correction_note(r->db, c->patient_id, r->id, x[i].field,
		    x[i].was, x[i].became, in_text(r, "reason"), r->now,
		    v->user, arena_printf(r->mem, "%s %s", v->family,
		    v->given), v->office_name);
	correction_correct(r->db, c->patient_id, in_text(r, "family"),
	    in_text(r, "given"), in_text(r, "kana_family"),
	    in_text(r, "kana_given"), p->kana, in_text(r, "sex"), p->birth,
	    registration_text(r, "address"), registration_text(r, "phone"),
	    p->insurer, p->insured, in_boolean(r, "lives_alone"));
	team_tell(r, "team.person_corrected", c->patient_id, r->id,
	    "ご本人の情報が直されました", "The person's own data were corrected");
}

/* A form that knew another state than there is changes nothing: 409. */
static int
is_stale(struct req *r, const struct correctable *c)
{
	const struct ref *was = in_ref(r, "was");
	struct corrected_rows history;
	const struct ref *is;

	correction_history(r->db, &history, c->patient_id);
	is = newest(&history);
	return was == NULL || is == NULL ? was != is : !ref_same(was, is);
}

int
corrections_make(struct req *r, struct model *m)
{
	const struct correctable *c = find(r);
	struct alike_rows rows;
	struct change x[FIELDS];
	struct person p;
	size_t n;
	int status;

	if (c == NULL)
		return 404;
	status = read_person(r, c, &p);
	if (status != 0)
		return status;
	if (is_stale(r, c))
		return 409;
	if (number_taken(r, c, &p))
		return refuse_input(r, "insured_number", "exists");
	n = changes_of(r, c, &p, x);
	if (who_changes(x, n) && !in_boolean(r, "anyway") &&
	    registration_doubles(r, &p, c->patient_id, &rows) > 0)
		return refuse_input(r, "anyway", "confirm");
	if (n > 0)
		correct(r, c, &p, x, n);
	put_id(m, r->id);
	return 201;
}
