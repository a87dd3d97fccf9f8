/*
 * Whether the professional door knows the new list: it is asked with a
 * certificate that every list names, and has to say no.
 */
#ifndef PROBE_H
#define PROBE_H

#include <stddef.h>

struct probe {
	const char *url;		/* of the door, https://… */
	const char *certificate, *key;	/* files: revoked from the first day */
	const char *door_ca;		/* file: who signs the door's certificate */
};

enum probe_result {
	PROBE_REFUSED,		/* as it must be */
	PROBE_ACCEPTED,		/* a revoked certificate came in */
	PROBE_UNREACHABLE	/* nobody answered, or not our door */
};

/*
 * Asks once, within 5 s. Only HTTP 400 and 403 of a door whose certificate is
 * right count as refused. `why` says what was seen otherwise.
 */
enum probe_result probe_door(const struct probe *, char *why,
    size_t why_bytes);

#endif
