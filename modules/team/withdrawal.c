/*
 * Withdrawing a consent: first who will stop seeing what, by name, then doing
 * it. Nothing is deleted, nothing that was seen is unseen; the next request of
 * whoever it concerns finds the page closed.
 */
#include "team.h"

#include "consent_sql.h"
#include "episode_sql.h"
#include "profession.h"
#include "team_sql.h"
#include "viewer.h"

#include <string.h>

enum { ROLES_MAX = 2 };

/*
 * Whose office makes them readers for a purpose, besides the team. The town's own
 * register and plans rest on the law (災害対策基本法49条の10, 49条の14): whoever
 * reads them does so without asking for a consent, and stops at none.
 */
static const struct {
	const char *purpose, *roles[ROLES_MAX];
} readers[] = {
	{ "emergency", { "crew", "dispatcher" } },
	{ NULL, { NULL } }
};

/* What ends with a consent. */
struct loss {
	struct loser_rows people;
	int ends_page;		/* no consent to share with the team is left */
	int ends_wide;		/* none to share beyond the network */
};

static void
find_loss(struct req *r, const struct managed_patient *p,
    const struct found *c, struct loss *l)
{
	const struct others *others;

	memset(l, 0, sizeof *l);
	if (!c->in_force)
		return;
	consent_others(r->db, &others, p->patient_id, c->consent_id,
	    c->purpose, c->disease_network_id, date_of(r->now));
	if (others == NULL)
		return;
	if (strcmp(c->purpose, "share_team") == 0) {
		l->ends_page = others->team == 0;
		consent_team_losers(r->db, &l->people, p->patient_id,
		    l->ends_page, l->ends_page ||
		    (c->officer && others->officers == 0));
	} else if (strcmp(c->purpose, "share_wide_area") == 0) {
		l->ends_wide = others->team == 0;
		if (l->ends_wide)
			consent_wide_losers(r->db, &l->people, p->patient_id,
			    p->network_id);
	} else if (strcmp(c->purpose, "disaster_peacetime_supply") == 0) {
		if (others->team == 0)
			consent_supply_losers(r->db, &l->people, p->patient_id);
	} else if (c->disease_network_id.set && others->team == 0) {
		consent_disease_losers(r->db, &l->people, p->patient_id,
		    c->disease_network_id.v);
	}
	for (size_t i = 0; i < l->people.set.n; i++) {
		struct loser *x = loser_edit(&l->people, i);

		x->profession = profession_name(x->profession_code);
	}
}

static void
put_readers(struct req *r, struct model *m, const char *purpose,
    int64_t network)
{
	put_items(m, "readers");
	for (size_t i = 0; readers[i].purpose != NULL; i++)
		for (size_t k = 0; k < ROLES_MAX; k++) {
			struct reader_rows rows;
			struct model *item;

			if (strcmp(readers[i].purpose, purpose) != 0 ||
			    readers[i].roles[k] == NULL)
				continue;
			item = put_item(m, "readers");
			put_text(item, "role", readers[i].roles[k]);
			consent_readers_of_role(r->db, &rows, network,
			    readers[i].roles[k]);
			put_rows(item, "offices", &rows.set);
		}
}

int
withdrawal_preview(struct req *r, struct model *m)
{
	const struct managed_patient *p;
	const struct found *c = consent_of(r, &p);
	struct loss l;

	if (c == NULL)
		return 404;
	find_loss(r, p, c, &l);
	managed_put(r, m, p);
	put_row(m, "consent", &consent_found_row, c);
	put_rows(m, "losers", &l.people.set);
	put_i64(m, "people", (int64_t)l.people.set.n);
	put_bool(m, "ends_page", l.ends_page);
	put_readers(r, m, c->purpose, p->network_id);
	return 200;
}

static const char *
effect_of(struct req *r, const struct loss *l)
{
	if (l->people.set.n == 0)
		return "この目的での利用を終えました";
	return arena_printf(r->mem, "%zu人が見られなくなりました",
	    l->people.set.n);
}

static void
take_effect(struct req *r, const struct managed_patient *p,
    const struct loss *l)
{
	if (l->ends_page)
		episode_close(r->db, p->patient_id, p->network_id,
		    "consent_withdrawn", r->now, r->viewer->user);
	else if (l->ends_wide)
		consent_leave_wide(r->db, p->patient_id, p->network_id, r->now,
		    r->viewer->user, "consent_withdrawn");
}

/* `people` is how many the preview showed: 409 if it has become untrue. */
int
withdrawal_make(struct req *r, struct model *m)
{
	const struct managed_patient *p;
	const struct found *c = consent_of(r, &p);
	struct loss l;
	int64_t shown;
	int set;

	(void)m;
	if (c == NULL)
		return 404;
	find_loss(r, p, c, &l);
	shown = in_integer(r, "people", &set);
	if (set && shown != (int64_t)l.people.set.n)
		return 409;
	consent_withdraw(r->db, c->consent_id, r->now,
	    in_text(r, "withdrawn_by"), in_text(r, "withdrawn_relation"),
	    r->viewer->user, effect_of(r, &l));
	take_effect(r, p, &l);
	req_shut_at(r, in_path(r, "patient"));
	team_tell(r, "team.consent_withdrawn", p->patient_id, c->id,
	    "同意が取りやめられました", "A consent was withdrawn");
	return 204;
}
