/*
 * The family's door: the patient or a relative sees who opened her summary, with a code
 * that works once and that somebody of her team gave by mouth. No signing in, no name.
 */
#include "emergency.h"

#include "looked_sql.h"
#include "profession.h"
#include "viewer.h"

enum { CODE_DIGITS = 12, CODE_DAYS = 7 };

/* Twelve digits out of a new ref: the same on every try of this request. */
static const char *
draw(struct req *r)
{
	const struct ref *ref = req_ref(r, 0);
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof n; i++)
		n = n << 8 | ref->b[i];
	return arena_printf(r->mem, "%0*llu", CODE_DIGITS,
	    (unsigned long long)(n % 1000000000000));
}

int
look_code_give(struct req *r, struct model *m)
{
	const char *code = draw(r);
	utc_ms until = r->now + CODE_DAYS * DAY_MS;

	looked_put(r->db, r->id, viewer_patient(r), code, in_text(r, "name"),
	    in_text(r, "relation"), in_text(r, "known_by"), r->now,
	    r->viewer->user, writer(r), until);
	put_text(m, "code", arena_printf(r->mem, "%.4s %.4s %.4s", code,
	    code + 4, code + 8));
	put_utc(m, "code_until", until);
	return 200;
}

int
look_ask(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 200;
}

/* The digits of what was typed, or NULL if there are not as many as a code has. */
static const char *
digits_of(struct req *r, const char *typed)
{
	char *out = arena_take(r->mem, CODE_DIGITS + 1);
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ' || *typed == '-')
			continue;
		if (*typed < '0' || *typed > '9' || n == CODE_DIGITS)
			return NULL;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return n == CODE_DIGITS ? out : NULL;
}

int
look_answer(struct req *r, struct model *m)
{
	const char *code = digits_of(r, in_text(r, "code"));
	const struct looker *l = NULL;
	struct look_rows rows;

	if (code != NULL)
		looked_by_code(r->db, &l, code);
	if (l == NULL)
		return refuse_input(r, "code", "malformed");
	looked_use(r->db, l->code, l->patient_id, r->now);
	r->audit->subject = l->patient_id;
	put_text(m, "nickname", l->nickname);
	put_text(m, "town_phone", l->town_phone);
	looked_looks(r->db, &rows, l->patient_id, r->now);
	for (size_t i = 0; i < rows.set.n; i++)
		look_edit(&rows, i)->profession =
		    profession_name(look_at(&rows, i)->profession_code);
	put_rows(m, "looks", &rows.set);
	return 200;
}
