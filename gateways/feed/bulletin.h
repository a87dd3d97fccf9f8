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
	BULLETIN_REFERS_MAX = 50	/* alerts that a CAP alert refers to */
};

struct hash {
	unsigned char b[SHA256_BYTES];
};

struct bulletin {
	struct hash item;		/* its own identity */
	struct hash series;		/* what it is the newest word of, unless
					 * an item that it refers to says else */
	struct hash content;		/* of all that people see */
	size_t n_refers;
	const struct hash *refers;
	int retraction;			/* 取消: it says nothing itself */
	int correction;			/* 訂正 */
	int ended;			/* 解除: what was in force no longer is */
	const char *publisher, *topic, *type, *status, *severity;
	const char *title, *headline, *link;
	int level;
	utc_ms reported, sent;		/* its place in the series … */
	int misdated;			/* … which cannot be told: it is the
					 * newest until another comes */
	utc_ms issued, from, until;
	size_t n_areas;
	const char *areas;		/* JSON, as put_areas takes it */
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
	enum { FOLLOW_PLACE, FOLLOW_EVENT } by;	/* the newest of an office's
					 * region counts, or of an EventID */
	const char *family;		/* types that replace each other; NULL: own */
	int hours;			/* that it holds if it does not say */
	const char *topic;
	int japan;			/* concerns all when it names no place */
};

/* NULL for a type that is not for people of a town. */
const struct follow *follow_of(const char *type);

#endif
