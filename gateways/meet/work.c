/* A meeting: claim it, bring the provider to it, settle. */
#include "log.h"
#include "provider.h"
#include "seal.h"

#include <stdio.h>
#include <stdlib.h>

enum { BACKOFF_MOST_S = 60, KEY_MAX_BYTES = 64 * 1024 };

const char *
meet_key(struct meet *m, const char *code)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char *text = arena_take(m->mem, KEY_MAX_BYTES + 1);
	size_t n;
	FILE *f;

	if (dir == NULL || strspn(code, "0123456789") != strlen(code))
		return NULL;
	f = fopen(arena_printf(m->mem, "%s/meet_%s", dir, code), "re");
	if (f == NULL)
		return NULL;
	n = fread(text, 1, KEY_MAX_BYTES, f);
	(void)fclose(f);
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	text[n] = '\0';
	return n > 0 ? text : NULL;
}

/* ---- acts ---- */

/* A meeting that nobody wants any more: found out if need be, and taken away. */
static struct meet_result
make_absent(struct meet *m, const struct provider *p, struct due_meeting *d)
{
	struct meet_result r = { .end = MEET_DONE };

	if (!d->begun)
		return r;
	if (d->provider_id == NULL) {
		r = p->create(m, d);
		if (r.end != MEET_DONE)
			return r;
		d->provider_id = r.id;
		d->provider_url = r.url;
	}
	return p->cancel(m, d);
}

static struct meet_result
make_present(struct meet *m, const struct provider *p, struct due_meeting *d)
{
	struct meet_result r = { .end = MEET_DONE };

	if (d->provider_id == NULL) {
		r = p->create(m, d);
		if (r.end != MEET_DONE)
			return r;
		d->provider_id = r.id;
		d->provider_url = r.url;
	} else if (d->done == d->revision && !d->unrecorded) {
		return r;
	}
	r = p->change(m, d);
	if (r.end == MEET_GONE) {	/* somebody took it away there */
		d->provider_id = d->provider_url = NULL;
		r = (struct meet_result){ .end = MEET_AGAIN,
		    .reason = "unavailable" };
	}
	return r;
}

/* Cancelled, never made in time, or over: nobody comes in any more. */
static int
is_unwanted(const struct due_meeting *d)
{
	return d->closed || strcmp(d->state, "cancelled") == 0 ||
	    (strcmp(d->state, "draft") == 0 && d->past);
}

/* ---- settling ---- */

/* Links of those who come, in the transaction that makes the meeting known. */
static void
give_links(struct daemon *g, struct meet *m, const struct provider *p,
    const struct due_meeting *d)
{
	struct invitee_rows rows;

	meet_invitees(g->db, &rows, d->meeting);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct invitee *who = invitee_at(&rows, i);
		const char *url = who->join_url != NULL &&
		    d->done == d->revision && !d->unrecorded ? NULL :
		    p->join(m, d, who);

		if (url != NULL)
			meet_set_join(g->db, who->invitation, url);
	}
}

static void
settle_present(struct daemon *g, struct meet *m, const struct provider *p,
    const struct due_meeting *d)
{
	if (meet_settle_done(g->db, d->meeting, &m->owner, d->attempts,
	    d->revision, d->provider_id, d->provider_url, LINGER_S) != 1)
		return;
	give_links(g, m, p, d);
	meet_tell(g->db, d->meeting, d->done != d->revision);
}

static int64_t
wait_ms(const struct meet *m, const struct due_meeting *d,
    const struct meet_result *r)
{
	int64_t s = 1;
	unsigned char dice;

	if (r->wait_s > 0)
		return r->wait_s * SECOND_MS;
	if (r->end == MEET_REFUSED)
		return m->settings->refused_s * SECOND_MS;
	for (int64_t i = 1; i < d->attempts && s < BACKOFF_MOST_S; i++)
		s *= 2;
	seal_random(&dice, 1);
	s = s < BACKOFF_MOST_S ? s : BACKOFF_MOST_S;
	return s * SECOND_MS + s * SECOND_MS / 5 * dice / 255;
}

static void
settle_again(struct daemon *g, struct meet *m, const struct due_meeting *d,
    const struct meet_result *r)
{
	int64_t unsure = r->end == MEET_UNSURE ?
	    m->settings->quiet_s * SECOND_MS : 0;
	int never = r->end == MEET_REFUSED && !is_unwanted(d) &&
	    strcmp(r->reason, "rejected") == 0;

	meet_settle_again(g->db, d->meeting, &m->owner, d->attempts,
	    wait_ms(m, d, r), unsure, r->reason, never, d->provider_id,
	    d->provider_url);
	if (strcmp(r->reason, "throttled") == 0)
		meet_pause(g->db, d->network, wait_ms(m, d, r));
}

static void
settle(struct daemon *g, struct meet *m, const struct provider *p,
    const struct due_meeting *d, const struct meet_result *r)
{
	char id[REF_HEX];

	db_begin(g->db, g->mem, 1);
	if (r->end != MEET_DONE) {
		settle_again(g, m, d, r);
	} else if (is_unwanted(d)) {
		meet_settle_gone(g->db, d->meeting, &m->owner, d->attempts);
		meet_forget_joins(g->db, d->meeting);
	} else {
		settle_present(g, m, p, d);
	}
	if (db_end(g->db) != DB_FINE)
		log_line(LOG_WARNING, "not recorded", "meeting",
		    ref_hex(d->id, id), NULL);	/* the lease runs out */
	else
		log_line(r->end == MEET_DONE ? LOG_INFO : LOG_WARNING,
		    "provider", "meeting", ref_hex(d->id, id), "reason",
		    r->reason == NULL ? "" : r->reason, NULL);
}

void
meet_act(struct daemon *g, struct meet *m, int64_t meeting)
{
	const struct due_meeting *found;
	struct meet_result r = { MEET_REFUSED, "not_configured", 0, NULL, NULL };
	const struct provider *p;
	struct due_meeting d;

	db_begin(g->db, g->mem, 0);
	meet_taken(g->db, &found, meeting, &m->owner, LINGER_S);
	if (db_end(g->db) != DB_FINE || found == NULL)
		return;
	d = *found;
	p = provider_find(d.provider);
	if (p != NULL)
		r = is_unwanted(&d) ? make_absent(m, p, &d) :
		    make_present(m, p, &d);
	else if (is_unwanted(&d) && !d.begun)
		r = (struct meet_result){ .end = MEET_DONE };
	settle(g, m, p, &d, &r);
}

/* One, so that a slow provider holds no other's lease. */
int64_t
meet_take(struct daemon *g, struct meet *m, const char *busy, int64_t *network)
{
	struct candidate_rows rows;
	int64_t meeting = -1;

	db_begin(g->db, g->mem, 1);
	meet_candidates(g->db, &rows, busy, 1);
	if (rows.set.n > 0) {
		meeting = candidate_at(&rows, 0)->meeting;
		*network = candidate_at(&rows, 0)->network;
		meet_take_one(g->db, meeting, &m->owner,
		    4 * m->settings->timeout_s + 30);
	}
	if (db_end(g->db) != DB_FINE || meeting < 0) {
		*network = 0;
		return -1;
	}
	return meeting;
}

int
meet_watch(struct daemon *g, struct meet *m)
{
	struct watched_rows rows;

	m->mem = g->mem;
	db_begin(g->db, g->mem, 0);
	meet_watched(g->db, &rows);
	if (db_end(g->db) != DB_FINE)
		return 0;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct watched *w = watched_at(&rows, i);
		int away = !jitsi_answers(m, w->origin);

		if (away == w->away)
			continue;
		db_begin(g->db, g->mem, 1);
		meet_set_away(g->db, w->network, w->origin, away);
		if (db_end(g->db) == DB_FINE)
			log_line(LOG_WARNING, away ? "does not answer" :
			    "answers again", "origin", w->origin, NULL);
	}
	return 0;
}
