#include "tree.h"

#include "arena.h"
#include "plain.h"

#include <stdint.h>

static const struct { const char *uri; enum ns ns; } uris[] = {
	{ "http://www.w3.org/2005/Atom", NS_ATOM },
	{ "http://purl.org/atom/ns#", NS_ATOM },
	{ "http://purl.org/rss/1.0/", NS_RSS },
	{ "http://purl.org/net/rss1.1#", NS_RSS },
	{ "http://my.netscape.com/rdf/simple/0.9/", NS_RSS },
	{ "http://channel.netscape.com/rdf/simple/0.9/", NS_RSS },
	{ "http://my.netscape.com/publish/formats/rss-0.91.dtd", NS_RSS },
	{ "http://backend.userland.com/", NS_RSS },	/* and its versions */
	{ "http://blogs.law.harvard.edu/tech/rss", NS_RSS },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns#", NS_RDF },
	{ "http://purl.org/dc/elements/1.", NS_DC },
	{ "http://purl.org/dc/terms/", NS_DCTERMS },
	{ "http://purl.org/rss/1.0/modules/dcterms/", NS_DCTERMS },
	{ "http://purl.org/rss/1.0/modules/content/", NS_CONTENT },
	{ "urn:oasis:names:tc:emergency:cap:1.", NS_CAP },
	{ "http://www.incident.com/cap/1.0", NS_CAP },
	{ "http://www.incident.com/cap/1.1", NS_CAP },
	{ "urn:oasis:names:tc:emergency:EDXL:DE:1.", NS_EDXL },
	{ "http://xml.kishou.go.jp/jmaxml1/elementBasis1/", NS_JMX_EB },
	{ "http://xml.kishou.go.jp/jmaxml1/", NS_JMX },
	{ "http://www.w3.org/1999/xhtml", NS_XHTML },
	{ "http://www.w3.org/XML/1998/namespace", NS_XML },
};

static const struct { const char *prefix; enum ns ns; } prefixes[] = {
	{ "dc", NS_DC }, { "dcterms", NS_DCTERMS }, { "content", NS_CONTENT },
	{ "atom", NS_ATOM }, { "rdf", NS_RDF }, { "rss", NS_RSS },
	{ "cap", NS_CAP }, { "xml", NS_XML }, { "xhtml", NS_XHTML },
};

/* A URI that ends in `/`, `.` or `#` stands for all that begin so. */
static int
uri_is(const char *uri, const char *known)
{
	size_t n = strlen(known);

	if (strcmp(known + n - 4, "1.0/") == 0 || strcmp(known + n - 3, "ns#") == 0)
		return strcmp(uri, known) == 0;
	if (strchr("/.", known[n - 1]) != NULL)
		return strncmp(uri, known, n) == 0;
	return strcmp(uri, known) == 0;
}

enum ns
ns_of_uri(const char *uri)
{
	if (uri == NULL || *uri == '\0')
		return NS_NONE;
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++)
		if (uri_is(uri, uris[i].uri))
			return uris[i].ns;
	return NS_OTHER;
}

enum ns
ns_of_prefix(const char *prefix)
{
	if (prefix == NULL || *prefix == '\0')
		return NS_NONE;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (strcasecmp(prefix, prefixes[i].prefix) == 0)
			return prefixes[i].ns;
	return NS_OTHER;
}

static struct arena *
memory_of(const struct tree *t)
{
	return t->entry != NULL ? t->item : t->keep;
}

static void
hang(struct tree *t, struct node *n)
{
	n->parent = t->at;
	if (t->at == NULL) {
		t->root = n;
		return;
	}
	if (t->at->last != NULL)
		t->at->last->next = n;
	else
		t->at->first = n;
	t->at->last = n;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks with a line end among them are there for the eye alone. */
static int
is_layout(const char *p, size_t n)
{
	int lines = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_blank(p[i]))
			return 0;
		lines |= p[i] == '\n';
	}
	return lines;
}

static void
flush(struct tree *t)
{
	struct arena *mem = memory_of(t);
	struct node *n;

	if (t->run_n == 0)
		return;
	if (t->at != NULL && !is_layout(t->run, t->run_n)) {
		n = arena_take(mem, sizeof *n);
		n->text = arena_copy(mem, t->run, t->run_n);
		n->n = t->run_n;
		hang(t, n);
	}
	t->run_n = 0;
}

static void
take_attrs(struct tree *t, struct node *node, const struct attr_in *in, size_t n)
{
	struct arena *mem = memory_of(t);

	for (size_t i = n; i-- > 0;) {
		struct attr *a = arena_take(mem, sizeof *a);

		a->ns = in[i].ns;
		a->name = in[i].name;
		a->value = arena_copy(mem, in[i].value, in[i].n);
		a->next = node->attrs;
		node->attrs = a;
	}
}

void
tree_start(struct tree *t, const char *name, enum ns ns, const struct attr_in *in,
    size_t n)
{
	struct node probe = { .name = name, .ns = ns, .parent = t->at,
		.depth = t->at == NULL ? 0 : t->at->depth + 1 };
	struct node *node, *elder;

	if (t->refused != NULL)
		return;
	if (t->ballast > 0) {
		t->ballast++;
		return;
	}
	flush(t);
	if (probe.depth >= TREE_DEPTH || n > TREE_ATTRS) {
		t->refused = n > TREE_ATTRS ? "too many attributes" :
		    "elements too deep inside each other";
		return;
	}
	if (t->is_ballast != NULL && t->is_ballast(&probe)) {
		t->ballast = 1;
		return;
	}
	node = arena_take(memory_of(t), sizeof *node);
	*node = probe;
	take_attrs(t, node, in, n);
	elder = t->at == NULL ? NULL : t->at->last;
	hang(t, node);
	t->at = node;
	if (t->entry == NULL && t->is_entry != NULL && t->is_entry(node)) {
		t->entry = node;
		t->before = elder;
	}
}

void
tree_text(struct tree *t, const char *p, size_t n)
{
	if (n == 0 || t->refused != NULL || t->ballast > 0 || t->at == NULL)
		return;
	if (n > t->run_room - t->run_n) {
		size_t room = (t->run_room + n) * 2 + 1024;
		char *more = realloc(t->run, room);

		if (more == NULL) {
			t->refused = "a text needs too much memory";
			return;
		}
		t->run = more;
		t->run_room = room;
	}
	memcpy(t->run + t->run_n, p, n);
	t->run_n += n;
}

/* Takes the finished entry off the tree, so that its memory can be used again. */
static void
end_entry(struct tree *t, struct node *node)
{
	struct node *parent = node->parent;

	t->entry_end(t->context, t, node);
	t->entry = NULL;
	if (parent != NULL) {
		if (t->before == NULL)
			parent->first = NULL;
		else
			t->before->next = NULL;
		parent->last = t->before;
	} else
		t->root = NULL;
	arena_reset(t->item);
}

void
tree_end(struct tree *t)
{
	struct node *node = t->at;

	if (t->refused != NULL)
		return;
	if (t->ballast > 0) {
		t->ballast--;
		return;
	}
	flush(t);
	if (node == NULL)
		return;
	t->at = node->parent;
	if (node == t->entry)
		end_entry(t, node);
}

void
tree_free(struct tree *t)
{
	free(t->run);
	t->run = NULL;
}

static int
is_element(const struct node *n, enum ns ns, const char *name, size_t bytes)
{
	return n->name != NULL && n->ns == ns && n->name[0] == name[0] &&
	    strncmp(n->name, name, bytes) == 0 && n->name[bytes] == '\0';
}

struct node *
node_child(const struct node *n, enum ns ns, const char *name)
{
	struct node *c = n == NULL ? NULL : n->first;

	while (c != NULL && !is_element(c, ns, name, strlen(name)))
		c = c->next;
	return c;
}

struct node *
node_again(const struct node *n)
{
	struct node *c = n->next;

	while (c != NULL && !is_element(c, n->ns, n->name, strlen(n->name)))
		c = c->next;
	return c;
}

struct node *
node_at(const struct node *n, enum ns ns, const char *path)
{
	while (n != NULL && *path != '\0') {
		size_t bytes = strcspn(path, "/");
		struct node *c = n->first;

		while (c != NULL && !is_element(c, ns, path, bytes))
			c = c->next;
		n = c;
		path += bytes + (path[bytes] == '/');
	}
	return (struct node *)(uintptr_t)n;
}

static int
is_script(const struct node *n)
{
	return n->name != NULL && (strcasecmp(n->name, "script") == 0 ||
	    strcasecmp(n->name, "style") == 0);
}

/* The node after n in the order of the document, not leaving `top`; past scripts. */
static const struct node *
after(const struct node *n, const struct node *top)
{
	if (n->first != NULL && !is_script(n))
		return n->first;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* Without the blanks at both ends; p ends in a NUL and lives long enough. */
static const char *
trimmed(struct arena *mem, const char *p, size_t n)
{
	while (n > 0 && is_blank(*p))
		p++, n--;
	while (n > 0 && is_blank(p[n - 1]))
		n--;
	if (n == 0)
		return NULL;
	return p[n] == '\0' ? p : arena_copy(mem, p, n);
}

const char *
node_text(struct arena *mem, const struct node *n)
{
	size_t total = 0, at = 0;
	char *all;

	if (n == NULL)
		return NULL;
	if (n->first == NULL)
		return n->text == NULL ? NULL : trimmed(mem, n->text, n->n);
	if (n->first == n->last && n->first->name == NULL)
		return trimmed(mem, n->first->text, n->first->n);
	for (const struct node *c = n->first; c != NULL; c = after(c, n))
		total += c->n;
	all = arena_take(mem, total + 1);
	for (const struct node *c = n->first; c != NULL; c = after(c, n)) {
		if (c->n > 0)
			memcpy(all + at, c->text, c->n);
		at += c->n;
	}
	return trimmed(mem, all, total);
}

/* Leaves nodes that have no next one: the first above that has, or `top`. */
static const struct node *
left(const struct node *n, const struct node *top, char *all, size_t *at)
{
	for (; n != top; n = n->parent) {
		if (plain_is_block(n->name))
			all[(*at)++] = '\n';
		if (n->next != NULL)
			return n->next;
	}
	return NULL;
}

const char *
node_lines(struct arena *mem, const struct node *n)
{
	size_t total = 0, at = 0;
	char *all;

	if (n->first == NULL || (n->first == n->last && n->first->name == NULL))
		return node_text(mem, n);
	for (const struct node *c = n->first; c != NULL; c = after(c, n))
		total += c->n + 2;	/* and two line ends */
	all = arena_take(mem, total + 1);
	for (const struct node *c = n->first; c != NULL;) {
		if (plain_is_block(c->name))
			all[at++] = '\n';
		if (c->n > 0)
			memcpy(all + at, c->text, c->n);
		at += c->n;
		c = c->first != NULL && !is_script(c) ? c->first :
		    left(c, n, all, &at);
	}
	return trimmed(mem, all, at);
}

const char *
node_text_at(struct arena *mem, const struct node *n, enum ns ns, const char *path)
{
	return node_text(mem, node_at(n, ns, path));
}

const char *
node_attr(const struct node *n, enum ns ns, const char *name)
{
	if (n == NULL)
		return NULL;
	for (const struct attr *a = n->attrs; a != NULL; a = a->next)
		if (a->ns == ns && strcmp(a->name, name) == 0)
			return a->value;
	return NULL;
}
