/* The thread side of events. Internal to lib. */
#ifndef REACTOR_H
#define REACTOR_H

#include "arena.h"
#include "event.h"

struct reactor {
	const char *program;
	const struct reaction *reactions;
	struct db *db;
	struct arena *mem;
};

/*
 * Takes one due event, applies it and commits. 1: look again at once; 0:
 * nothing is due, or there is no database.
 */
int react_once(const struct reactor *, utc_ms now);

#endif
