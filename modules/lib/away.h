/*
 * Going on while MariaDB is away. A module may keep a copy of its own of what some of
 * its routes read; then those whose row in the table says `away` are served from it by
 * the same handlers: whatever stands in answers their statements, one by one.
 *
 * Besides: rows and the values of a statement as bytes, for such a copy to keep.
 */
#ifndef AWAY_H
#define AWAY_H

#include "db_query.h"

struct arena;
struct buf;
struct settings;

/* One statement that changes something, with its values, in an arena. */
struct act {
	struct act *next;
	const struct db_query *query;
	const union db_val *in;
};

/* What a unit of work changes, in the order in which it was said. */
struct acts {
	struct act *first, **end;
};

/* Appends an act with copies of its values. */
void acts_add(struct acts *, struct arena *, const struct db_query *,
    const union db_val *);

/* What a module with a copy fills in. */
struct away {
	/* Before the program serves. 0, or -1 with one line in `why`. */
	int (*open)(const struct settings *, char *why, size_t why_bytes);

	/* After the last request. */
	void (*close)(void);

	/*
	 * A round of keeping the copy current and of bringing home what was done
	 * away: called every second on a thread of its own while MariaDB answers,
	 * which `db` asks. Returns 1 when there is more to do at once.
	 */
	int (*keep)(struct db *db, struct arena *, utc_ms now);

	/*
	 * As of when the copy answers in MariaDB's place; 0: it does not. `down`:
	 * MariaDB does not answer. When it does, the copy goes on until all is
	 * brought home, so that nobody misses what she just did.
	 */
	utc_ms (*stands_in)(int down);

	/* A unit of work on the copy as it is at this instant, and its end. */
	void *(*begin)(struct arena *);
	void (*end)(void *unit);

	/*
	 * Answers a statement as db_run does; for one that changes something, the
	 * number of rows that it would match. -1: it cannot.
	 */
	int64_t (*run)(void *unit, const struct db_query *, const union db_val *,
	    struct db_set *);

	/* Makes the unit's acts durable: 0, or -1 when they are not. */
	int (*store)(const struct acts *);

	/* The same has been committed by MariaDB; what matters is copied at once. */
	void (*committed)(const struct acts *);
};

/* ---- as bytes ---- */

/* Appends rows; a row's columns by its declaration, without `calc`. */
void rows_write(struct buf *, const struct db_row *, const struct db_set *);

/*
 * Reads what rows_write wrote at *p and moves it on. Texts point into what is
 * read, which must outlive the rows; these are in the arena. 0, or -1 when it is
 * something else.
 */
int rows_read(const unsigned char **p, const unsigned char *end,
    const struct db_row *, struct arena *, struct db_set *out);

/*
 * The same of an act; its statement is looked for by its name in NULL-ended lists, and
 * among those of events and idempotency keys.
 */
void act_write(struct buf *, const struct act *);
int act_read(const unsigned char **p, const unsigned char *end,
    const struct db_query *const *const *lists, struct arena *, struct act *out);

#endif
