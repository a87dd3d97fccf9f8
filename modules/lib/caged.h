/*
 * A child that lives in a cage (sandbox.h), as its parent sees it: this program, started
 * again with one argument, with one socket for its standard input and output, no
 * settings and no secrets. It is talked to for so long at most; one that is late or
 * gone is not talked to again.
 */
#ifndef CAGED_H
#define CAGED_H

#include <stdint.h>
#include <sys/types.h>

struct caged {
	pid_t pid;		/* 0: none */
	int fd;			/* -1: none */
	int64_t end;		/* monotonic: till then it answers */
};

/*
 * Starts it; `name` is for ps(1). 0, or -1: there is none. Either way caged_stop may
 * follow.
 */
int caged_start(struct caged *, const char *name, const char *argument);

/* From now on it has so many milliseconds. */
void caged_within(struct caged *, int64_t ms);

/* n bytes to it, from it: 0, or -1: it has ended, or is late. */
int caged_give(const struct caged *, const void *from, size_t n);
int caged_get(const struct caged *, void *into, size_t n);

/* Ends it. It is not asked to: it may be caught in a loop. */
void caged_stop(struct caged *);

#endif
