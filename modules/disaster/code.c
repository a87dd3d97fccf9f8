/* A relative asks about one person with a one-time code: no name, no list, no signing in. */
#include "code_sql.h"
#include "incident.h"
#include "one_time.h"
#include "register.h"
#include "viewer.h"

enum { CODE_HOURS = 24 };

/* Whoever sees her gives it out, once she is sure who asks. */
int
code_give(struct req *r, struct model *m)
{
	const struct person *p;
	const char *code = one_time_draw(r);
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
	one_time_put(r, m, code, until);
	return 200;
}

int
code_ask(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 200;
}

int
code_answer(struct req *r, struct model *m)
{
	const char *code = one_time_read(r, in_text(r, "code"));
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
