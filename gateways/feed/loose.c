/*
 * A document that is not well-formed, read as far as it goes: a bare & stands for
 * itself, an end tag without its start is left out, one that is missing is put
 * where an outer element ends, characters that XML forbids are left out.
 */
#include "arena.h"
#include "tree.h"
#include "xml.h"

#include <ctype.h>
#include <stdint.h>

enum { OPEN_MAX_DEPTH = TREE_DEPTH, BINDINGS = 64, WHAT_BYTES = 160 };

struct binding { const char *prefix; enum ns ns; int depth; };

struct loose {
	struct tree *tree;
	struct arena *mem;
	const struct xml_notes *notes;
	const char *p, *end, *start;
	const char *counted;		/* lines are counted up to here */
	size_t line;
	const char *open[OPEN_MAX_DEPTH];	/* full names, prefix:name */
	int depth;
	struct binding bound[BINDINGS];
	size_t n_bound;
};

static void
note(struct loose *l, const char *what, const char *name, size_t n)
{
	char said[WHAT_BYTES];

	for (; l->counted < l->p; l->counted++)
		l->line += *l->counted == '\n';
	(void)snprintf(said, sizeof said, "%s%s%.*s", what, n > 0 ? ": " : "",
	    (int)(n > 40 ? 40 : n), name);
	l->notes->note(l->notes->context, l->line, said);
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int
is_name(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	    (c != '\0' && strchr("_-.:", c) != NULL);
}

/* What XML 1.0 lets stand in a text, as far as single bytes tell. */
static int
is_allowed(char c)
{
	return (unsigned char)c >= 0x20 || is_blank(c);
}

/* Where `what` begins, at or after p; the end when it does not. */
static const char *
find(const struct loose *l, const char *p, const char *what)
{
	const char *at = p >= l->end ? NULL :
	    memmem(p, (size_t)(l->end - p), what, strlen(what));

	return at == NULL ? l->end : at;
}

/* A text without markup; `raw` when & is an ordinary character (CDATA). */
static void
text(struct loose *l, const char *p, const char *to, int raw)
{
	char c[8];
	size_t n;

	while (p < to) {
		const char *from = p;

		while (p < to && is_allowed(*p) && (raw || *p != '&'))
			p++;
		tree_text(l->tree, from, (size_t)(p - from));
		if (p == to)
			break;
		l->p = p;
		if (!is_allowed(*p)) {
			note(l, "left out a control character", "", 0);
			p++;
		} else if ((n = xml_entity(p, (size_t)(to - p), c)) > 0) {
			tree_text(l->tree, c, strlen(c));
			p += n;
		} else {
			note(l, "a bare & kept as it stands", "", 0);
			tree_text(l->tree, p++, 1);
		}
	}
}

/* An attribute's value with its characters resolved. */
static const char *
value_of(struct loose *l, const char *p, size_t n, size_t *out_n)
{
	char *out = arena_take(l->mem, n + 1), c[8];
	size_t at = 0, used;

	for (size_t i = 0; i < n;) {
		used = p[i] == '&' ? xml_entity(p + i, n - i, c) : 0;
		if (used > 0 && strlen(c) <= used) {
			memcpy(out + at, c, strlen(c));
			at += strlen(c);
			i += used;
		} else if (is_allowed(p[i]))
			out[at++] = p[i++];
		else
			i++;
	}
	*out_n = at;
	return out;
}

static void
bind(struct loose *l, const char *prefix, const char *uri)
{
	if (l->n_bound < BINDINGS)
		l->bound[l->n_bound++] = (struct binding){ prefix,
		    ns_of_uri(uri), l->depth };
}

static enum ns
resolve(const struct loose *l, const char *prefix)
{
	for (size_t i = l->n_bound; i-- > 0;)
		if (strcmp(l->bound[i].prefix, prefix) == 0)
			return l->bound[i].ns;
	return ns_of_prefix(prefix);
}

/* Splits `prefix:name`; without a colon the prefix is empty. */
static const char *
split(struct loose *l, const char *full, const char **prefix)
{
	const char *colon = strchr(full, ':');

	*prefix = colon == NULL ? "" :
	    arena_copy(l->mem, full, (size_t)(colon - full));
	return colon == NULL ? full : colon + 1;
}

/* Reads one attribute at l->p. 0 when there is none. */
static int
attribute(struct loose *l, const char *to, struct attr_in *a)
{
	const char *name = l->p, *value;
	char quote = 0;

	while (l->p < to && is_name(*l->p))
		l->p++;
	if (l->p == name) {
		l->p++;			/* a stray character */
		return 0;
	}
	a->name = arena_copy(l->mem, name, (size_t)(l->p - name));
	while (l->p < to && is_blank(*l->p))
		l->p++;
	a->value = "";
	a->n = 0;
	if (l->p == to || *l->p != '=')
		return 1;
	for (l->p++; l->p < to && is_blank(*l->p);)
		l->p++;
	if (l->p < to && (*l->p == '"' || *l->p == '\''))
		quote = *l->p++;
	for (value = l->p; l->p < to && (quote ? *l->p != quote :
	    !is_blank(*l->p));)
		l->p++;
	a->value = value_of(l, value, (size_t)(l->p - value), &a->n);
	l->p += quote && l->p < to;
	return 1;
}

/* All attributes up to `to`; namespace declarations are taken out of them. */
static size_t
attributes(struct loose *l, const char *to, struct attr_in *in, size_t room)
{
	size_t n = 0;

	while (l->p < to) {
		struct attr_in a = { 0 };

		if (is_blank(*l->p) || *l->p == '/') {
			l->p++;
			continue;
		}
		if (!attribute(l, to, &a))
			continue;
		if (strcmp(a.name, "xmlns") == 0)
			bind(l, "", a.value);
		else if (strncmp(a.name, "xmlns:", 6) == 0)
			bind(l, a.name + 6, a.value);
		else if (n < room)
			in[n++] = a;
	}
	for (size_t i = 0; i < n; i++) {
		const char *prefix;

		in[i].name = split(l, in[i].name, &prefix);
		in[i].ns = *prefix == '\0' ? NS_NONE : resolve(l, prefix);
	}
	return n;
}

static void
close_one(struct loose *l)
{
	l->depth--;
	while (l->n_bound > 0 && l->bound[l->n_bound - 1].depth > l->depth)
		l->n_bound--;
	tree_end(l->tree);
}

/* Where the tag at l->p ends: at > outside quotes, or at the next <. */
static const char *
tag_end(const struct loose *l)
{
	const char *plain = find(l, l->p, ">");
	char quote = 0;

	for (const char *p = l->p; p < l->end; p++) {
		if (quote != 0)
			quote = *p == quote ? 0 : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>' || *p == '<')
			return p;
	}
	return plain;			/* a quote that is never closed */
}

static void
start_tag(struct loose *l)
{
	const char *to = tag_end(l), *name = l->p, *full, *prefix, *local;
	struct attr_in in[TREE_ATTRS];
	int empty = to > l->p && to[-1] == '/';
	size_t n;

	while (l->p < to && is_name(*l->p))
		l->p++;
	full = arena_copy(l->mem, name, (size_t)(l->p - name));
	if (l->depth == OPEN_MAX_DEPTH) {
		l->tree->refused = "elements too deep inside each other";
		return;
	}
	l->open[l->depth++] = full;
	n = attributes(l, to, in, sizeof in / sizeof *in);
	local = split(l, full, &prefix);
	tree_start(l->tree, local, resolve(l, prefix), in, n);
	l->p = to + (to < l->end && *to == '>');
	if (empty)
		close_one(l);
}

static void
end_tag(struct loose *l)
{
	const char *to = tag_end(l), *name = l->p, *full;
	int at;

	while (l->p < to && is_name(*l->p))
		l->p++;
	full = arena_copy(l->mem, name, (size_t)(l->p - name));
	for (at = l->depth - 1; at >= 0 && strcasecmp(l->open[at], full) != 0;)
		at--;
	if (at < 0)
		note(l, "left out an end tag without its start", full,
		    strlen(full));
	while (at >= 0 && l->depth > at) {
		if (l->depth > at + 1)
			note(l, "put the end tag that was missing",
			    l->open[l->depth - 1], strlen(l->open[l->depth - 1]));
		close_one(l);
	}
	l->p = to + (to < l->end && *to == '>');
}

/* What only a document type has, however it is hidden behind blanks or NULs. */
static int
is_of_a_type(const struct loose *l)
{
	static const char *const words[] = { "DOCTYPE", "ENTITY", "ELEMENT",
		"ATTLIST", "NOTATION" };
	const char *p = l->p + 2;

	while (p < l->end && (unsigned char)*p <= ' ')
		p++;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(l->end - p) >= n &&
		    strncasecmp(p, words[i], n) == 0)
			return 1;
	}
	return 0;
}

/* `<!`, at l->p: a comment, CDATA, a document type, or nothing known. */
static void
declaration(struct loose *l)
{
	const char *p = l->p, *to;

	if (l->end - p >= 4 && strncmp(p, "<!--", 4) == 0) {
		to = find(l, p + 4, "-->");
		l->p = to < l->end ? to + 3 : l->end;
	} else if (l->end - p >= 9 && strncmp(p, "<![CDATA[", 9) == 0) {
		to = find(l, p + 9, "]]>");
		if (to == l->end)
			note(l, "CDATA without an end", "", 0);
		text(l, p + 9, to, 1);
		l->p = to < l->end ? to + 3 : l->end;
	} else if (is_of_a_type(l)) {
		l->tree->refused = "a document type declaration (DOCTYPE)";
	} else {
		to = find(l, p, ">");
		note(l, "left out a declaration", "", 0);
		l->p = to < l->end ? to + 1 : l->end;
	}
}

static void
markup(struct loose *l)
{
	char next = l->p + 1 < l->end ? l->p[1] : 0;
	const char *to;

	if (next == '!')
		declaration(l);
	else if (next == '?') {
		to = find(l, l->p, "?>");
		l->p = to < l->end ? to + 2 : l->end;
	} else if (next == '/') {
		l->p += 2;
		end_tag(l);
	} else if (is_name(next) && !isdigit((unsigned char)next)) {
		l->p++;
		start_tag(l);
	} else {
		note(l, "a bare < kept as it stands", "", 0);
		tree_text(l->tree, l->p++, 1);
	}
}

/* What follows the root is no part of it; but a document type is refused there. */
static void
look_behind(struct loose *l)
{
	for (l->p = find(l, l->p, "<!"); l->p < l->end &&
	    l->tree->refused == NULL; l->p = find(l, l->p, "<!"))
		declaration(l);
}

void
xml_loose(struct tree *t, struct arena *mem, const char *p, size_t n,
    const struct xml_notes *notes)
{
	struct loose l = { .tree = t, .mem = mem, .notes = notes, .p = p,
		.start = p, .counted = p, .end = p + n, .line = 1 };

	while (l.p < l.end && t->refused == NULL) {
		const char *from = l.p, *to = find(&l, l.p, "<");

		text(&l, from, to, 0);
		l.p = to;
		if (l.p < l.end && t->refused == NULL)
			markup(&l);
		if (l.depth == 0 && t->root != NULL)
			break;
	}
	if (l.depth > 0 && t->refused == NULL)
		note(&l, "the document breaks off inside", l.open[l.depth - 1],
		    strlen(l.open[l.depth - 1]));
	while (l.depth > 0)
		close_one(&l);
	if (t->refused == NULL)
		look_behind(&l);
}
