/* Inviting, answering, signing up, and taking one back. */
#include "invitation_sql.h"
#include "meeting.h"
#include "viewer.h"

int
invitations_send(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (strcmp(f->presence, "none") != 0 && !f->consent_at.set)
		return 409;
	status = meeting_ask(r, f->id, meeting_group(f));
	return status == 0 ? 204 : status;
}

/* One "@", no blank, no list, nothing that ends a header. */
static int
is_address(const char *a)
{
	const char *at = strchr(a, '@');

	if (at == NULL || at == a || at[1] == '\0' || a[0] == '-' ||
	    strchr(at + 1, '@') != NULL || strchr(at + 1, '.') == NULL)
		return 0;
	for (; *a != '\0'; a++)
		if (*a <= ' ' || *a >= 0x7f || strchr("<>()[],;:\"\\", *a))
			return 0;
	return 1;
}

int
invitations_guest(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);
	struct db_maybe patient = { 0 };

	if (f == NULL)
		return status;
	if (!is_address(in_text(r, "mail")))
		return refuse_input(r, "mail", "malformed");
	if (strcmp(in_text(r, "guest"), "family") == 0 &&
	    (strcmp(f->presence, "none") == 0 || !f->consent_at.set))
		return refuse_input(r, "guest", "no_consent");
	if (f->ends_at <= r->now)
		return 409;
	patient = (struct db_maybe){ .set = f->patient_key != 0,
	    .v = f->patient_key };
	invitation_add_guest(r->db, r->id, f->meeting, patient,
	    in_text(r, "guest"), in_text(r, "name"), in_text(r, "office"),
	    in_text(r, "mail"), r->viewer->user, r->now);
	if (f->asked)
		status = meeting_ask(r, f->id, GROUP_NONE);
	if (status != 0)
		return status;
	put_id(m, r->id);
	return 201;
}

int
invitations_answer(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (strcmp(f->phase, "scheduled") != 0)
		return 409;
	return invitation_answer(r->db, f->meeting, r->viewer->user,
	    in_text(r, "response"), in_text(r, "note"), r->now) == 0 ?
	    403 : 204;
}

int
invitations_sign_up(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (!f->open_signup)
		return 403;
	if (strcmp(f->phase, "scheduled") != 0)
		return 409;
	if (invitation_come_back(r->db, f->meeting, r->viewer->user, r->now) == 0)
		invitation_add_self(r->db, f->id, r->viewer->user,
		    r->viewer->office, r->now);
	return meeting_ask(r, f->id, GROUP_NONE) == 0 ? 204 : 409;
}

int
invitations_remove(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (f->ends_at <= r->now)
		return 409;	/* who was there stays who was there */
	return invitation_remove(r->db, f->meeting, in_path(r, "invitation"),
	    r->now) == 0 ? 404 : 204;
}
