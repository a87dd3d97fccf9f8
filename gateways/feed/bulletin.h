/*
 * What an item of a feed becomes for people: a bulletin. Which one it follows,
 * how long it holds, where, and whether it replaces, retracts or ends another.
 */
#ifndef BULLETIN_H
#define BULLETIN_H

#include "item.h"
#include "seal.h"
#include "source.h"

enum {
	BULLETIN_AREAS_MAX = 20000,	/* rows of one bulletin */
	BULLETIN_REFERS_MAX = 50,	/* alerts that a CAP alert refers to */
	BULLETIN_EVENTS_MAX = 8		/* ids of an EventID; more are one id */
};

struct hash {
	unsigned char b[SHA256_BYTES];
};

struct bulletin {
	struct hash item;		/* its own identity */
	size_t n_series;		/* at least 1: what it is the newest word
					 * of, unless an item that it refers to
					 * says else. All of one authority */
	struct hash series[BULLETIN_EVENTS_MAX];
	size_t n_leads, n_behind;	/* series whose word ends it, and series
					 * that end with it */
	struct hash leads[BULLETIN_EVENTS_MAX];
	struct hash behind[BULLETIN_EVENTS_MAX * 2];
	struct hash content;		/* of all that people see */
	size_t n_refers;
	const struct hash *refers;
	int retraction;			/* 取消: it says nothing itself */
	int correction;			/* 訂正 */
	int ended;			/* 解除: what was in force no longer is */
	const char *unread;		/* what was not understood, or NULL … */
	int beside;			/* … and so the last good one stays */
	const char *claimed;		/* publisher by its own words, or NULL */
	const char *publisher, *topic, *type, *status, *severity;
	const char *title, *headline, *link;
	int level;
	utc_ms reported, sent;		/* its place in the series … */
	int misdated;			/* … which cannot be told: it is the
					 * newest until another comes */
	utc_ms issued, from, until;
	size_t n_areas;
	const char *areas;		/* JSON, as put_areas takes it */
	size_t n_figures;
	const char *figures;		/* likewise, as put_figures does */
};

/*
 * Makes the bulletin of an item that came from the source at `now`. 1; or 0 when
 * people need none: a chart, a forecast, a word between senders. Texts are cut
 * to what the tables hold. No time that the item says is believed beyond `now`,
 * but for the validity, which is at most a year.
 */
int bulletin_from(const struct source *, const struct item *, utc_ms now,
    struct arena *, struct bulletin *);

/* How telegrams of a type (VPWW54) follow each other. */
struct follow {
	const char *type;		/* a * at the end stands for anything */
	enum {
		FOLLOW_PLACE,		/* the newest of an office's region counts */
		FOLLOW_EVENT,		/* the newest of an EventID */
		FOLLOW_NOBODY		/* not for people of a town */
	} by;
	const char *family;		/* types that replace each other; NULL: own */
	int hours;			/* that it holds if it does not say */
	const char *topic;
	int warns;			/* it says what is in force, or that nothing
					 * is: one that says neither is new to us */
	const char *areas;		/* where it holds when it names no place, as
					 * the file of sources says it; NULL: where
					 * its source does */
	const char *leader;		/* type whose next word ends it, too */
};

/* NULL for a type that nobody has taught us. */
const struct follow *follow_of(const char *type);

/* The rows of the table one after the other; NULL behind the last. */
const struct follow *follow_row(size_t n);

/* The types that the leader ends, after `last` (NULL: the first); NULL: no more. */
const struct follow *follow_behind(const struct follow *leader,
    const struct follow *last);

/* How much of a telegram was understood. All of what is no telegram. */
enum understood {
	UNDERSTOOD, NOT_ALL,		/* something is in force, and more */
	NOTHING,			/* of what it warns of or lifts */
	NOT_ITS_TYPE
};
enum understood follow_understood(const struct item *);

/* What was not, as one line for the administrator; NULL: all was. */
const char *follow_unread(const struct item *, struct arena *);

#endif
