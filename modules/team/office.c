/* What waits for the viewer's office: invitations, hand-overs, drafts. */
#include "team.h"

#include "invitation_sql.h"
#include "profession.h"
#include "team_sql.h"
#include "viewer.h"

static void
put_inbox(struct req *r, struct model *m)
{
	struct inbox_rows inbox;
	struct handed_rows handed;

	invitation_inbox(r->db, &inbox, r->viewer->user, r->viewer->office);
	for (size_t i = 0; i < inbox.set.n; i++)
		req_audit_subject(r, inbox_at(&inbox, i)->patient_key);
	put_rows(m, "invitations", &inbox.set);
	invitation_handed(r->db, &handed, r->viewer->user, r->viewer->office);
	for (size_t i = 0; i < handed.set.n; i++)
		req_audit_subject(r, handed_at(&handed, i)->patient_key);
	put_rows(m, "handovers", &handed.set);
}

int
office_show(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct draft_rows drafts;
	struct left_one_rows left;
	struct colleague_rows colleagues;

	put_inbox(r, m);
	team_drafts(r->db, &drafts, v->user, v->office);
	for (size_t i = 0; i < drafts.set.n; i++)
		req_audit_subject(r, draft_at(&drafts, i)->patient_key);
	put_rows(m, "drafts", &drafts.set);
	team_left_ones(r->db, &left, v->user, v->office, v->office_manager);
	for (size_t i = 0; i < left.set.n; i++)
		req_audit_subject(r, left_one_at(&left, i)->patient_key);
	put_rows(m, "left", &left.set);
	team_colleagues(r->db, &colleagues, 0, v->office);
	for (size_t i = 0; i < colleagues.set.n; i++) {
		struct colleague *x = colleague_edit(&colleagues, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "colleagues", &colleagues.set);
	reminders_put(r, m);
	put_text(m, "office", v->office_name);
	put_bool(m, "officer", viewer_has(v, "officer"));
	return 200;
}
