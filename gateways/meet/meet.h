/* tomozuna-meet: brings meeting providers to what the meetings' rows want. */
#ifndef MEET_H
#define MEET_H

#include "daemon.h"
#include "ref.h"
#include "settings.h"

struct http;
struct token;

enum { OPENS_S = 15 * 60, LINGER_S = 30 * 60 };	/* as modules/meeting has them */

struct meet_settings {
	struct settings base;
	const char *ca;			/* file of authorities; "": the system's */
	int64_t timeout_s;		/* longest request */
	int64_t quiet_s;		/* a request without an answer may act so long */
	int64_t refused_s;		/* between tries of what is refused */
};

/* What jobs share. */
struct meet {
	const struct meet_settings *settings;
	struct arena *mem;		/* of the job under way */
	struct http *http;
	struct token *tokens;		/* access tokens, by network */
	struct ref owner;		/* of this run */
};

/* The job: one batch of what is due. 1 when there is more. */
int meet_work(struct daemon *, struct meet *);

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
