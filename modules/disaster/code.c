/* A relative asks about one person with a one-time code: no name, no list, no signing in. */
#include "code_sql.h"
#include "incident.h"
#include "register.h"
#include "viewer.h"

enum {
	CODE_DIGITS = 12,
	CODE_HOURS = 24
};

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

/* Whoever sees her gives it out, once she is sure who asks. */
int
code_give(struct req *r, struct model *m)
{
	const struct person *p;
	const char *code = draw(r);
	struct reach e;
	utc_ms until;

	if (incident_enter(r, &e, 1) != 0 ||
	    (p = person_find(r, &e, in_path(r, "person"))) == NULL)
		return 404;
	until = r->now + CODE_HOURS * HOUR_MS;
	if (until > e.room->until.v)
		until = e.room->until.v;
	code_put(r->db, r->id, p->patient_id, e.room->incident_id, code,
	    in_text(r, "name"), in_text(r, "relation"), in_text(r, "known_by"),
	    r->now, r->viewer->user, writer(r), until);
	incident_put(r, m, &e);
	put_ref(m, "person", in_path(r, "person"));
	put_text(m, "code", arena_printf(r->mem, "%.4s %.4s %.4s", code,
	    code + 4, code + 8));
	put_utc(m, "code_until", until);
	return 200;
}

int
code_ask(struct req *r, struct model *m)
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
code_answer(struct req *r, struct model *m)
{
	const char *code = digits_of(r, in_text(r, "code"));
	const struct opened *o = NULL;

	if (code != NULL)
		code_by_code(r->db, &o, code);
	if (o == NULL)
		return refuse_input(r, "code", "malformed");
	code_use(r->db, o->code, o->patient_id, r->now);
	r->audit->subject = o->patient_id;
	put_row(m, "opened", &code_opened_row, o);
	return 200;
}
