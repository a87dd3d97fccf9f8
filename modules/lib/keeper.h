/*
 * Threads beside the requests: one that checks the statements, refreshes what
 * pages show and purges old keys; one that reacts to events; two for a module's
 * copy: one that keeps it, one that sees to it that nobody waits. Internal to lib.
 */
#ifndef KEEPER_H
#define KEEPER_H

#include "request.h"

#include <pthread.h>

struct keeper {
	struct server *server;
	atomic_int drift;		/* the program must not go on */
	int stop;			/* eventfd */
	int nthreads;
	pthread_t threads[4];
};

/* Starts the threads; 0 or -1. */
int keeper_start(struct keeper *, struct server *);

/* Stops and joins them. */
void keeper_stop(struct keeper *);

#endif
