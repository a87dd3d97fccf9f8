/*
 * From the bytes of a document to items, without any process around it: what runs
 * inside the sandbox, and what the fuzzer calls.
 */
#ifndef READING_H
#define READING_H

#include "item.h"
#include "tree.h"

struct arena;
struct charsets;

enum { DROPPED_MAX = 40, AREAS_MAX = 5000, WARNINGS_MAX = 5000 };
enum { READING_BYTES = 56 * 1024 * 1024 };	/* of any arena here */

/* A document being read, and what came of it. All texts in `mem`. */
struct reading {
	struct arena *mem;		/* lives as long as the result */
	struct arena *entry;		/* of the tree inside one entry */
	size_t max_items;
	int zone_min;			/* of times that do not say their zone */
	const char *place;		/* address that it came from, base of its
					 * links; or name of a file; or NULL */
	int base_is_sought;		/* in the document, when it has no address */
	const char *base;
	const char *refused, *encoding, *title, *link;
	utc_ms updated;
	struct item *items;
	size_t n_items, room_items;
	const char *dropped[DROPPED_MAX + 1];
	size_t n_dropped, n_unsaid;	/* beyond DROPPED_MAX */
	enum item_source source;
};

/*
 * Reads a document with a NUL behind it; r->refused says why if it is not taken. `mem`, `entry`,
 * max_items, zone_min and place are set beforehand, all else zero. `charset` is Content-Type's or
 * NULL. Returns NULL, or the name of a converter that is needed and not open
 * (charset.h): then nothing has been read.
 */
const char *read_document(struct reading *, struct charsets *, const char *p,
    size_t n, const char *charset);

/* A new item of r->source, all unknown; NULL when there are too many. */
struct item *reading_item(struct reading *);

/* Notes something dropped or mended, as printf does. */
void reading_note(struct reading *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same of one item: also said in its `note`. */
void reading_item_note(struct reading *, struct item *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * An instant of an item, by when_in (when.h). `what` names it in the note that is
 * made when `text` is there and is no time.
 */
utc_ms reading_time(struct reading *, struct item *, const char *what,
    const char *text, int zone_min);

/* What warnings are made with: an area list of the item under way. */
struct warner {
	struct reading *r;
	struct item *item;
	struct item_warning *warnings;
	struct item_area *areas;
	size_t room_warnings, room_areas;
	int cancels;			/* CAP: of a Cancel, nothing is in force */
	int answers;			/* CAP: an Ack or Error warns of nothing */
	size_t *index;			/* areas by hash; 0: free */
	size_t index_room;
	struct link { size_t area; struct link *next; } **links;
};

/* Begins with an item that has neither warnings nor areas. */
void warner_begin(struct warner *, struct reading *, struct item *);

/*
 * The warning with these words, made when it is new. The texts are taken as they
 * are. `like` gives code, name, kind, level, severity, state, from, until.
 */
size_t warner_warning(struct warner *, const struct item_warning *like);

/* Adds an area to a warning (WARNER_NONE: to the item alone), each once. */
#define WARNER_NONE ((size_t)-1)
void warner_area(struct warner *, size_t warning, const char *code, const char *name,
    const char *coding);

/* Hands all over to the item; the item's severity is the greatest. */
void warner_end(struct warner *);

/* Is this the root of RSS 1.1, whose Channel has its items inside? */
int feed_is_rss11(const struct node *);

/* RSS and Atom: is this an entry, or something foreign inside one? */
int feed_is_entry(const struct node *);
int feed_is_ballast(const struct node *);

/* Makes an item of a finished entry; `reading` is a struct reading. */
void feed_entry(void *reading, struct tree *, struct node *entry);

/* Title, link and time of the feed itself. */
void feed_channel(struct reading *, const struct node *root);

/* Every CAP alert at or below n becomes an item. */
void cap_read(struct reading *, const struct node *n);

/* The warnings of an alert, or of an entry that carries an alert's words. */
void cap_warnings(struct warner *, const struct node *n, int is_entry);

/* A JMX telegram becomes one item. */
void jmx_read(struct reading *, const struct node *report);

/* Parts of a telegram that are long and of no use: stations, hourly forecasts. */
int jmx_is_ballast(const struct node *);

#endif
