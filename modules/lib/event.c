#include "event.h"

#include "event_sql.h"
#include "log.h"
#include "reactor.h"

enum { ATTEMPTS = 5, FIRST_WAIT_MS = 2000 };

void
event_publish(struct db *db, const struct event *e)
{
	static const struct ref none;

	event_insert(db, e->topic, e->patient,
	    e->ref == NULL ? &none : e->ref, e->actor, e->at, e->sentence_ja,
	    e->sentence_en);
	event_make_due(db, e->topic, e->at);
}

static const struct reaction *
reaction_of(const struct reaction *reactions, const char *topic)
{
	for (; reactions->topic != NULL; reactions++)
		if (strcmp(reactions->topic, topic) == 0)
			return reactions;
	return NULL;
}

/* What somebody who waits hears of, after the commit. */
struct rung {
	struct ref thing;
	int any;
};

/* Applies one claimed event; an unknown topic leaves `why`. */
static const char *
apply(const struct reactor *r, int64_t event_id, utc_ms now,
    struct rung *rung)
{
	const struct reaction *reaction;
	const struct told *told = NULL;
	struct event e;
	struct ref id = ref_new();

	event_find(r->db, &told, event_id);
	if (told == NULL)
		return "no such event";
	reaction = reaction_of(r->reactions, told->topic);
	if (reaction == NULL)
		return "no reaction to this topic";
	e = (struct event){
		.topic = told->topic, .patient = told->patient,
		.ref = told->about, .actor = told->actor, .at = told->at,
		.sentence_ja = told->sentence_ja,
		.sentence_en = told->sentence_en,
	};
	reaction->react(r->db, &e, &id, now);
	rung->any = reaction->rings != NULL &&
	    reaction->rings(r->db, &e, &rung->thing);
	event_done(r->db, r->program, event_id);
	return NULL;
}

/* Counts a failure in a transaction of its own; the fifth parks the event. */
static void
put_off(const struct reactor *r, const struct due *due, const char *why,
    utc_ms now)
{
	int64_t attempts = due->attempts + 1, id = due->event_id;
	const char *parked = attempts >= ATTEMPTS ? why : NULL;

	db_begin(r->db, r->mem, 1);
	event_put_off(r->db, r->program, id, attempts,
	    now + ((utc_ms)FIRST_WAIT_MS << attempts), parked);
	(void)db_end(r->db);
	log_line(parked == NULL ? LOG_WARNING : LOG_ERROR,
	    parked == NULL ? "event put off" : "event parked",
	    "reason", why, NULL);
}

/* What failed, in words that db_begin does not forget. */
static const char *
reason(const struct reactor *r)
{
	const char *statement = db_failed_statement(r->db);

	return arena_printf(r->mem, "%s: error %u",
	    statement == NULL ? "commit" : statement, db_error(r->db));
}

int
react_registered(const struct reactor *r, const char **topic)
{
	const struct reaction *reaction = r->reactions;
	const struct registered *found;

	if (!db_reachable(r->db))
		return -1;
	arena_reset(r->mem);
	db_begin(r->db, r->mem, 0);
	for (; reaction->topic != NULL; reaction++) {
		event_registered(r->db, &found, r->program, reaction->topic);
		if (found == NULL)
			break;
	}
	*topic = reaction->topic;
	if (db_end(r->db) != DB_FINE)
		return -1;
	return *topic == NULL;
}

static void
ring(const struct reactor *r, const struct rung *rung)
{
	struct bell_topic topic;

	if (!rung->any)
		return;
	bell_topic_of(r->bell, &rung->thing, &topic);
	bell_ring(r->bell_socket, &topic);
}

int
react_once(const struct reactor *r, utc_ms now)
{
	const struct due *due = NULL;
	struct rung rung = { .any = 0 };
	enum db_outcome outcome;
	const char *why = NULL;

	if (!db_reachable(r->db))
		return 0;
	arena_reset(r->mem);
	db_begin(r->db, r->mem, 1);
	event_claim(r->db, &due, r->program, now);
	if (due == NULL) {
		db_abandon(r->db);
		return 0;
	}
	why = apply(r, due->event_id, now, &rung);
	if (why != NULL)
		db_abandon(r->db);
	outcome = db_end(r->db);
	if (why == NULL && outcome == DB_FINE) {
		ring(r, &rung);
		return 1;
	}
	if (why == NULL)
		why = reason(r);
	if (outcome != DB_AGAIN && db_reachable(r->db))
		put_off(r, due, why, now);
	return outcome == DB_AGAIN;
}
