/* What a public bulletin makes ready. It proposes, and never opens. */
#include "incident.h"

#include "message_sql.h"
#include "notice.h"

static void
propose(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	struct officer_rows rows;

	incident_propose(db, e->ref, now, now - PROPOSED_HOURS * HOUR_MS);
	message_draft(db, 0, e->ref, NULL, now);
	incident_proposed(db, &rows, e->ref, now);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(db, officer_at(&rows, i)->user_id, "disaster",
		    officer_at(&rows, i)->incident, id, now);
}

static void
withdraw(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	(void)id;
	incident_withdraw(db, e->ref, now);
}

const struct reaction disaster_reactions[] = {
	{ "bulletin.issued", propose },
	{ "bulletin.updated", propose },
	{ "bulletin.retracted", withdraw },
	{ "disaster.answered", asking_take, asking_rings },
	{ NULL, NULL, NULL }
};
