/*
 * The family's door: the patient or a relative sees who opened her summary, with a code
 * that works once and that somebody of her team gave by mouth. No signing in, no name.
 */
#include "emergency.h"

#include "looked_sql.h"
#include "one_time.h"
#include "profession.h"
#include "viewer.h"

enum { CODE_DAYS = 7 };

int
look_code_give(struct req *r, struct model *m)
{
	const char *code = one_time_draw(r);
	utc_ms until = r->now + CODE_DAYS * DAY_MS;

	looked_put(r->db, r->id, viewer_patient(r), code, in_text(r, "name"),
	    in_text(r, "relation"), in_text(r, "known_by"), r->now,
	    r->viewer->user, writer(r), until);
	one_time_put(r, m, code, until);
	return 200;
}

int
look_ask(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 200;
}

int
look_answer(struct req *r, struct model *m)
{
	const char *code = one_time_read(r, in_text(r, "code"));
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
