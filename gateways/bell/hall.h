/*
 * The hall of the doorbell: all who wait, each on one topic, in one thread.
 * A connection says one of two things and is what it says:
 *
 *   GET /bell/CHANNEL HTTP/1.x …    waits (server-sent events) until the end of
 *                                   its line's life, and hears of each ring
 *   RING TOPIC                      rings; may say so on further lines
 *   SHUT TOPIC                      the lines of a session, of a device, or of all who
 *                                   wait on a topic end, after the word "shut", and
 *                                   their channels of until now open none
 *
 * Anything else, or nothing for HALL_SAY_MS, is closed.
 */
#ifndef HALL_H
#define HALL_H

#include "bell.h"

enum {
	HALL_MAX = 20000,	/* connections; more are turned away */
	HALL_SAY_MS = 5000,	/* so long one may take to say what one is */
	HALL_SAY_BYTES = 2048,
	HALL_SHUT = 1024,	/* so many that were shut are remembered */
	HALL_BEAT_MS = 20000	/* a comment so often, to find who has gone */
};

struct hall;

/* On a listening socket, which stays the caller's. NULL and errno. */
struct hall *hall_new(int listener, const struct bell_keys *);
void hall_free(struct hall *);

/* Serves what there is, waiting `wait_ms` at most for it. */
void hall_turn(struct hall *, int wait_ms);

/* How many wait. */
int hall_waiting(const struct hall *);

#endif
