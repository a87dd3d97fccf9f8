/* When a source is asked next. Pure arithmetic; times in milliseconds. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdint.h>

enum {
	SCHEDULE_JITTER_PERCENT = 10,	/* so that not all towns ask at once */
	SCHEDULE_BACKOFF_MAX_S = 900,	/* between tries of one that fails */
	SCHEDULE_HEED_MAX_S = 86400,	/* longest Retry-After that is heeded */
	DOCUMENT_TRIES = 6		/* of one telegram; then it is given up */
};

/*
 * Milliseconds until the next poll. `failures` in a row double the interval, up
 * to SCHEDULE_BACKOFF_MAX_S or the interval itself if that is longer; a
 * Retry-After of the server (seconds, 0: none) is waited for at the least.
 * `random` is any number; the result is never shorter than 90 % of the interval.
 */
int64_t schedule_next(int64_t interval_s, int64_t failures,
    int64_t retry_after_s, uint32_t random);

/* Milliseconds before a telegram that failed `attempts` times is tried again. */
int64_t schedule_retry(int64_t attempts, int64_t retry_after_s);

#endif
