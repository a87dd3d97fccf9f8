#include "outbox.h"

#include "arena.h"
#include "log.h"
#include "seal.h"

enum {
	SETTLE_TRIES = 12, SETTLE_WAIT_MS = 400,
	PAUSE_FIRST_MS = 250, PAUSE_MOST_MS = 5000
};

int64_t
outbox_take(struct db *db, struct arena *mem, const struct outbox *o,
    int64_t most, struct due_notice_rows *out)
{
	const struct class *class;
	struct candidate_rows found;

	db_begin(db, mem, 0);
	if (outbox_waiting(db, &class, o->channel) <= 0)
		return db_end(db) == DB_FINE ? 0 : -1;
	db_begin(db, mem, 1);
	outbox_candidates(db, &found, o->channel, class->priority, most);
	for (size_t i = 0; i < found.set.n; i++)
		outbox_take_one(db, candidate_at(&found, i)->notice, &o->owner,
		    o->lease_s);
	if (db_end(db) != DB_FINE)
		return -1;
	if (found.set.n == 0)
		return 0;
	db_begin(db, mem, 0);
	outbox_taken(db, out, o->channel, &o->owner);
	return db_end(db) == DB_FINE ? (int64_t)out->set.n : -1;
}

int
outbox_begin(struct db *db, const struct outbox *o,
    const struct due_notice *n, int64_t units)
{
	return outbox_begin_act(db, n->notice, &o->owner, n->attempts,
	    o->lease_s, units) == 1;
}

/* ---- outcomes ---- */

static const char *
state_of(enum outbox_end end)
{
	static const char *const state[] = {
		[OUTBOX_SENT] = "sent", [OUTBOX_AGAIN] = "queued",
		[OUTBOX_FAILED] = "failed", [OUTBOX_UNKNOWN] = "unknown",
		[OUTBOX_SUPPRESSED] = "suppressed",
		[OUTBOX_UNTOUCHED] = "queued"
	};

	return state[end];
}

static void
log_outcome(const struct outbox *o, const struct due_notice *n,
    const char *state, const char *reason)
{
	char notice[REF_HEX], request[REF_HEX], attempt[24];
	int calm = strcmp(state, "sent") == 0 || strcmp(state, "queued") == 0;

	(void)snprintf(attempt, sizeof attempt, "%lld", (long long)n->attempts);
	log_line(calm ? LOG_INFO : LOG_WARNING, "hand-over",
	    "channel", o->channel, "notice", ref_hex(n->id, notice),
	    "request", ref_hex(n->request, request), "kind", n->kind,
	    "attempt", attempt, "state", state,
	    "reason", reason == NULL ? "" : reason, NULL);
}

/* What is still refused and too late for another try has failed. */
static enum outbox_end
end_of(const struct outbox *o, const struct outbox_result *r)
{
	const struct due_notice *n = r->notice;

	return r->end == OUTBOX_AGAIN && outbox_too_late(o->give_up_s,
	    n->priority, n->attempts, n->late_s) ? OUTBOX_FAILED : r->end;
}

static void
settle_one(struct db *db, const struct outbox *o,
    const struct outbox_result *r)
{
	const struct due_notice *n = r->notice;
	enum outbox_end end = end_of(o, r);
	unsigned char dice;

	if (end == OUTBOX_UNTOUCHED)
		outbox_untouched(db, n->notice, &o->owner, n->attempts);
	else if (end != OUTBOX_AGAIN)
		outbox_end_act(db, n->notice, &o->owner, n->attempts,
		    state_of(end), r->reason);
	else {
		seal_random(&dice, 1);
		outbox_again(db, n->notice, &o->owner, n->attempts,
		    outbox_wait_ms(n->priority, n->attempts, dice % 100),
		    r->reason);
	}
}

int
outbox_settle(struct db *db, struct arena *mem, const struct outbox *o,
    const struct outbox_result *r, size_t n)
{
	const struct timespec pause = { .tv_nsec = SETTLE_WAIT_MS * 1000000L };

	for (size_t i = 0; i < n; i++)
		log_outcome(o, r[i].notice, state_of(end_of(o, &r[i])),
		    r[i].reason);
	for (int t = 0; t < SETTLE_TRIES; t++) {
		db_begin(db, mem, 1);
		for (size_t i = 0; i < n; i++)
			settle_one(db, o, &r[i]);
		if (db_end(db) == DB_FINE)
			return 0;
		nanosleep(&pause, NULL);
	}
	for (size_t i = 0; i < n; i++)
		log_outcome(o, r[i].notice, "not recorded",
		    db_failed_statement(db));
	return -1;
}

void
outbox_give_back(struct db *db, struct arena *mem, const struct outbox *o)
{
	db_begin(db, mem, 1);
	outbox_give_back_all(db, o->channel, &o->owner);
	(void)db_end(db);
}

void
outbox_sweep(struct db *db, struct arena *mem, const struct outbox *o)
{
	int64_t back, flagged;
	char n[24];

	db_begin(db, mem, 1);
	back = outbox_sweep_unbegun(db, o->channel);
	flagged = outbox_sweep_begun(db, o->channel);
	if (db_end(db) != DB_FINE || back + flagged == 0)
		return;
	(void)snprintf(n, sizeof n, "%lld", (long long)back);
	if (back > 0)
		log_line(LOG_WARNING, "leases ran out, put back", "n", n, NULL);
	(void)snprintf(n, sizeof n, "%lld", (long long)flagged);
	if (flagged > 0)
		log_line(LOG_WARNING, "leases ran out, unknown", "n", n, NULL);
}

/* ---- time ---- */

static int64_t
plain_wait_ms(int64_t priority, int64_t attempts)
{
	int64_t wait = priority == 0 ? 15 * SECOND_MS : MINUTE_MS;
	int64_t most = priority == 0 ? 5 * MINUTE_MS : 30 * MINUTE_MS;

	while (--attempts > 0 && wait < most)
		wait *= 2;
	return wait < most ? wait : most;
}

int64_t
outbox_wait_ms(int64_t priority, int64_t attempts, int dice)
{
	int64_t wait = plain_wait_ms(priority, attempts);

	return wait + wait / 5 * dice / 100;
}

int
outbox_too_late(int64_t give_up_s, int64_t priority, int64_t attempts,
    int64_t late_s)
{
	int64_t tried = 0;

	for (int64_t i = 1; i < attempts && tried < give_up_s * SECOND_MS; i++)
		tried += plain_wait_ms(priority, i);
	return late_s >= give_up_s || tried >= give_up_s * SECOND_MS;
}

int64_t
outbox_room(const struct outbox_pause *p, int64_t now_ms, int64_t most)
{
	if (p->failures == 0)
		return most;
	return now_ms < p->until_ms ? 0 : 1;
}

void
outbox_pause_more(struct outbox_pause *p, int64_t now_ms)
{
	int64_t wait = PAUSE_FIRST_MS;

	for (int i = 0; i < p->failures && wait < PAUSE_MOST_MS; i++)
		wait *= 2;
	p->failures++;
	p->until_ms = now_ms + (wait < PAUSE_MOST_MS ? wait : PAUSE_MOST_MS);
}

void
outbox_pause_end(struct outbox_pause *p)
{
	*p = (struct outbox_pause){ 0 };
}
