/* The managing office changes when one offers and the other accepts. */
#include "team.h"

#include "invitation_sql.h"
#include "team_sql.h"
#include "viewer.h"

int
handovers_offer(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const struct office *to;

	if (p == NULL)
		return 404;
	invitation_office(r->db, &to, p->network_id, in_ref(r, "office"));
	if (to == NULL)
		return refuse_input(r, "office", "not_a_choice");
	invitation_offer(r->db, r->id, p->patient_id, r->viewer->office,
	    to->office_id, in_text(r, "reason"), r->viewer->user, r->now);
	put_id(m, r->id);
	return 201;
}

static const struct handover *
find_to_take(struct req *r)
{
	const struct handover *h;

	invitation_to_take(r->db, &h, in_path(r, "handover"), r->viewer->user,
	    r->viewer->office);
	if (h != NULL)
		r->audit->subject = h->patient_id;
	return h;
}

int
handovers_accept(struct req *r, struct model *m)
{
	const struct handover *h = find_to_take(r);

	(void)m;
	if (h == NULL)
		return 404;
	invitation_answer(r->db, h->handover_id, "accepted", r->now,
	    r->viewer->user);
	invitation_manage(r->db, h->patient_id, h->to_office);
	team_tell(r, "team.managed", h->patient_id, in_path(r, "handover"),
	    "管理する事業所が替わりました", "Another office manages the page");
	return 204;
}

int
handovers_decline(struct req *r, struct model *m)
{
	const struct handover *h = find_to_take(r);

	(void)m;
	if (h == NULL)
		return 404;
	invitation_answer(r->db, h->handover_id, "declined", r->now,
	    r->viewer->user);
	return 204;
}

int
handovers_cancel(struct req *r, struct model *m)
{
	const struct handover *h;

	(void)m;
	invitation_to_take_back(r->db, &h, in_path(r, "handover"),
	    r->viewer->user, r->viewer->office);
	if (h == NULL)
		return 404;
	r->audit->subject = h->patient_id;
	invitation_answer(r->db, h->handover_id, "cancelled", r->now,
	    r->viewer->user);
	return 204;
}
