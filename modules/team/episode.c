/* The episode: begun by consent, ended by death, discharge, a move, a word. */
#include "team.h"

#include "age.h"
#include "episode_sql.h"
#include "registration_sql.h"
#include "team_sql.h"
#include "viewer.h"

#include <string.h>

enum { KEEP_YEARS_LEAST = 5, MONTHS = 12 };

void
episode_begin(struct req *r, int64_t patient, int64_t network)
{
	const struct officers *o;

	/* Who still writes after an earlier one has to be asked again. */
	episode_leave_all(r->db, patient, r->now, r->viewer->user, "end");
	episode_open(r->db, req_ref(r, 0), patient, r->now);
	episode_officers(r->db, &o, network);
	if (o != NULL && o->office_id.set)
		episode_join(r->db, req_ref(r, 1), patient, o->office_id.v, 0,
		    "officer", r->now, r->viewer->user);
	team_tell(r, "team.episode_opened", patient, req_ref(r, 0),
	    "支援が始まりました", "Care began");
}

/* The first day on which what was written may be deleted. */
static struct db_maybe
keep_until(struct req *r, int64_t network, civil_date ended)
{
	const struct network *n;
	int years = KEEP_YEARS_LEAST;

	registration_network(r->db, &n, network);
	if (n != NULL && n->keep_years > years)
		years = (int)n->keep_years;
	return (struct db_maybe){ 1, add_months(ended, years * MONTHS) + 1 };
}

void
episode_close(struct req *r, int64_t patient, const char *reason)
{
	const struct episode *last;
	int64_t viewer = r->viewer->user;

	episode_latest(r->db, &last, patient, r->now);
	if (last != NULL && !last->ended_at.set)
		episode_end_episode(r->db, last->episode_id, r->now, viewer,
		    reason, r->now, keep_until(r, r->viewer->network,
		    date_of(r->now)));
	episode_leave_all(r->db, patient, r->now, viewer, reason);
	episode_cancel_invitations(r->db, patient, r->now, viewer);
	episode_cancel_handovers(r->db, patient, r->now, viewer);
}

static void
note_whereabouts(struct req *r, int64_t patient, const char *reason,
    civil_date on)
{
	const struct viewer *v = r->viewer;

	if (strcmp(reason, "discharge") != 0)
		episode_set_whereabouts(r->db, patient, r->id, reason, on,
		    v->user, arena_printf(r->mem, "%s %s", v->family,
		    v->given), v->profession, r->now);
}

/* Thirty whole days after the last one, then nobody sees the page. */
static utc_ms
closing(civil_date ended_on)
{
	return instant_of(ended_on + 1 + WRITING_DAYS);
}

int
episode_end(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const char *reason = in_text(r, "reason");
	const struct episode *last;
	civil_date on;
	int set;

	(void)m;
	if (p == NULL)
		return 404;
	on = in_date(r, "ended_on", &set);
	if (on > date_of(r->now))
		return refuse_input(r, "ended_on", "in_future");
	episode_latest(r->db, &last, p->patient_id, r->now);
	if (last == NULL || last->ended_at.set)
		return 409;
	if (on < date_of(last->opened_at))
		return refuse_input(r, "ended_on", "out_of_range");
	episode_end_episode(r->db, last->episode_id, r->now, r->viewer->user,
	    reason, closing(on), keep_until(r, p->network_id, on));
	episode_cancel_invitations(r->db, p->patient_id, r->now,
	    r->viewer->user);
	note_whereabouts(r, p->patient_id, reason, on);
	team_tell(r, "team.episode_ended", p->patient_id, last->id,
	    "支援が終わりました。30日のあいだ、チームは書き足せます",
	    "Care ended. The team can write for 30 days");
	return 204;
}

int
episode_undo(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const struct episode *last;

	(void)m;
	if (p == NULL)
		return 404;
	episode_latest(r->db, &last, p->patient_id, r->now);
	if (last == NULL || !last->ended_at.set)
		return 409;
	episode_undo_end(r->db, last->episode_id, r->now);
	team_tell(r, "team.episode_opened", p->patient_id, last->id,
	    "終了の記録が取り消されました", "The end was taken back");
	return 204;
}
