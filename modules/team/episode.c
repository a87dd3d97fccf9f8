/* The episode: begun by consent, ended by death, discharge, a move, a word. */
#include "team.h"

#include "age.h"
#include "consent_sql.h"
#include "episode_sql.h"
#include "registration_sql.h"
#include "team_sql.h"
#include "viewer.h"

#include <string.h>

enum { KEEP_YEARS_LEAST = 5, MONTHS = 12, LAPSED_AT_ONCE = 50 };

/* As db/care/0090-consent-end.sql has it. */
#define DISEASE_EARLIER_MS (2 * MINUTE_MS)

void
episode_begin(struct req *r, int64_t patient, int64_t network, int n)
{
	const struct officers *o;

	/* Who still writes after an earlier one has to be asked again. */
	episode_leave_all(r->db, patient, r->now, r->viewer->user, "end");
	episode_open(r->db, req_ref(r, n), patient, r->now);
	episode_officers(r->db, &o, network);
	if (o != NULL && o->office_id.set)
		episode_join(r->db, req_ref(r, n + 1), patient, o->office_id.v, 0,
		    "officer", r->now, r->viewer->user);
	team_tell(r, "team.episode_opened", patient, req_ref(r, n),
	    "支援が始まりました", "Care began");
}

/* The first day on which what was written may be deleted. */
static struct db_maybe
keep_until(struct db *db, int64_t network, civil_date ended)
{
	const struct network *n;
	int years = KEEP_YEARS_LEAST;

	registration_network(db, &n, network);
	if (n != NULL && n->keep_years > years)
		years = (int)n->keep_years;
	return (struct db_maybe){ 1, add_months(ended, years * MONTHS) + 1 };
}

void
episode_close(struct db *db, int64_t patient, int64_t network,
    const char *reason, utc_ms at, int64_t actor)
{
	const struct episode *last;

	episode_latest(db, &last, patient, at);
	if (last != NULL && !last->ended_at.set)
		episode_end_episode(db, last->episode_id, at, actor, reason, at,
		    keep_until(db, network, date_of(at)));
	episode_leave_all(db, patient, at, actor, reason);
	episode_cancel_invitations(db, patient, at, actor);
	episode_cancel_handovers(db, patient, at, actor);
}

/* The strip's, and told to others as the record tells it. */
static void
note_whereabouts(struct req *r, int64_t patient, const char *whereabouts,
    civil_date on, const char *ja, const char *en)
{
	const struct viewer *v = r->viewer;
	const struct ref *id = req_ref(r, 3);
	const struct stay *now;

	episode_stay(r->db, &now, patient);
	if (now != NULL && strcmp(now->whereabouts, whereabouts) == 0)
		return;
	episode_set_whereabouts(r->db, patient, id, whereabouts, on, v->user,
	    arena_printf(r->mem, "%s %s", v->family, v->given),
	    v->profession, r->now);
	team_tell(r, "record.whereabouts_changed", patient, id, ja, en);
}

static int
is_gone(const char *whereabouts)
{
	return strcmp(whereabouts, "deceased") == 0 ||
	    strcmp(whereabouts, "moved") == 0;
}

/* Thirty whole days after the last one, then nobody sees the page. */
static utc_ms
closing(civil_date ended_on)
{
	return instant_of(ended_on + 1 + WRITING_DAYS);
}

static void
finish(struct db *db, const struct episode *last, int64_t patient,
    int64_t network, const char *reason, civil_date on, utc_ms now,
    int64_t actor)
{
	episode_end_episode(db, last->episode_id, now, actor, reason,
	    closing(on), keep_until(db, network, on));
	episode_cancel_invitations(db, patient, now, actor);
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
	finish(r->db, last, p->patient_id, p->network_id, reason, on, r->now,
	    r->viewer->user);
	if (is_gone(reason))
		note_whereabouts(r, p->patient_id, reason, on,
		    strcmp(reason, "moved") == 0 ? "転出しました" :
		    "亡くなりました", strcmp(reason, "moved") == 0 ?
		    "Moved away" : "Has died");
	team_tell(r, "team.episode_ended", p->patient_id, last->id,
	    "支援が終わりました。30日のあいだ、チームは書き足せます",
	    "Care ended. The team can write for 30 days");
	return 204;
}

/* A death that was none leaves no trace on the strip either. */
static void
back_where_she_was(struct req *r, int64_t patient, civil_date opened)
{
	const struct stay *now;
	const struct move *was;

	episode_stay(r->db, &now, patient);
	if (now == NULL || !is_gone(now->whereabouts))
		return;
	episode_before(r->db, &was, patient);
	note_whereabouts(r, patient, was == NULL ? "home" : was->whereabouts,
	    was == NULL ? opened : was->since_on,
	    "居所の記録が元に戻されました", "The whereabouts were set back");
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
	if (last->end_reason != NULL && is_gone(last->end_reason))
		back_where_she_was(r, p->patient_id, date_of(last->opened_at));
	team_tell(r, "team.episode_opened", p->patient_id, last->id,
	    "終了の記録が取り消されました", "The end was taken back");
	return 204;
}

/* ---- what ends without anybody's pressing here ---- */

static void
tell(struct db *db, const struct event *cause, const char *topic,
    const struct ref *about, const char *ja, const char *en)
{
	const struct event e = { .topic = topic, .patient = cause->patient,
	    .ref = about, .actor = cause->actor, .at = cause->at,
	    .sentence_ja = ja, .sentence_en = en };

	event_publish(db, &e);
}

void
episode_follow(struct db *db, const struct event *e, const struct ref *id,
    utc_ms now)
{
	const struct episode *last;
	const struct stay *stay;
	const struct move *to;

	(void)id;
	episode_move(db, &to, e->patient, e->ref);
	episode_stay(db, &stay, e->patient);
	episode_latest(db, &last, e->patient, now);
	if (to == NULL || stay == NULL || last == NULL)
		return;
	if (is_gone(to->whereabouts) && !last->ended_at.set) {
		civil_date opened = date_of(last->opened_at);

		finish(db, last, e->patient, stay->network_id, to->whereabouts,
		    to->since_on < opened ? opened : to->since_on, now,
		    e->actor);
		tell(db, e, "team.episode_ended", last->id,
		    "支援が終わりました。30日のあいだ、チームは書き足せます",
		    "Care ended. The team can write for 30 days");
	} else if (!is_gone(to->whereabouts) && last->ended_at.set &&
	    !last->closed && is_gone(last->end_reason)) {
		episode_undo_end(db, last->episode_id, now);
		tell(db, e, "team.episode_opened", last->id,
		    "終了の記録が取り消されました", "The end was taken back");
	}
}

static void
tell_expired(struct db *db, const struct lapsed *l)
{
	const struct event none = { .patient = l->patient_id, .at = l->until };
	const struct episode *last;

	episode_latest(db, &last, l->patient_id, l->until);
	if (last != NULL)
		tell(db, &none, "team.consent_expired", last->id,
		    "同意の期限が切れました", "A consent has run out");
}

/* Networks for a disease: more than tidy_seconds before the day is over. */
static size_t
lapse_diseases(struct db *db, struct db_maybe of, utc_ms now)
{
	struct lapsed_rows rows;

	episode_lapsed_disease(db, &rows, of, now + DISEASE_EARLIER_MS,
	    LAPSED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct lapsed *l = lapsed_at(&rows, i);

		episode_lapse_disease(db, l->patient_id,
		    now + DISEASE_EARLIER_MS);
		tell_expired(db, l);
	}
	return rows.set.n;
}

size_t
episode_lapse(struct db *db, const int64_t *patient, utc_ms now)
{
	const struct db_maybe of = { patient != NULL,
	    patient == NULL ? 0 : *patient };
	struct lapsed_rows rows, wide;

	episode_lapsed(db, &rows, of, now, LAPSED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct lapsed *l = lapsed_at(&rows, i);

		episode_close(db, l->patient_id, l->network_id,
		    "consent_expired", l->until, 0);
		tell_expired(db, l);
	}
	episode_lapsed_wide(db, &wide, of, now, LAPSED_AT_ONCE);
	for (size_t i = 0; i < wide.set.n; i++) {
		const struct lapsed *l = lapsed_at(&wide, i);

		consent_leave_wide(db, l->patient_id, l->network_id, l->until,
		    0, "consent_expired");
		tell_expired(db, l);
	}
	return rows.set.n + wide.set.n + lapse_diseases(db, of, now);
}
