/* The thread side of events. Internal to lib. */
#ifndef REACTOR_H
#define REACTOR_H

#include "arena.h"
#include "bell.h"
#include "event.h"

struct reactor {
	const char *program;
	const struct reaction *reactions;
	struct db *db;
	struct arena *mem;
	const struct bell_keys *bell;
	const char *bell_socket;
};

/*
 * Whether lib_reactor has a row of this program for each topic of its table;
 * without one no event would ever come. 1, or 0 and the first that it lacks in
 * *topic; -1 without an answer of the database.
 */
int react_registered(const struct reactor *, const char **topic);

/*
 * Takes one due event, applies it and commits. 1: look again at once; 0:
 * nothing is due, or there is no database.
 */
int react_once(const struct reactor *, utc_ms now);

#endif
