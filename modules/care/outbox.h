/*
 * The outbox as a gateway sees it. A notice is handed over at most once, and
 * when nobody can know whether it went it is flagged `unknown`, not sent again:
 *
 *   outbox_take    claims what is due, under a lease        (a transaction)
 *   outbox_begin   says that the hand-over begins now       (a transaction)
 *   …              the act, without one
 *   outbox_settle  records what became of it                (a transaction)
 *
 * A lease that runs out before `begin` puts the notice back; after it, flags.
 */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "db.h"
#include "outbox_sql.h"

struct arena;

struct outbox {
	const char *channel;	/* "mail" or "sms" */
	struct ref owner;	/* of this run of the gateway */
	int64_t lease_s;	/* longer than any act */
	int64_t give_up_s;	/* then a notice that is still refused fails */
};

enum outbox_end {
	OUTBOX_SENT,		/* the other side has taken it */
	OUTBOX_AGAIN,		/* provably not taken, may go later */
	OUTBOX_FAILED,		/* refused for good */
	OUTBOX_UNKNOWN,		/* nobody can know */
	OUTBOX_SUPPRESSED,	/* not handed over on purpose */
	OUTBOX_UNTOUCHED	/* begun, never acted on: as if not taken */
};

struct outbox_result {
	const struct due_notice *notice;
	enum outbox_end end;
	const char *reason;	/* a fixed text of ours, shown, or NULL */
};

/*
 * Claims up to `most` notices of the most urgent class that is due, into
 * `arena`. Returns their number, -1 on failure.
 */
int64_t outbox_take(struct db *, struct arena *, const struct outbox *,
    int64_t most, struct due_notice_rows *out);

/*
 * The first of the above inside the caller's transaction, with the billing
 * units that it will cost. 1; 0 when the lease has been lost: do not act.
 */
int outbox_begin(struct db *, const struct outbox *,
    const struct due_notice *, int64_t units);

/*
 * Records the outcomes in a transaction of their own, tried again for some
 * seconds while the database is away. OUTBOX_AGAIN becomes a failure when it
 * is too late. Logs a line each. Returns 0, or -1: the leases will run out and
 * flag them.
 */
int outbox_settle(struct db *, struct arena *, const struct outbox *,
    const struct outbox_result *, size_t n);

/* Gives back what was taken and not begun. */
void outbox_give_back(struct db *, struct arena *, const struct outbox *);

/* Puts back or flags what leases that ran out have left. */
void outbox_sweep(struct db *, struct arena *, const struct outbox *);

/*
 * How long to wait after the n-th attempt (from 1), in ms: 15 s, 30 s, 60 s …
 * 5 minutes for priority 0, 1 to 30 minutes for the rest; `dice` (0..99) adds
 * up to a fifth.
 */
int64_t outbox_wait_ms(int64_t priority, int64_t attempts, int dice);

/* 1 when a notice has been tried, or has waited, for `give_up_s`. */
int outbox_too_late(int64_t give_up_s, int64_t priority, int64_t attempts,
    int64_t late_s);

/*
 * The other side is away: between two probes nothing is taken, so that
 * notices neither burn their attempts nor come all at once when it is back.
 * Zero-initialise it.
 */
struct outbox_pause {
	int failures;
	int64_t until_ms;	/* monotonic */
};

/* How many to take now: 0 while pausing, 1 as a probe, else `most`. */
int64_t outbox_room(const struct outbox_pause *, int64_t now_ms, int64_t most);

/* It did not answer: 0.25 s, then doubled up to 5 s. */
void outbox_pause_more(struct outbox_pause *, int64_t now_ms);
void outbox_pause_end(struct outbox_pause *);

#endif
