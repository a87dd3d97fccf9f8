#include "reading.h"

#include "arena.h"
#include "charset.h"
#include "plain.h"
#include "when.h"
#include "xml.h"

#include <ctype.h>
#include <stdarg.h>

enum { WHY_BYTES = 300, ITEM_NOTE_BYTES = 1000, FIRST_ITEMS = 64 };

struct item *
reading_item(struct reading *r)
{
	struct item *item;

	if (r->n_items == r->max_items) {
		if (r->n_unsaid == 0)
			reading_note(r, "entries beyond the first %zu",
			    r->max_items);
		r->n_unsaid++;
		return NULL;
	}
	if (r->n_items == r->room_items) {
		size_t room = r->room_items == 0 ? FIRST_ITEMS :
		    r->room_items * 2;
		struct item *more = arena_take_many(r->mem, room, sizeof *more);

		if (r->n_items > 0)
			memcpy(more, r->items, r->n_items * sizeof *more);
		r->items = more;
		r->room_items = room;
	}
	item = &r->items[r->n_items++];
	*item = (struct item){ .published = ITEM_NO_TIME, .updated = ITEM_NO_TIME,
		.head = { .control = ITEM_NO_TIME, .report = ITEM_NO_TIME,
		.target = ITEM_NO_TIME, .valid = ITEM_NO_TIME } };
	return item;
}

/* One line of it, fit to be shown; NULL when nothing is left of it. */
static const char * __attribute__((format(printf, 2, 0)))
line_of(struct reading *r, const char *format, va_list ap)
{
	char cut[WHY_BYTES];		/* perhaps inside a character */

	(void)vsnprintf(cut, sizeof cut, format, ap);
	return plain_line(r->mem, cut, WHY_BYTES);
}

static void
note(struct reading *r, const char *said)
{
	for (size_t i = 0; said != NULL && i < r->n_dropped; i++)
		if (strcmp(r->dropped[i], said) == 0)
			return;
	if (said != NULL)
		r->dropped[r->n_dropped++] = said;
}

void
reading_note(struct reading *r, const char *format, ...)
{
	va_list ap;

	if (r->n_dropped >= DROPPED_MAX) {
		r->n_unsaid++;
		return;
	}
	va_start(ap, format);
	note(r, line_of(r, format, ap));
	va_end(ap);
}

void
reading_item_note(struct reading *r, struct item *item, const char *format, ...)
{
	const char *said;
	va_list ap;

	va_start(ap, format);
	said = line_of(r, format, ap);
	va_end(ap);
	if (said == NULL)
		return;
	reading_note(r, "%s", said);
	if (item->note == NULL)
		item->note = said;
	else if (strlen(item->note) + WHY_BYTES < ITEM_NOTE_BYTES &&
	    strstr(item->note, said) == NULL)
		item->note = arena_printf(r->mem, "%s; %s", item->note, said);
}

utc_ms
reading_time(struct reading *r, struct item *item, const char *what,
    const char *text, int zone_min)
{
	utc_ms at = when_in(text, zone_min);

	if (at == ITEM_NO_TIME && text != NULL)
		reading_item_note(r, item, "%s is no time: %.60s", what, text);
	return at;
}

static void
note_line(void *context, size_t line, const char *what)
{
	reading_note(context, "line %zu: %s", line, what);
}

static int
named(const struct node *n, const char *name)
{
	return n != NULL && strcasecmp(n->name, name) == 0;
}

static int
is_feed(const struct node *root)
{
	return named(root, "rss") || named(root, "RDF") || named(root, "feed") ||
	    feed_is_rss11(root);
}

static int
is_ballast(const struct node *n)
{
	return jmx_is_ballast(n) || feed_is_ballast(n);
}

static void
tree_begin(struct tree *t, struct reading *r, struct arena *keep)
{
	*t = (struct tree){ .keep = keep, .item = r->entry,
		.is_entry = feed_is_entry, .entry_end = feed_entry,
		.is_ballast = is_ballast, .context = r };
}

/* Everything that is not an entry: by what the root is. */
static int
read_root(struct reading *r, const struct tree *t)
{
	const struct node *root = t->root;

	if (is_feed(root)) {
		if (r->n_items == 0)
			r->source = named(root, "feed") ? SOURCE_ATOM :
			    named(root, "rss") ? SOURCE_RSS2 : SOURCE_RSS1;
		feed_channel(r, root);
	} else if (root->ns == NS_JMX && strcmp(root->name, "Report") == 0) {
		jmx_read(r, root);
	} else if (root->ns == NS_CAP || root->ns == NS_EDXL ||
	    strcmp(root->name, "alert") == 0 ||
	    strcmp(root->name, "Envelope") == 0) {	/* SOAP's */
		cap_read(r, root);
		if (r->n_items == 0 && r->refused == NULL)
			r->refused = "no alert inside";
	} else
		r->refused = plain_line(r->mem, arena_printf(r->mem,
		    "the root element %.60s is of no format that is read here",
		    root->name), WHY_BYTES);
	return r->refused == NULL ? 0 : -1;
}

/* Only a feed may be mended: a warning that is half there is no warning. */
static int
read_loose(struct reading *r, const struct decoded *d, struct arena *keep,
    const char *why)
{
	struct xml_notes notes = { note_line, r };
	struct tree t;
	int done = -1;

	r->n_items = r->n_dropped = r->n_unsaid = 0;
	arena_reset(r->entry);
	reading_note(r, "not well-formed: %s", why);
	tree_begin(&t, r, keep);
	xml_loose(&t, keep, d->p, d->n, &notes);
	if (t.refused != NULL)
		r->refused = t.refused;
	else if (t.root == NULL || !is_feed(t.root))
		r->refused = plain_line(r->mem, arena_printf(r->mem,
		    "not well-formed: %s", why), WHY_BYTES);
	else
		done = read_root(r, &t);
	tree_free(&t);
	return done;
}

static int
read_text(struct reading *r, const struct decoded *d, struct arena *keep)
{
	char why[WHY_BYTES];
	void *keeper;
	struct tree t;
	size_t blank = 0;		/* before the declaration: harmless */
	int done;

	while (blank < d->n && isspace((unsigned char)d->p[blank]))
		blank++;
	tree_begin(&t, r, keep);
	if (xml_strict(&t, d->p + blank, d->n - blank, &keeper, why,
	    sizeof why) == -1) {
		done = read_loose(r, d, keep, why);
	} else if (t.refused != NULL) {
		r->refused = t.refused;
		done = -1;
	} else if (t.root == NULL && r->n_items == 0) {
		r->refused = "an empty document";
		done = -1;
	} else if (t.root == NULL)
		done = 0;		/* an entry that was the root */
	else
		done = read_root(r, &t);
	tree_free(&t);
	xml_strict_free(keeper);
	return done;
}

static void
note_encoding(struct reading *r, const struct decoded *d)
{
	if (d->declared_wrong)
		reading_note(r, "not in the encoding that it declares, read as %s",
		    d->name);
	if (d->errors > 0)
		reading_note(r, "%zu bytes that stand for no character",
		    d->errors);
}

const char *
read_document(struct reading *r, struct charsets *charsets, const char *p,
    size_t n, const char *charset)
{
	struct decoded d;
	struct arena *keep;
	const char *need = charset_decode(charsets, p, n, charset, &d);

	if (need != NULL)
		return need;
	r->encoding = d.name;
	if (d.p == NULL) {
		r->refused = "its characters cannot be made out";
		return NULL;
	}
	keep = arena_new(READING_BYTES);
	if (read_text(r, &d, keep) == 0)
		note_encoding(r, &d);
	arena_free(keep);
	free(d.owned);
	return NULL;
}
