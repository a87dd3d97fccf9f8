/*
 * Whether the professional door knows the newest list: it is asked with a
 * certificate that was made for that list alone and stands on no other one, and
 * has to say no. While nginx still has an older list the door says yes; so a
 * refusal proves the reload, not just that some list is there.
 */
#ifndef PROBE_H
#define PROBE_H

#include "authority.h"
#include "instant.h"
#include "profile.h"

#include <stddef.h>

struct probe {
	const char *url;		/* of the door, https://…, answered
					 * by nginx itself */
	const char *door_ca;		/* file: who signs the door's certificate */
};

/* A certificate and its key, in memory alone. */
struct probe_pair {
	unsigned char serial[SERIAL_BYTES];
	EVP_PKEY *key;
	X509 *certificate;
};

enum probe_result {
	PROBE_REFUSED,		/* as it must be */
	PROBE_ACCEPTED,		/* a revoked certificate came in */
	PROBE_UNREACHABLE	/* nobody answered, or not our door */
};

/* Makes a pair that lasts some days. 0 or -1. Give it to probe_pair_done. */
int probe_pair_make(struct probe_pair *, const struct authority *, utc_ms now);
void probe_pair_done(struct probe_pair *);

/*
 * Asks once, within 5 s. Only HTTP 400, nginx's own refusal, of a door whose
 * certificate is right counts as refused. `why` says what was seen otherwise.
 */
enum probe_result probe_door(const struct probe *, const struct probe_pair *,
    char *why, size_t why_bytes);

#endif
