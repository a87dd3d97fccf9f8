/* What floor.c and ceiling.c share: lib's own accept loop, and filler. */
#ifndef BENCH_H
#define BENCH_H

#include "fcgi.h"

/*
 * Serves descriptor 0 with lib's threads until SIGTERM; the exit status. The
 * caller has blocked signals.
 */
int bench_serve(const struct fcgi_work *);

/* The number behind the last `/` of a path; at most BENCH_BYTES. */
enum { BENCH_BYTES = 1 << 20 };
size_t bench_bytes(const char *path);

/* Answers that many bytes, with the headers that a page of a module has. */
void bench_answer(struct exchange *, int status, size_t bytes);

#endif
