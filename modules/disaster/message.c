/* What an officer says to everybody at work in an incident. */
#include "message_sql.h"

#include "incident.h"
#include "notice.h"
#include "register.h"
#include "viewer.h"

/* Drafts are an officer's to see. */
void
messages_put(struct req *r, struct model *m, const struct reach *e)
{
	struct message_rows rows;

	put_items(m, "drafts");
	if (is_officer(r) && e->room->open) {
		message_drafts(r->db, &rows, e->room->incident_id);
		put_rows(m, "drafts", &rows.set);
	}
	message_given(r->db, &rows, e->room->incident_id);
	put_rows(m, "messages", &rows.set);
}

/* Those who are to read it hear that there is something; nobody in a drill. */
static void
tell(struct req *r, const struct reach *e, const char *audience)
{
	struct recipient_rows teams;
	struct manager_rows managers;

	if (e->room->drill)
		return;
	if (strcmp(audience, "offices") == 0) {
		message_managers(r->db, &managers, r->viewer->network);
		for (size_t i = 0; i < managers.set.n; i++)
			notice_user(r->db, manager_at(&managers, i)->user_id,
			    "disaster", r->id, r->request_id, r->now);
		return;
	}
	incident_recipients(r->db, &teams, e->room->incident_id);
	for (size_t i = 0; i < teams.set.n; i++)
		notice_user(r->db, recipient_at(&teams, i)->user_id, "disaster",
		    r->id, r->request_id, r->now);
}

int
message_send(struct req *r, struct model *m)
{
	const struct ref *draft = in_ref(r, "message");
	const char *audience = in_text(r, "audience");
	struct reach e;

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	if (draft != NULL)
		message_give(r->db, draft, e.room->incident_id,
		    in_text(r, "body"), r->now, r->viewer->user, writer(r));
	else
		message_say(r->db, r->id, e.room->incident_id, audience,
		    in_text(r, "body"), r->now, r->viewer->user, writer(r));
	tell(r, &e, audience);
	req_ring(r, e.room->id);
	put_id(m, draft == NULL ? r->id : draft);
	return 201;
}
