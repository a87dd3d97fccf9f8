/*
 * On duty: a colleague's patients open, too. So the manager says who may, and
 * whoever begins it shows by her PIN that it is she, not who found her phone.
 */
#include "identity.h"

#include "identity_sql.h"
#include "profession.h"
#include "viewer.h"

/* 0, or the status of a refusal; a wrong PIN counts as one at the lock. */
static int
check_pin(struct req *r)
{
	const char *given = in_text(r, "pin");
	struct db_bytes name = session_name(r);
	const struct pin *p;

	if (given == NULL || *given == '\0')
		return refuse_input(r, "pin", "missing");
	identity_pin(r->db, &p, r->viewer->user, name);
	if (p != NULL && seal_password_is(given, p->pin_hash)) {
		identity_right_pin(r->db, name, r->now);
		return 0;
	}
	identity_wrong_pin(r->db, name, r->now, PIN_FAILURES);
	req_keep(r);
	return refuse_input(r, "pin", "wrong_pin");
}

int
account_duty(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	int begins = in_boolean(r, "on_duty"), status;
	const struct self *self;

	(void)m;
	if (begins && !v->on_duty) {
		identity_self(r->db, &self, v->user, v->office);
		if (self == NULL || !self->may_stand_in)
			return 403;
		status = check_pin(r);
		if (status != 0)
			return status;
	}
	identity_set_duty(r->db, v->user, v->office, begins);
	return 204;
}

int
duty_show(struct req *r, struct model *m)
{
	struct duty_rows rows;

	identity_duties(r->db, &rows, r->viewer->office);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct duty *x = duty_edit(&rows, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "staff", &rows.set);
	put_text(m, "office", r->viewer->office_name);
	return 200;
}

/* Who may not any more is off duty at once. */
int
duty_allow(struct req *r, struct model *m)
{
	const struct on_staff *who;

	(void)m;
	identity_on_staff(r->db, &who, r->viewer->office, in_path(r, "user"));
	if (who == NULL)
		return 404;
	identity_allow_duty(r->db, who->user_id, r->viewer->office,
	    in_boolean(r, "may_stand_in"));
	return 204;
}
