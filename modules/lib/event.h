/*
 * What one module tells the others: a row written in the transaction of its
 * cause, and one due row for each reactor that has registered for the topic.
 * A reactor's thread claims, applies and deletes its due row in one
 * transaction, so an event takes effect exactly once.
 */
#ifndef EVENT_H
#define EVENT_H

#include "db.h"

struct event {
	const char *topic;	/* "timeline.entry_written" */
	int64_t patient;	/* internal key, 0 if none */
	const struct ref *ref;	/* the thing that it is about */
	int64_t actor;		/* user, 0 if none */
	utc_ms at;
	const char *sentence_ja, *sentence_en;	/* for people; at most 400 characters */
};

/* Publishes within the request's transaction. */
void event_publish(struct db *, const struct event *);

/*
 * A module's reaction table, ended by a NULL topic. A migration of the module
 * names each topic in lib_reactor, too: events come by that, and an error in
 * the log at the start says which one is missing there. `react` runs in a
 * transaction; it has no effect but statements. An event that fails five
 * times is parked with its reason and shown by `tomozuna doctor`.
 *
 * `rings`, if not NULL, is asked in the same transaction afterwards which thing's
 * doorbell (bell.h) rings once it has been committed: 1 and the thing, or 0.
 */
struct reaction {
	const char *topic;
	void (*react)(struct db *, const struct event *, const struct ref *id,
	    utc_ms now);
	int (*rings)(struct db *, const struct event *, struct ref *thing);
};

#endif
