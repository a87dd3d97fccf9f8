/*
 * Puts items into their series: the newest word counts, 訂正 replaces, 取消
 * retracts, 解除 ends, in whatever order they arrive.
 */
#ifndef FOLD_H
#define FOLD_H

#include "bulletin.h"
#include "store.h"

/* How long the areas of what has ended are kept, to show that it ended. */
enum { FOLD_KEEP_DAYS = 3 };

struct fold {
	struct db *db;
	struct arena *mem;
	const struct source *source;
	utc_ms now;			/* when the telegram came */
	int64_t telegram;
	int again;			/* it has been taken in before */
	struct stored *stored;		/* is counted up */
};

/* Takes one item in. A known one does nothing, unless it is read again. */
void fold_item(const struct fold *, const struct item *);

/* A hash as a parameter of a statement. */
static inline struct db_bytes
hash_bytes(const struct hash *h)
{
	return (struct db_bytes){ h->b, sizeof h->b };
}

#endif
