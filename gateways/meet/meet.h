/* tomozuna-meet: brings meeting providers to what the meetings' rows want. */
#ifndef MEET_H
#define MEET_H

#include "daemon.h"
#include "ref.h"
#include "settings.h"

struct http;
struct token;

enum {
	OPENS_S = 15 * 60, LINGER_S = 30 * 60,	/* as modules/meeting has them */
	MEET_LANES_MOST = 16
};

struct meet_settings {
	struct settings base;
	const char *ca;			/* file of authorities; "": the system's */
	int64_t timeout_s;		/* longest request */
	int64_t quiet_s;		/* a request without an answer may act so long */
	int64_t refused_s;		/* between tries of what is refused */
	int64_t lanes;			/* networks that are served at a time */
};

/* What the meetings of one thread share. */
struct meet {
	const struct meet_settings *settings;
	struct arena *mem;		/* of the act under way */
	struct http *http;
	struct token *tokens;		/* access tokens, by network */
	struct ref owner;		/* of this run */
};

/*
 * Claims a meeting for which something is due, of none of the networks in `busy` (ids,
 * commas between). Its network goes to *network. -1: there is none, or no database.
 */
int64_t meet_take(struct daemon *, struct meet *, const char *busy,
    int64_t *network);

/* Brings the provider to what is wanted of the claimed meeting, and settles. */
void meet_act(struct daemon *, struct meet *, int64_t meeting);

/* The job: asks each server of one's own whether it is there, and notes which are not. */
int meet_watch(struct daemon *, struct meet *);

/*
 * The key of a network: the file meet_CODE of $CREDENTIALS_DIRECTORY, either a secret or
 * PEM of certificate and private key. In the arena; NULL: there is none.
 */
const char *meet_key(struct meet *, const char *code);

/* Forgets all tokens, at the end. */
void teams_forget(struct meet *);

#endif
