/* Registering a patient: first whether she is here already, then adding her. */
#include "team.h"

#include "code.h"
#include "kana.h"
#include "nfkc.h"
#include "registration.h"
#include "viewer.h"
#include "wareki.h"

#include <string.h>

enum { NUMBER_MAX = 40, OLDEST_YEARS = 130 };

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
stands(const char *typed, const char *stood)
{
	return stood != NULL && strcmp(typed, stood) == 0;
}

static int
read_numbers(struct req *r, struct person *p)
{
	const char *insurer = in_text(r, "insurer_number");
	const char *insured = in_text(r, "insured_number");
	struct insurer_number a;
	struct insured_number b;

	if (insurer != NULL && *insurer != '\0') {
		p->insurer = stands(insurer, p->stood_insurer) ?
		    p->stood_insurer : narrow(r, insurer);
		if (p->insurer == NULL || (p->insurer != p->stood_insurer &&
		    insurer_number_parse(p->insurer, &a) != 0))
			return refuse_input(r, "insurer_number", "check_digit");
	}
	if (insured == NULL || *insured == '\0')
		return 0;
	p->insured = stands(insured, p->stood_insured) ? p->stood_insured :
	    narrow(r, insured);
	if (p->insured == NULL || (p->insured != p->stood_insured &&
	    insured_number_parse(p->insured, &b) != 0))
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

int
registration_read(struct req *r, struct person *p)
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

size_t
registration_doubles(struct req *r, const struct person *p, int64_t self,
    struct alike_rows *rows)
{
	const struct viewer *v = r->viewer;

	registration_alike(r->db, rows, v->network, v->user, v->office,
	    p->kana, p->family, p->given, p->birth, p->insured, self);
	for (size_t i = 0; i < rows->set.n; i++)
		req_audit_subject(r, alike_at(rows, i)->patient_key);
	return rows->set.n;
}

void
registration_put_typed(struct req *r, struct model *m)
{
	static const char *const names[] = { "family", "given", "kana_family",
	    "kana_given", "sex", "birth_date", "address", "phone",
	    "insurer_number", "insured_number" };

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
	status = registration_read(r, &p);
	if (status != 0)
		return status;
	registration_doubles(r, &p, 0, &rows);
	for (size_t i = 0; i < rows.set.n; i++)
		taken |= alike_at(&rows, i)->same_number;
	put_rows(m, "alike", &rows.set);
	put_bool(m, "taken", taken);
	put_date(m, "born", p.birth);
	registration_put_typed(r, m);
	put_text(m, "care_level", in_text(r, "care_level"));
	return 200;
}

const char *
registration_text(struct req *r, const char *name)
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
	    registration_text(r, "address"), registration_text(r, "phone"), p->insurer,
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
	status = registration_read(r, &p);
	if (status != 0)
		return status;
	if (p.insured != NULL)
		registration_numbered(r->db, &taken, r->viewer->network,
		    p.insurer, p.insured);
	if (taken != NULL)
		return refuse_input(r, "insured_number", "exists");
	if (!in_boolean(r, "anyway") && registration_doubles(r, &p, 0, &rows) > 0)
		return refuse_input(r, "anyway", "confirm");
	add(r, &p);
	put_id(m, r->id);
	return 201;
}
