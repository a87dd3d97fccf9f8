/* Entries of RSS 1.0 and 2.0 (and its elder brothers) and of Atom. */
#include "arena.h"
#include "plain.h"
#include "reading.h"
#include "text.h"
#include "when.h"

#include <libxml/uri.h>
#include <libxml/xmlmemory.h>
#include <openssl/evp.h>

static int
named(const struct node *n, const char *name)
{
	return n != NULL && n->name != NULL && (*n->name | 32) == (*name | 32) &&
	    strcasecmp(n->name, name) == 0;
}

int
feed_is_rss11(const struct node *n)
{
	return n->parent == NULL && n->ns == NS_RSS && named(n, "Channel");
}

int
feed_is_entry(const struct node *n)
{
	const struct node *in = n->parent;

	if (in == NULL)			/* an entry that is a document */
		return n->ns == NS_ATOM && named(n, "entry");
	if (n->depth > 2 || n->ns == NS_DC)
		return 0;
	if (named(n, "item"))
		return named(in, "channel") || named(in, "RDF") ||
		    named(in, "rss") || (named(in, "items") &&
		    in->parent != NULL && feed_is_rss11(in->parent));
	return named(n, "entry") && named(in, "feed") && n->depth == 1;
}

/* Foreign elements right inside an entry, whatever they have inside. */
int
feed_is_ballast(const struct node *n)
{
	const struct node *in = n->parent;

	return n->ns == NS_OTHER && in != NULL && in->ns != NS_OTHER &&
	    (named(in, "item") || named(in, "entry"));
}

/* The first child that is of the format's own, in whatever namespace it uses. */
static struct node *
own(const struct node *n, const char *name)
{
	for (struct node *c = n == NULL ? NULL : n->first; c != NULL; c = c->next)
		if (named(c, name) && (c->ns == NS_NONE || c->ns == NS_RSS ||
		    c->ns == n->ns))
			return c;
	return NULL;
}

static struct node *
either(struct node *a, struct node *b)
{
	return a != NULL && a->first != NULL ? a : b;
}

static const struct node *
channel_of(const struct node *root)
{
	const struct node *channel = own(root, "channel");

	if (named(root, "feed") || feed_is_rss11(root))
		return root;
	return channel != NULL ? channel : node_child(root, NS_RSS, "channel");
}

/* Is it this kind of link? Atom's registered ones may be said as addresses. */
static int
is_rel(const char *rel, const char *word)
{
	static const char registry[] =
	    "http://www.iana.org/assignments/relation/";
	size_t n = strlen(word);

	rel += strspn(rel, " \t\r\n");
	if (strncasecmp(rel, registry, sizeof registry - 1) == 0)
		rel += sizeof registry - 1;
	return strncasecmp(rel, word, n) == 0 &&
	    rel[n + strspn(rel + n, " \t\r\n")] == '\0';
}

/* Where a feed says that it is: its link to itself, else its link to the site. */
static const char *
said_place(struct reading *r, const struct node *n)
{
	const struct node *channel;

	while (n->parent != NULL)
		n = n->parent;
	channel = channel_of(n);
	for (const struct node *c = channel == NULL ? NULL : channel->first;
	    c != NULL; c = c->next) {
		const char *rel = node_attr(c, NS_NONE, "rel");
		const char *link = plain_link(r->mem, node_attr(c, NS_NONE,
		    "href"), NULL);

		if (named(c, "link") && rel != NULL && is_rel(rel, "self") &&
		    link != NULL)
			return link;
	}
	for (const struct node *c = channel == NULL ? NULL : channel->first;
	    c != NULL; c = c->next) {
		const char *link = node_attr(c, NS_NONE, "href");

		link = !named(c, "link") ? NULL : plain_link(r->mem,
		    link != NULL ? link : node_text(r->entry, c), NULL);
		if (link != NULL)
			return link;
	}
	return NULL;
}

/* What links of the document are resolved against where no xml:base says it. */
static const char *
document_base(struct reading *r, const struct node *n)
{
	const char *place = plain_link(r->entry, r->place, NULL);

	if (place != NULL)
		return place;
	if (!r->base_is_sought)
		r->base = said_place(r, n);
	r->base_is_sought = 1;
	return r->base;
}

/* What xml:base says at n, resolved against that of what n stands in. */
static const char *
base_of(struct reading *r, const struct node *n)
{
	const char *outer = n->parent == NULL ? document_base(r, n) :
	    base_of(r, n->parent);
	const char *here = node_attr(n, NS_XML, "base");
	xmlChar *made;

	if (here == NULL || *here == '\0' || outer == NULL)
		return here == NULL || *here == '\0' ? outer : here;
	made = xmlBuildURI((const xmlChar *)here, (const xmlChar *)outer);
	here = made == NULL ? outer : arena_text(r->entry, (char *)made);
	xmlFree(made);
	return here;
}

/* Most links say all; then nobody has to ask what they are relative to. */
static int
is_absolute(const char *link)
{
	size_t n;

	link += strspn(link, " \t\r\n");
	n = strspn(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789+-.");
	return n > 0 && link[n] == ':';
}

/* HTML, escaped or in place, or plain text: by Atom's type and mode. */
static int
is_html(const struct node *n)
{
	const char *type = node_attr(n, NS_NONE, "type");

	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (c->name != NULL)
			return 0;	/* in place: its text is plain */
	if (n->ns != NS_ATOM)
		return 1;
	if (type != NULL && strcmp(type, "application/octet-stream") == 0)
		return 1;
	return type != NULL && strcasestr(type, "html") != NULL &&
	    strcasestr(type, "xhtml") == NULL;
}

/* base64 over several lines; NULL when it is none, or not text. */
static const char *
unpacked(struct arena *mem, const char *text)
{
	size_t n = strlen(text), used = 0;
	unsigned char *packed = arena_take(mem, n + 4);
	unsigned char *out = arena_take(mem, n + 4);
	int got;

	for (size_t i = 0; i < n; i++)
		if (strchr(" \t\r\n", text[i]) == NULL)
			packed[used++] = (unsigned char)text[i];
	got = used % 4 != 0 ? -1 : EVP_DecodeBlock(out, packed, (int)used);
	if (got < 0)
		return NULL;
	for (size_t i = used; i > 0 && packed[i - 1] == '='; i--)
		got--;
	out[got < 0 ? 0 : got] = '\0';
	return text_check((char *)out, strlen((char *)out), 1) == TEXT_OK ?
	    (char *)out : NULL;
}

static const char *
text_of(struct reading *r, const struct node *n)
{
	const char *text = n == NULL ? NULL : node_lines(r->entry, n);
	const char *mode = node_attr(n, NS_NONE, "mode");
	const char *type = node_attr(n, NS_NONE, "type");

	if (text == NULL || n->ns != NS_ATOM)
		return text;
	if ((mode != NULL && strcmp(mode, "base64") == 0) || (type != NULL &&
	    strcmp(type, "application/octet-stream") == 0))
		return unpacked(r->entry, text);
	return text;
}

static const char *
line_of(struct reading *r, const struct node *n)
{
	const char *text = text_of(r, n);

	if (text != NULL && strpbrk(text, "<&") != NULL && is_html(n))
		text = plain_html(r->entry, text, PLAIN_TITLE * 2);
	return plain_line(r->mem, text, PLAIN_TITLE);
}

static const char *
summary_of(struct reading *r, const struct node *n)
{
	const char *text = text_of(r, n);

	if (text == NULL)
		return NULL;
	return is_html(n) ? plain_html(r->mem, text, PLAIN_SUMMARY) :
	    plain_lines(r->mem, text, PLAIN_SUMMARY);
}

static utc_ms
time_of(struct reading *r, struct item *item, const struct node *n)
{
	return n == NULL ? ITEM_NO_TIME : reading_time(r, item, n->name,
	    node_text(r->entry, n), r->zone_min);
}

static const char *
resolved(struct reading *r, const struct node *at, const char *link)
{
	return plain_link(r->mem, link, link == NULL || is_absolute(link) ?
	    NULL : base_of(r, at));
}

/* Atom's link to the entry itself: the first alternate one that can be used. */
static const char *
atom_link(struct reading *r, const struct node *n)
{
	const char *found = NULL;

	for (const struct node *c = n->first; c != NULL; c = c->next) {
		const char *rel = node_attr(c, NS_NONE, "rel");
		const char *type = node_attr(c, NS_NONE, "type");
		const char *link;

		if (!named(c, "link") || (c->ns != NS_ATOM && c->ns != n->ns) ||
		    (rel != NULL && !is_rel(rel, "") &&
		    !is_rel(rel, "alternate")))
			continue;
		link = node_attr(c, NS_NONE, "href");
		link = resolved(r, c, link != NULL ? link :
		    node_text(r->entry, c));	/* as in drafts of Atom */
		if (link != NULL && (found == NULL || (type != NULL &&
		    strcasecmp(type, "text/html") == 0)))
			found = link;
	}
	return found;
}

static const char *
rss_link(struct reading *r, const struct node *n)
{
	struct node *link = own(n, "link"), *guid = own(n, "guid");
	const char *permanent = node_attr(guid, NS_NONE, "isPermaLink");
	const char *found = NULL;

	if (link != NULL)
		found = resolved(r, link, node_text(r->entry, link));
	if (found == NULL)
		found = atom_link(r, n);
	if (found == NULL && guid != NULL && (permanent == NULL ||
	    strcasecmp(permanent, "false") != 0))
		found = resolved(r, guid, node_text(r->entry, guid));
	if (found == NULL)
		found = resolved(r, n, node_attr(n, NS_RDF, "about"));
	return found;
}

static const char *
rss_id(struct reading *r, const struct node *n, const char *link)
{
	const char *id = plain_id(r->mem, node_text(r->entry, own(n, "guid")));

	if (id == NULL)
		id = plain_id(r->mem, node_attr(n, NS_RDF, "about"));
	if (id == NULL)
		id = plain_id(r->mem, node_text(r->entry,
		    node_child(n, NS_ATOM, "id")));
	if (id == NULL)
		id = plain_id(r->mem, node_text(r->entry,
		    node_child(n, NS_DC, "identifier")));
	return id == NULL ? link : id;
}

static void
rss_times(struct reading *r, const struct node *n, struct item *item)
{
	static const struct { enum ns ns; const char *name; } later[] = {
		{ NS_DC, "date" }, { NS_DCTERMS, "issued" },
		{ NS_DCTERMS, "created" }, { NS_ATOM, "published" },
		{ NS_ATOM, "issued" },
	};

	item->published = time_of(r, item, own(n, "pubDate"));
	for (size_t i = 0; i < sizeof later / sizeof *later &&
	    item->published == ITEM_NO_TIME; i++)
		item->published = time_of(r, item,
		    node_child(n, later[i].ns, later[i].name));
	item->updated = time_of(r, item, node_child(n, NS_DCTERMS, "modified"));
	if (item->updated == ITEM_NO_TIME)
		item->updated = time_of(r, item, node_child(n, NS_ATOM, "updated"));
}

static struct node *
rss_summary(const struct node *n)
{
	static const struct { enum ns ns; const char *name; } others[] = {
		{ NS_DC, "description" }, { NS_CONTENT, "encoded" },
		{ NS_ATOM, "summary" }, { NS_XHTML, "body" },
	};
	struct node *found = either(own(n, "summary"),
	    either(own(n, "description"), either(own(n, "body"),
	    own(n, "fullitem"))));

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		found = either(found, node_child(n, others[i].ns,
		    others[i].name));
	return found;
}

static void
rss_entry(struct reading *r, const struct node *n, struct item *item)
{
	item->title = line_of(r, either(own(n, "title"),
	    either(node_child(n, NS_DC, "title"),
	    node_child(n, NS_ATOM, "title"))));
	item->link = rss_link(r, n);
	item->id = rss_id(r, n, item->link);
	item->summary = summary_of(r, rss_summary(n));
	rss_times(r, n, item);
}

static void
atom_entry(struct reading *r, const struct node *n, struct item *item)
{
	item->title = line_of(r, either(own(n, "title"),
	    node_child(n, NS_DC, "title")));
	item->link = atom_link(r, n);
	item->id = plain_id(r->mem, node_text(r->entry, own(n, "id")));
	if (item->id == NULL)
		item->id = item->link;
	item->summary = summary_of(r, either(own(n, "summary"),
	    own(n, "content")));
	item->published = time_of(r, item, either(own(n, "published"),
	    either(own(n, "issued"), own(n, "created"))));
	item->updated = time_of(r, item, either(own(n, "updated"),
	    either(own(n, "modified"), node_child(n, NS_DC, "date"))));
	if (item->published == ITEM_NO_TIME)
		item->published = time_of(r, item, either(
		    node_child(n, NS_DCTERMS, "issued"),
		    node_child(n, NS_DCTERMS, "created")));
}

/* An entry may carry a CAP alert's words, or the alert itself. */
static void
entry_warnings(struct reading *r, const struct node *n, struct item *item)
{
	struct warner w;
	const struct node *alert = n, *c = n->first;

	while (c != NULL && c->ns != NS_CAP &&
	    node_child(c, NS_CAP, "alert") == NULL)
		c = c->next;
	if (c == NULL)
		return;
	for (const char *const *p = (const char *const[]){ "content", "summary",
	    "description", NULL }; *p != NULL && alert == n; p++)
		if (node_child(own(n, *p), NS_CAP, "alert") != NULL)
			alert = node_child(own(n, *p), NS_CAP, "alert");
	warner_begin(&w, r, item);
	cap_warnings(&w, alert, alert == n);
	warner_end(&w);
}

/* For an entry with neither id nor link: when it was said, and what. */
static const char *
made_id(struct reading *r, const struct item *item)
{
	utc_ms at = item->published != ITEM_NO_TIME ? item->published :
	    item->updated;
	char iso[INSTANT_TEXT] = "";

	if (item->title == NULL)
		return NULL;
	if (at != ITEM_NO_TIME)
		(void)instant_iso(at, iso);
	return arena_printf(r->mem, "entry:%s:%s", iso, item->title);
}

void
feed_entry(void *reading, struct tree *t, struct node *n)
{
	struct reading *r = reading;
	struct item *item = reading_item(r);

	(void)t;
	if (item == NULL)
		return;
	if (named(n, "entry")) {
		item->source = r->source = SOURCE_ATOM;
		atom_entry(r, n, item);
	} else {
		item->source = r->source = named(n->parent, "RDF") ||
		    named(n->parent, "items") ||
		    (n->parent != NULL && named(n->parent->parent, "RDF")) ?
		    SOURCE_RSS1 : SOURCE_RSS2;
		rss_entry(r, n, item);
	}
	if (item->id == NULL)
		item->id = made_id(r, item);
	entry_warnings(r, n, item);
}

void
feed_channel(struct reading *r, const struct node *root)
{
	const struct node *in = channel_of(root);

	if (in == NULL)
		return;
	r->title = line_of(r, own(in, "title"));
	r->link = named(root, "feed") ? atom_link(r, in) : rss_link(r, in);
	r->updated = when_in(node_text(r->entry, either(own(in, "updated"),
	    either(own(in, "modified"), either(own(in, "lastBuildDate"),
	    either(own(in, "pubDate"), node_child(in, NS_DC, "date")))))), r->zone_min);
}
