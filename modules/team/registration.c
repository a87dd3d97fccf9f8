/* Registering a patient: first whether she is here already, then adding her. */
#include "team.h"

#include "code.h"
#include "kana.h"
#include "nfkc.h"
#include "registration_sql.h"
#include "viewer.h"
#include "wareki.h"

#include <string.h>

enum { NUMBER_MAX = 40, FOLDED_BYTES = 512, OLDEST_YEARS = 130 };

/* What was typed, as it is stored and compared. */
struct person {
	civil_date birth;
	const char *insurer, *insured;	/* NULL: none given */
	char kana[FOLDED_BYTES], family[FOLDED_BYTES], given[FOLDED_BYTES];
};

/* Digits and letters of a number as ASCII, however wide; NULL if it has others. */
static const char *
narrow(struct req *r, const char *text)
{
	int32_t point[NUMBER_MAX];
	int n = nfkc_points(text, point, NUMBER_MAX), used = 0;
	char *out = arena_take(r->mem, NUMBER_MAX + 1);

	for (int i = 0; i < n; i++) {
		if (point[i] == ' ' || point[i] == '-')
			continue;
		if (point[i] < '0' || point[i] > 'z')
			return NULL;
		out[used++] = (char)(point[i] == 'h' ? 'H' : point[i]);
	}
	return n < 0 ? NULL : out;
}

static int
read_numbers(struct req *r, struct person *p)
{
	const char *insurer = in_text(r, "insurer_number");
	const char *insured = in_text(r, "insured_number");
	struct insurer_number a;
	struct insured_number b;

	if (insurer != NULL && *insurer != '\0') {
		p->insurer = narrow(r, insurer);
		if (p->insurer == NULL ||
		    insurer_number_parse(p->insurer, &a) != 0)
			return refuse_input(r, "insurer_number", "check_digit");
	}
	if (insured == NULL || *insured == '\0')
		return 0;
	p->insured = narrow(r, insured);
	if (p->insured == NULL || insured_number_parse(p->insured, &b) != 0)
		return refuse_input(r, "insured_number", "malformed");
	if (p->insurer == NULL)
		return refuse_input(r, "insurer_number", "missing");
	return 0;
}

static int
fold(const char *text, char out[FOLDED_BYTES])
{
	return kana_fold(text, out, FOLDED_BYTES) == 0 && out[0] != '\0';
}

/* 0, or the status after refusing an input. */
static int
read_person(struct req *r, struct person *p)
{
	const char *family = in_text(r, "kana_family");
	const char *given = in_text(r, "kana_given");
	civil_date today = date_of(r->now);

	if (!fold(family, p->family))
		return refuse_input(r, "kana_family", "malformed");
	if (!fold(given, p->given))
		return refuse_input(r, "kana_given", "malformed");
	if (!fold(arena_printf(r->mem, "%s%s", family, given), p->kana))
		return refuse_input(r, "kana_family", "too_long");
	if (wareki_parse(in_text(r, "birth_date"), &p->birth) != 0)
		return refuse_input(r, "birth_date", "malformed");
	if (p->birth > today || p->birth < today - OLDEST_YEARS * 366)
		return refuse_input(r, "birth_date", "out_of_range");
	return read_numbers(r, p);
}

static int
may_register(struct req *r)
{
	const struct network *n;

	registration_network(r->db, &n, r->viewer->network);
	return n != NULL && (strcmp(n->registers, "office") == 0 ||
	    viewer_has(r->viewer, "officer"));
}

int
registration_show(struct req *r, struct model *m)
{
	if (!may_register(r))
		return 403;
	put_bool(m, "start", 1);
	return 200;
}

static int64_t
find_alike(struct req *r, const struct person *p, struct alike_rows *rows)
{
	const struct viewer *v = r->viewer;

	registration_alike(r->db, rows, v->network, v->user, v->office,
	    p->kana, p->family, p->given, p->birth, p->insured);
	for (size_t i = 0; i < rows->set.n; i++)
		req_audit_subject(r, alike_at(rows, i)->patient_key);
	return (int64_t)rows->set.n;
}

static void
put_typed(struct req *r, struct model *m)
{
	static const char *const names[] = { "family", "given", "kana_family",
	    "kana_given", "sex", "birth_date", "address", "phone",
	    "insurer_number", "insured_number", "care_level" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		put_text(m, names[i], in_text(r, names[i]));
	put_bool(m, "lives_alone", in_boolean(r, "lives_alone"));
}

int
registration_check(struct req *r, struct model *m)
{
	struct person p = { 0 };
	struct alike_rows rows;
	int status, taken = 0;

	if (!may_register(r))
		return 403;
	status = read_person(r, &p);
	if (status != 0)
		return status;
	find_alike(r, &p, &rows);
	for (size_t i = 0; i < rows.set.n; i++)
		taken |= alike_at(&rows, i)->same_number;
	put_rows(m, "alike", &rows.set);
	put_bool(m, "taken", taken);
	put_date(m, "born", p.birth);
	put_typed(r, m);
	return 200;
}

static const char *
text_or_null(struct req *r, const char *name)
{
	const char *text = in_text(r, name);

	return text == NULL || *text == '\0' ? NULL : text;
}

static void
add(struct req *r, const struct person *p)
{
	const struct viewer *v = r->viewer;
	const char *level = in_text(r, "care_level");

	registration_add_patient(r->db, r->id, v->network, in_text(r, "family"),
	    in_text(r, "given"), in_text(r, "kana_family"),
	    in_text(r, "kana_given"), p->kana, in_text(r, "sex"), p->birth,
	    text_or_null(r, "address"), text_or_null(r, "phone"), p->insurer,
	    p->insured, level == NULL ? "none" : level,
	    in_boolean(r, "lives_alone"), v->office, v->user, r->now);
}

/* The same number is the same person; all else needs a second look. */
int
registration_add(struct req *r, struct model *m)
{
	const struct numbered *taken = NULL;
	struct person p = { 0 };
	struct alike_rows rows;
	int status;

	if (!may_register(r))
		return 403;
	status = read_person(r, &p);
	if (status != 0)
		return status;
	if (p.insured != NULL)
		registration_numbered(r->db, &taken, r->viewer->network,
		    p.insurer, p.insured);
	if (taken != NULL)
		return refuse_input(r, "insured_number", "exists");
	if (!in_boolean(r, "anyway") && find_alike(r, &p, &rows) > 0)
		return refuse_input(r, "anyway", "confirm");
	add(r, &p);
	put_id(m, r->id);
	return 201;
}
