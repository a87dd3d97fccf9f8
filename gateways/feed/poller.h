/* One source and what is under way with it. */
#ifndef POLLER_H
#define POLLER_H

#include "daemon.h"
#include "fetch.h"
#include "parse.h"
#include "seal.h"
#include "source.h"
#include "strange.h"

/* What we know of a feed, to ask only for what has changed. */
struct feed_mark {
	const char *url;
	char etag[FETCH_TAG_MAX + 1], modified[FETCH_TAG_MAX + 1];
	int wanted;			/* of the longer feed: it must be read */
};

enum { REASON_BYTES = 200 };	/* of a failure, as it is stored */

/* Before the reason why an answer that came is of no use. */
static const char unreadable[] = "cannot be read: ";

struct poller {
	const struct source *source;
	struct fetch *fetch;
	struct parser *parser;
	enum { IDLE, FEED, CATCH_UP, TELEGRAM } doing;
	struct feed_mark mark[2];	/* the feed, and its longer one */
	int64_t due[2];			/* monotonic: when to ask them */
	int64_t failures[2];
	int64_t look;			/* when to look for a telegram to fetch */
	int64_t again;			/* an answer that could not be stored
					 * waits until then */
	struct strange strange;		/* types that it has named in vain */
	char unread[REASON_BYTES + 1];	/* why what we have of the feed is none;
					 * "" when it is one */
	utc_ms good_at;			/* 0: never */
	unsigned char url_hash[SHA256_BYTES];	/* of the telegram under way */
	int64_t attempts;
};

/* Takes what is there of an answer, begins what is due. Never waits. */
void poller_step(struct poller *, struct daemon *);

#endif
