/*
 * Providers: one row of `providers` each, with the same four acts. An act may be
 * repeated at any time and has its effect once: a meeting is known to the provider by
 * our own id, and what is gone already counts as cancelled.
 *
 * No title, agenda, patient's or member's address reaches a provider; Jitsi is told
 * the name of who comes in, because the others must know whom they hear.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include "arena.h"
#include "meet.h"
#include "meet_sql.h"

enum meet_end {
	MEET_DONE,
	MEET_AGAIN,	/* had no effect, or one that a repetition does not add to */
	MEET_UNSURE,	/* no answer: it may still have its effect some time later */
	MEET_REFUSED,	/* not without somebody doing something */
	MEET_GONE	/* the provider has no such meeting */
};

struct meet_result {
	enum meet_end end;
	/*
	 * For people, when it is not DONE: throttled, unavailable, access_policy,
	 * unauthorized, rejected, not_configured.
	 */
	const char *reason;
	int64_t wait_s;			/* Retry-After; 0: none was given */
	const char *id, *url;		/* of create: provider's, in the arena */
};

struct provider {
	const char *kind;		/* meeting_provider.kind */
	struct meet_result (*create)(struct meet *, const struct due_meeting *);
	struct meet_result (*change)(struct meet *, const struct due_meeting *);
	struct meet_result (*cancel)(struct meet *, const struct due_meeting *);

	/* Where one invitee joins, in the arena; NULL: the key is unfit. */
	const char *(*join)(struct meet *, const struct due_meeting *,
	    const struct invitee *);
};

/*
 * Whether a server of one's own answers at all: anything by HTTPS below 500. It is told
 * nothing.
 */
int jitsi_answers(struct meet *, const char *origin);

/* The provider of that kind; NULL: none. */
const struct provider *provider_find(const char *kind);

extern const struct provider provider_jitsi, provider_teams;

/* What a meeting is called where nobody may read of whom it is. In Japanese. */
const char *provider_subject(const char *meeting_kind);

#endif
