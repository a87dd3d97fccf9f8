/* What a session may do besides working: end, lock, reopen. */
#include "identity.h"

#include "identity_sql.h"
#include "viewer.h"

struct db_bytes
session_name(struct req *r)
{
	const char *cookie = req_session(r);
	unsigned char *name = arena_take(r->mem, SHA256_BYTES);

	seal_sha256(cookie, strlen(cookie), name);
	return (struct db_bytes){ name, SHA256_BYTES };
}

int
home(struct req *r, struct model *m)
{
	(void)m;
	/* Who comes to those who cannot speak has no patients of her own. */
	req_then(r, viewer_has_one(r->viewer, "crew,dispatcher") ?
	    "/emergency" : "/patients");
	return 303;
}

int
sign_out(struct req *r, struct model *m)
{
	struct db_bytes session = session_name(r);

	(void)m;
	identity_end_session(r->db, session, r->now);
	req_shut(r, session.p);
	req_set_session(r, NULL);
	return 204;
}

int
unlock_show(struct req *r, struct model *m)
{
	put_text(m, "family", r->viewer->family);
	put_text(m, "given", r->viewer->given);
	put_bool(m, "locked", r->viewer->locked);
	return 200;
}

int
unlock(struct req *r, struct model *m)
{
	struct db_bytes name = session_name(r);
	const struct pin *p;

	(void)m;
	identity_pin(r->db, &p, r->viewer->user, name);
	if (p != NULL && seal_password_is(in_text(r, "pin"), p->pin_hash)) {
		identity_right_pin(r->db, name, r->now);
		return 204;
	}
	identity_wrong_pin(r->db, name, r->now, PIN_FAILURES);
	req_keep(r);
	return refuse_input(r, "pin", "wrong_pin");
}
