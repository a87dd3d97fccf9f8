/* Invitations: an office is asked, answers, and the patient has her word. */
#include "team.h"

#include "invitation_sql.h"
#include "notice.h"
#include "team_sql.h"
#include "viewer.h"

/* Mail to who answers for the office; it says nothing of the patient. */
static void
tell_office(struct req *r, int64_t office, const struct ref *cause)
{
	struct spokesman_rows people;

	invitation_spokesmen(r->db, &people, office);
	for (size_t i = 0; i < people.set.n; i++)
		notice_user(r->db, spokesman_at(&people, i)->user_id,
		    "invitation", cause, r->request_id, r->now);
}

int
invitations_make(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const struct office *office;

	if (p == NULL)
		return 404;
	invitation_office(r->db, &office, p->network_id, in_ref(r, "office"));
	if (office == NULL)
		return refuse_input(r, "office", "not_a_choice");
	invitation_invite(r->db, r->id, p->patient_id, office->office_id,
	    in_text(r, "team_role"), in_text(r, "reason"), r->viewer->user,
	    r->now, req_ref(r, 0));
	tell_office(r, office->office_id, req_ref(r, 0));
	put_id(m, r->id);
	return 201;
}

static const struct mine *
find_to_answer(struct req *r)
{
	const struct mine *i;

	invitation_to_answer(r->db, &i, in_path(r, "invitation"),
	    r->viewer->user, r->viewer->office);
	if (i != NULL)
		r->audit->subject = i->patient_id;
	return i;
}

/* The inviting side goes back to its patient's team. */
static const struct mine *
find_to_manage(struct req *r)
{
	const struct mine *i;
	char hex[REF_HEX];

	invitation_to_manage(r->db, &i, in_path(r, "invitation"),
	    r->viewer->user, r->viewer->office);
	if (i == NULL)
		return NULL;
	r->audit->subject = i->patient_id;
	req_then(r, arena_printf(r->mem, "/team/%s", ref_hex(i->patient, hex)));
	return i;
}

/* Both have agreed: the office is of the team from now on. */
static int
join(struct req *r, const struct mine *i, int64_t user)
{
	int status = team_admit(r, i->patient_id, i->office_id, user,
	    i->team_role, req_ref(r, 0));

	if (status != 0)
		return status;
	invitation_finish(r->db, i->invitation_id, "joined", r->now,
	    r->viewer->user, NULL);
	team_tell(r, "team.joined", i->patient_id, req_ref(r, 0),
	    "支援チームに加わりました", "Somebody joined the team");
	return 0;
}

/* Whom the office sends, 0 for all of them. 0, or the status of a refusal. */
static int
read_user(struct req *r, int64_t *user)
{
	const struct staff *colleague;

	*user = in_boolean(r, "whole_office") ? 0 : r->viewer->user;
	if (*user == 0 || in_ref(r, "user") == NULL)
		return 0;
	team_staff(r->db, &colleague, r->viewer->office, in_ref(r, "user"));
	if (colleague == NULL)
		return refuse_input(r, "user", "not_a_choice");
	*user = colleague->user_id;
	return 0;
}

int
invitations_accept(struct req *r, struct model *m)
{
	const struct mine *i = find_to_answer(r);
	int64_t user;
	int status, waits;

	if (i == NULL)
		return 404;
	status = read_user(r, &user);
	if (status != 0)
		return status;
	waits = i->wants_approval && !i->approved;
	invitation_accept(r->db, i->invitation_id, r->now, r->viewer->user,
	    user);
	status = waits ? 0 : join(r, i, user);
	if (status != 0)
		return status;
	put_text(m, "waits_for", waits ? "patient" : NULL);
	return 200;
}

int
invitations_approve(struct req *r, struct model *m)
{
	const struct mine *i = find_to_manage(r);
	civil_date on;
	int set;

	(void)m;
	if (i == NULL)
		return 404;
	on = in_date(r, "approved_on", &set);
	if (on > date_of(r->now))
		return refuse_input(r, "approved_on", "in_future");
	/* She approves who comes, by name: the office says first whom it sends. */
	if (!i->wants_approval || !i->accepted)
		return 409;
	invitation_approve(r->db, i->invitation_id, on,
	    in_text(r, "approved_by"), in_text(r, "approved_relation"));
	if (join(r, i, i->accepted_user) != 0)
		return 409;
	team_approve(r->db, i->patient_id, req_ref(r, 0), on,
	    in_text(r, "approved_by"), in_text(r, "approved_relation"));
	return 204;
}

int
invitations_decline(struct req *r, struct model *m)
{
	const struct mine *i = find_to_answer(r);

	(void)m;
	if (i == NULL)
		return 404;
	invitation_finish(r->db, i->invitation_id, "declined", r->now,
	    r->viewer->user, in_text(r, "reason"));
	return 204;
}

int
invitations_cancel(struct req *r, struct model *m)
{
	const struct mine *i = find_to_manage(r);

	(void)m;
	if (i == NULL)
		return 404;
	invitation_finish(r->db, i->invitation_id, "cancelled", r->now,
	    r->viewer->user, NULL);
	return 204;
}

int
invitations_resend(struct req *r, struct model *m)
{
	const struct mine *i = find_to_manage(r);

	(void)m;
	if (i == NULL)
		return 404;
	invitation_resend(r->db, i->invitation_id, r->now, req_ref(r, 0));
	tell_office(r, i->office_id, req_ref(r, 0));
	return 204;
}
