/*
 * Reads one document of a public feed in a sandboxed child.
 *
 * The child has no network, opens no file, starts no program (seccomp), has no
 * more than 64 MiB of memory and one second of processor time a document. It may
 * serve many documents one after the other; when it dies, hangs or sends
 * nonsense, that document is refused and the next has a new child. What it sends
 * is bounded and checked again here. Give each source a reader of its own: then
 * no document can colour what is read of another's.
 */
#ifndef PARSE_H
#define PARSE_H

#include "item.h"

struct arena;

struct parse_limits {
	size_t bytes;			/* longest document */
	size_t memory;			/* of the child, in bytes */
	int cpu_ms;			/* of the child's processor time, a document */
	int wall_ms;			/* longest wait, however busy the machine is */
	size_t items;			/* items kept; the rest is said as dropped */
};

/* 16 MiB, 64 MiB, 0.9 s (so that all of it is within one), 10 s, 20,000 items. */
extern const struct parse_limits parse_default;

/* What came of a document. All in the arena given. */
struct parsed {
	const char *refused;		/* one line of why, in English; NULL: read */
	const char *encoding;		/* what it was read as, such as CP932 */
	const char *title, *link;	/* of the feed itself */
	utc_ms updated;
	size_t n_items;
	const struct item *items;
	size_t n_dropped;		/* lines of what was left out or mended, */
	const char *const *dropped;	/* such as "line 12: & without a name" */
};

/*
 * A reader; starts no process before it is used. Never NULL. Use it from one
 * thread. parser_free ends its child; NULL is allowed. A child's memory includes
 * what this program holds when the child starts.
 */
struct parser;
struct parser *parser_new(const struct parse_limits *);
void parser_free(struct parser *);

/*
 * Times that do not say their zone are read as so many minutes east of UTC, from
 * the next document on; 0 at first. A telegram of JMX has Japan's time.
 */
void parser_zone(struct parser *, int64_t zone_min);

/*
 * Where the next documents come from: an address, against which their relative
 * links are resolved, or the name of a file; NULL, as at first: nobody knows. The
 * type of a telegram is read from the name's last part (type.h).
 */
void parser_place(struct parser *, const char *place);

/*
 * Reads a document. `charset` is that of Content-Type, or NULL; the document's
 * own signs (byte order mark, declaration, bytes) come first where they cannot
 * both be right. Never fails otherwise than by `refused`; never NULL.
 */
const struct parsed *parse_document(struct parser *, struct arena *,
    const void *bytes, size_t n, const char *charset);

#endif
