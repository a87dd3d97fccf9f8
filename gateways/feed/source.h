/*
 * The feeds that are asked, as the file of sources names them: a section each,
 *
 *     [jma-extra]
 *     url = https://www.data.jma.go.jp/developer/xml/feed/extra.xml
 *
 * in the manner of settings.h: `name = value` lines, # comments, UTF-8.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	SOURCES_MAX = 200,
	SOURCES_BYTES = 16 * 1024 * 1024,	/* of an arena for them */
	SOURCE_NAME_MAX = 40		/* bytes: a-z, 0-9 and - */
};

struct source {
	const char *name;
	const char *url;
	const char *catch_up_url;	/* longer feed, after an outage; "" none */
	const char *label;		/* who speaks: 気象庁. People are told this
					 * name, whatever a document calls itself */
	const char *authority;		/* sources of one publisher share it: only
					 * they replace, retract and lift what each
					 * other says. Its own name if none is set */
	const char *topic;		/* weather health outage other */
	const char *entries;		/* "links": each is a telegram to fetch;
					 * "items": each is a bulletin itself */
	const char *types;		/* words, such as VPWW54 or VXKO*; only links
					 * whose file name has one between _ or .
					 * are fetched; "" all */
	const char *hosts;		/* other hosts that links may point to */
	const char *areas;		/* where an item holds that has no code of a
					 * place: municipalities or prefectures by
					 * code, "japan", or "" (nobody sees it).
					 * "23204:瀬戸市" is meant only by an item
					 * whose words have that name */
	const char *ca_file;		/* authorities to trust; "" the system's */
	int64_t interval_s;		/* between polls */
	int64_t holds_s;		/* how far back the feed reaches; after a
					 * longer silence catch_up_url is read */
	int64_t bytes_max;		/* of one document, unpacked */
	int64_t timeout_ms;		/* of one document, first to last byte */
	int64_t stale_after_s;		/* alarm without a good answer; 0: three
					 * intervals, at least ten minutes */
	int64_t silent_after_s;		/* alarm without anything new; 0: never;
					 * -1: see source_silent_s */
	int64_t may_be_empty;		/* 1: without an entry it is still a feed */
	int64_t zone_min;		/* minutes east of UTC, of times that do not
					 * say their zone */
	int64_t valid_hours;		/* of an item that does not say how long */
	int64_t private_address;	/* 1: may be at a private address */
};

struct sources {
	size_t n;
	const struct source *v;
};

/*
 * Reads the file into the arena. 0, or -1 with one line in `why` that names file
 * and line, and *out untouched.
 */
int sources_read(const char *path, struct arena *, struct sources *out,
    char *why, size_t why_bytes);

/* One by its name, or NULL. */
const struct source *source_named(const struct sources *, const char *name);

/* Seconds without a good answer after which a source is stale. */
int64_t source_stale_s(const struct source *);

/*
 * Seconds without anything new after which it is silent, 0 for never. Unless set:
 * two days for weather, of which there is some every day somewhere in Japan, 90
 * days for what bodies publish now and then, never for outages.
 */
int64_t source_silent_s(const struct source *);

/* 1 if a link of its feed is of a kind that is wanted, and on a host of its. */
int source_wants(const struct source *, const char *url);

/* Prints each field with default, limits and meaning, for --help. */
void sources_describe(void);

#endif
