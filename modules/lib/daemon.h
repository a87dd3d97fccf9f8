/*
 * The skeleton of a gateway: one process, one database connection, a list of
 * jobs that come round, readiness and stop signals. What it needs from outside
 * it claims in a short transaction, acts without one, and records in another.
 */
#ifndef DAEMON_H
#define DAEMON_H

#include "arena.h"
#include "db.h"
#include "settings.h"

struct daemon {
	const struct settings *settings;
	struct db *db;
	struct arena *mem;		/* reset before each job */
	int listener;			/* descriptor 0 if it is a socket, or -1 */
};

/* One job: run every `every_ms`, at once again while it returns 1. */
struct job {
	const char *name;
	int every_ms;
	int (*run)(struct daemon *);
};

struct gateway {
	const char *name;
	const struct job *jobs;		/* ends with a NULL name */
	const struct db_query *const *const *queries;
	const struct setting *settings;
	size_t settings_bytes;
	int (*start)(struct daemon *);	/* may be NULL; -1: cannot start */
	void (*stop)(struct daemon *);	/* may be NULL */
};

/* As module_main: runs until SIGTERM, finishes the job under way. */
int daemon_main(const struct gateway *, int argc, char **argv);

#endif
