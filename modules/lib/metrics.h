/*
 * Counters that a module keeps and Prometheus reads at /MODULE/metrics.
 * Plain atomics; no lock on the way of a request.
 */
#ifndef METRICS_H
#define METRICS_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct metrics;

/*
 * Room for a table of `nroutes` routes; keeps `program`. Lives as long as the
 * program; aborts without memory.
 */
struct metrics *metrics_new(const char *program, size_t nroutes);

/*
 * One answered request of route `i` (its place in the table), which took `us`
 * microseconds. Any other `i`: no route matched; its label is empty.
 */
void metrics_request(struct metrics *, size_t i, int status, int64_t us);

enum metric {
	METRIC_DB_FAILED, METRIC_DB_AGAIN, METRIC_JOURNAL_FAILED,
	METRIC_KV_FAILED, METRIC_ANSWER_LOST, METRIC_SHED,
	METRIC_AWAY, METRIC_COUNT
};
/* Adds n to a counter. */
void metrics_add(struct metrics *, enum metric, int64_t n);

/*
 * Writes Prometheus' text format 0.0.4; `label(of, i)` names a route by its
 * pattern. Only routes and classes that have answered are written.
 */
void metrics_write(struct metrics *, struct buf *,
    const char *(*label)(const void *, size_t), const void *of);

/* As of when the program's local copy is (a gauge, of seconds since 1970); 0: never whole. */
void metrics_copy(const struct metrics *, struct buf *, int64_t as_of_ms);

#endif
