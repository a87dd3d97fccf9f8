/*
 * The running journal, shared by journal.c (workers) and journal_ship.c (the
 * thread that empties it). Everything below `lock` is guarded by it.
 */
#ifndef JOURNAL_PRIVATE_H
#define JOURNAL_PRIVATE_H

#include "journal_file.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SHIP_RECORDS = 500, SHIP_BYTES = 256 * 1024 };

struct waiter;

/* Frames that go to disk in one flush, and who waits for them. */
struct batch {
	unsigned char *p;
	size_t n, cap;
	int64_t records;
	struct waiter *waiters;
};

struct journal {
	struct journal_dir dir;
	struct seal_key key;
	struct ref id;
	const struct settings *settings;
	pthread_t shipper;
	pthread_cond_t wake;		/* of the shipper */
	_Atomic uint64_t seq;

	pthread_mutex_t lock;
	struct batch batch[2], *filling;
	int flushing;			/* its holder alone sets `current` */
	int64_t retry_ms;		/* no new segment before */
	uint64_t next_number;
	struct segment *oldest, *current;
	int64_t backlog;
	utc_ms oldest_at;		/* of what is not shipped */
	int stopping;
};

/* The shipper's thread; takes the struct journal. */
void *journal_ship(void *);

#endif
