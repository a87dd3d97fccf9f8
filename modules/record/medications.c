/*
 * A medication notebook's codes beside the list: what is the same, what has
 * changed, what is new, what is missing. Nothing is written before someone has
 * seen the differences.
 */
#include "record.h"

#include "facts_sql.h"
#include "field.h"
#include "jahis.h"
#include "nfkc.h"
#include "profession.h"
#include "record_sql.h"
#include "viewer.h"

/* One line of the comparison. Either side may be missing. */
struct pair {
	const struct jahis_medicine *read;
	const struct held *held;
	const char *state;	/* same changed added missing */
};

struct comparison {
	struct pair *v;
	size_t n;
	size_t missing;
};

/* A name as two writers may have it: NFKC, without blanks. */
static const char *
plain(struct arena *mem, const char *text)
{
	char *p = nfkc_text(mem, text == NULL ? "" : text), *to = p;

	for (const char *from = p; *from != '\0'; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return p;
}

static int
alike(struct arena *mem, const char *a, const char *b)
{
	return strcmp(plain(mem, a), plain(mem, b)) == 0;
}

/* What the notebook does not say cannot differ. */
static int
same_use(struct arena *mem, const struct jahis_medicine *m, const struct held *h)
{
	return (m->dose == NULL || alike(mem, m->dose, h->dose)) &&
	    (m->dosage == NULL || alike(mem, m->dosage, h->dosage));
}

static int
same_medicine(struct arena *mem, const struct jahis_medicine *a,
    const struct jahis_medicine *b)
{
	return alike(mem, a->name, b->name) && alike(mem, a->dose, b->dose) &&
	    alike(mem, a->dosage, b->dosage);
}

static int
is_taken(const struct comparison *c, const struct held *h)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].held == h)
			return 1;
	return 0;
}

/* The same code read twice is one medicine. */
static void
take_read(struct arena *mem, struct comparison *c, const struct jahis *j)
{
	for (size_t i = 0; i < j->n; i++) {
		size_t k = 0;

		while (k < c->n &&
		    !same_medicine(mem, c->v[k].read, &j->medicine[i]))
			k++;
		if (k == c->n)
			c->v[c->n++].read = &j->medicine[i];
	}
}

/* Gives each read medicine the held one of its name; exact ones first. */
static void
match(struct arena *mem, struct comparison *c, const struct held_rows *held,
    int exact)
{
	for (size_t i = 0; i < c->n; i++) {
		struct pair *p = &c->v[i];

		for (size_t k = 0; k < held->set.n && p->held == NULL; k++) {
			const struct held *h = held_at(held, k);

			if (!is_taken(c, h) &&
			    alike(mem, p->read->name, h->name) &&
			    (!exact || same_use(mem, p->read, h)))
				p->held = h;
		}
		if (p->held != NULL && p->state == NULL)
			p->state = exact ? "same" : "changed";
	}
}

static void
compare(struct arena *mem, const struct jahis *j, const struct held_rows *held,
    struct comparison *c)
{
	c->v = arena_take_many(mem, j->n + held->set.n, sizeof *c->v);
	c->n = c->missing = 0;
	take_read(mem, c, j);
	match(mem, c, held, 1);
	match(mem, c, held, 0);
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].state == NULL)
			c->v[i].state = "added";
	for (size_t k = 0; k < held->set.n; k++)
		if (!is_taken(c, held_at(held, k))) {
			c->v[c->n++] = (struct pair){ NULL, held_at(held, k),
			    "missing" };
			c->missing++;
		}
}

static void
put_pair(struct model *m, const struct pair *p)
{
	struct model *o = put_item(m, "medications");
	const struct jahis_medicine *x = p->read;
	const struct held *h = p->held;

	put_text(o, "state", p->state);
	put_text(o, "name", x != NULL ? x->name : h->name);
	put_text(o, "dose", x != NULL ? x->dose : h->dose);
	put_text(o, "dosage", x != NULL ? x->dosage : h->dosage);
	put_text(o, "prescriber", x != NULL ? x->prescriber : h->prescriber);
	put_text(o, "was_dose", x == NULL || h == NULL ? NULL : h->dose);
	put_text(o, "was_dosage", x == NULL || h == NULL ? NULL : h->dosage);
	put_bool(o, "blood_thinner", x != NULL ? x->blood_thinner :
	    h->blood_thinner);
	if (x != NULL && x->has_day)
		put_date(o, "dispensed_on", x->dispensed_on);
	else
		put_text(o, "dispensed_on", NULL);
}

static const char *
fault_word(enum jahis_fault fault)
{
	static const char *const words[] = {
		[JAHIS_OK] = NULL, [JAHIS_NOT_ONE] = "not_one",
		[JAHIS_MIXED] = "mixed", [JAHIS_MISSING] = "missing",
		[JAHIS_NOTHING] = "nothing", [JAHIS_TOO_MANY] = "too_many"
	};

	return words[fault];
}

/* A notebook of somebody else, by the day of birth; without one, unknown. */
static int
other_person(const struct req *r, const struct jahis *j)
{
	return j->has_birth && j->birth != r->viewer->strip->birth_date;
}

int
medications_read(struct req *r, struct model *m)
{
	const struct jahis *j = jahis_read(r->mem, in_text(r, "codes"));
	struct comparison c = { 0 };
	struct held_rows held;

	if (!record_may(r, RIGHT_MEDICAL))
		return 403;
	put_items(m, "medications");
	facts_held_medications(r->db, &held, viewer_patient(r));
	if (j->fault == JAHIS_OK)
		compare(r->mem, j, &held, &c);
	for (size_t i = 0; i < c.n; i++)
		put_pair(m, &c.v[i]);
	put_text(m, "fault", fault_word(j->fault));
	put_i64(m, "parts", j->parts);
	put_i64(m, "missing_part", j->missing);
	put_i64(m, "missing", (int64_t)c.missing);
	put_bool(m, "other_person", j->fault == JAHIS_OK && other_person(r, j));
	put_text(m, "name", j->name);
	put_text(m, "codes", in_text(r, "codes"));
	return 200;
}

static void
add_read(struct req *r, const struct pair *p, const struct ref *id)
{
	const struct jahis_medicine *x = p->read;
	struct db_maybe old = { p->held != NULL, p->held != NULL ?
	    p->held->fact_id : 0 };

	if (p->held != NULL)
		facts_end_medication(r->db, viewer_patient(r), p->held->fact_id,
		    r->viewer->user, record_writer(r), "replaced", r->now);
	facts_add_medication(r->db, viewer_patient(r), id, x->name, x->dose,
	    x->dosage, x->prescriber,
	    (struct db_maybe){ x->has_day, x->dispensed_on },
	    x->blood_thinner || (p->held != NULL && p->held->blood_thinner),
	    x->code, x->code_kind, old, r->viewer->user, record_writer(r),
	    r->viewer->profession, r->now);
	record_changed(r, "medications", old.set ? "corrected" : "added",
	    x->name);
}

static void
end_missing(struct req *r, const struct held *h)
{
	facts_end_medication(r->db, viewer_patient(r), h->fact_id,
	    r->viewer->user, record_writer(r), "ended", r->now);
	record_changed(r, "medications", "ended", h->name);
}

/* The list now stands as the notebook has it. */
static void
confirm_list(struct req *r)
{
	const struct field *f = field_find("medications");
	const struct field_row *was;

	record_field(r->db, &was, viewer_patient(r), f->name);
	field_note(r, f, "present", NULL, was == NULL ? 0 : was->field_id);
}

int
medications_import(struct req *r, struct model *m)
{
	const struct jahis *j = jahis_read(r->mem, in_text(r, "codes"));
	int ends = strcmp(in_text(r, "missing"), "end") == 0;
	struct comparison c;
	struct held_rows held;

	if (!record_may(r, RIGHT_MEDICAL))
		return 403;
	if (j->fault != JAHIS_OK)
		return refuse_input(r, "codes", "malformed");
	if (other_person(r, j))
		return 409;
	facts_held_medications(r->db, &held, viewer_patient(r));
	compare(r->mem, j, &held, &c);
	for (size_t i = 0; i < c.n; i++) {
		const struct pair *p = &c.v[i];

		if (strcmp(p->state, "missing") == 0 && ends)
			end_missing(r, p->held);
		else if (strcmp(p->state, "changed") == 0 ||
		    strcmp(p->state, "added") == 0)
			add_read(r, p, req_ref(r, 2 + (int)i));
	}
	if (c.missing == 0 || ends)
		confirm_list(r);
	put_i64(m, "missing", (int64_t)c.missing);
	return 201;
}
