/*
 * Reads pages into lists of operations, one list a file and language. A
 * message becomes text and values in the language of the list, so rendering
 * knows nothing of translation. Lines that hold only a section's tag, a comment
 * or an include leave nothing behind, as Mustache has it.
 */
#include "page_own.h"

#include "arena.h"
#include "model_own.h"
#include "text.h"

#include <ctype.h>
#include <stdarg.h>

enum {
	INDENT_BYTES = 64,	/* of an include; stops one that includes itself */
	NAME_BYTES = 64,
	FIRST_OPS = 32
};

struct parser {
	struct pages *pages;
	enum lang lang;
	struct template *to;
	const char *at;
	struct op *op;
	uint32_t *in;			/* section of each op, + 1 */
	uint32_t n, cap;
	uint32_t open[PAGE_DEPTH];
	int depth;
	char *why;
	size_t why_bytes;
	int failed;
};

struct tag {
	const char *from;		/* of {{ */
	const char *after;		/* of }} */
	char sigil;			/* # ^ / ! > or 0 */
	const char *name;
	size_t n;
};

__attribute__((format(printf, 3, 4))) static void
fail(struct parser *p, const char *at, const char *format, ...)
{
	int line = 1, n;
	va_list ap;

	if (p->failed)
		return;
	p->failed = 1;
	for (const char *c = p->to->text; c < at; c++)
		line += *c == '\n';
	n = snprintf(p->why, p->why_bytes, "%s:%d: ", p->to->name, line);
	if (n < 0 || (size_t)n >= p->why_bytes)
		return;
	va_start(ap, format);
	(void)vsnprintf(p->why + n, p->why_bytes - (size_t)n, format, ap);
	va_end(ap);
}

/* ---- operations ---- */

static void *
grown(struct parser *p, const void *old, size_t size)
{
	void *new = arena_take_many(p->pages->mem, p->cap, size);

	if (p->n > 0)
		memcpy(new, old, p->n * size);
	return new;
}

static struct op *
add_op(struct parser *p, enum op_kind kind)
{
	struct op *op;

	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? FIRST_OPS : p->cap * 2;
		p->op = grown(p, p->op, sizeof *p->op);
		p->in = grown(p, p->in, sizeof *p->in);
	}
	op = &p->op[p->n];
	op->kind = kind;
	p->in[p->n++] = p->depth == 0 ? 0 : p->open[p->depth - 1] + 1;
	return op;
}

static void
add_text(struct parser *p, const char *from, const char *to)
{
	struct op *op;

	if (to <= from)
		return;
	op = add_op(p, OP_TEXT);
	op->u.text = from;
	op->n = (uint32_t)(to - from);
}

static const struct page_key *
new_key(struct parser *p, const char *name, size_t n)
{
	struct page_key *key = arena_take(p->pages->mem, sizeof *key);
	const char *part = key->whole = arena_copy(p->pages->mem, name, n);

	if (strcmp(key->whole, ".") == 0)
		return key;
	while (part != NULL) {
		size_t bytes = strcspn(part, ".");
		struct page_part *to;

		if (bytes == 0 || key->n == PAGE_PARTS) {
			fail(p, name, "not a key: %s", key->whole);
			return key;
		}
		to = &key->part[key->n++];
		to->name = part;
		to->bytes = (unsigned short)bytes;
		to->hash = key_hash(part, bytes);
		to->property = (unsigned short)property_of(part, bytes);
		part = part[bytes] == '.' ? part + bytes + 1 : NULL;
	}
	return key;
}

static int
has_key(const struct op *op, const char *name, size_t n)
{
	return (op->kind == OP_VALUE || op->kind == OP_SECTION ||
	    op->kind == OP_INVERTED) && strlen(op->u.key->whole) == n &&
	    memcmp(op->u.key->whole, name, n) == 0;
}

/*
 * An operation on a key. The same key in the same section shares a slot, where
 * rendering remembers which column it is.
 */
static struct op *
add_key(struct parser *p, enum op_kind kind, const char *name, size_t n)
{
	struct op *op = add_op(p, kind);
	uint32_t here = p->in[p->n - 1];

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)name[i]) &&
		    strchr("._-", name[i]) == NULL)
			fail(p, name, "not a key: %.*s", (int)n, name);
	for (uint32_t i = p->n - 1; i-- > 0; ) {
		if (!has_key(&p->op[i], name, n))
			continue;
		op->u.key = p->op[i].u.key;
		if (p->in[i] == here) {
			op->slot = p->op[i].slot;
			return op;
		}
	}
	if (op->u.key == NULL)
		op->u.key = new_key(p, name, n);
	op->slot = p->to->slots++;
	return op;
}

/* ---- tags ---- */

static void
trim(const char **from, size_t *n)
{
	while (*n > 0 && isspace((unsigned char)**from)) {
		++*from;
		--*n;
	}
	while (*n > 0 && isspace((unsigned char)(*from)[*n - 1]))
		--*n;
}

/* Reads the tag at `from`. 0, or -1 after fail. */
static int
read_tag(struct parser *p, const char *from, struct tag *tag)
{
	const char *end = strstr(from + 2, "}}");
	char c = from[2];

	if (end == NULL) {
		fail(p, from, "a tag without its end");
		return -1;
	}
	if (c == '{' || c == '&') {
		fail(p, from, "there is no raw form");
		return -1;
	}
	if (c == '=' || c == '<' || c == '$') {
		fail(p, from, "not supported: {{%c", c);
		return -1;
	}
	tag->from = from;
	tag->after = end + 2;
	tag->sigil = c != '\0' && strchr("#^/!>", c) != NULL ? c : 0;
	tag->name = from + (tag->sigil ? 3 : 2);
	tag->n = tag->name < end ? (size_t)(end - tag->name) : 0;
	trim(&tag->name, &tag->n);
	if (tag->n == 0 && tag->sigil != '!' && tag->sigil != '/') {
		fail(p, from, "a tag without a name");
		return -1;
	}
	return 0;
}

/*
 * If the tag is all that its line holds, moves `*from` to the line's start and
 * `*to` behind its end.
 */
static int
stands_alone(const struct parser *p, const struct tag *tag, const char **from,
    const char **to)
{
	const char *a = tag->from, *b = tag->after;

	if (!tag->sigil)
		return 0;
	while (a > p->to->text && (a[-1] == ' ' || a[-1] == '\t'))
		a--;
	while (*b == ' ' || *b == '\t')
		b++;
	if ((a > p->to->text && a[-1] != '\n') ||
	    (*b != '\0' && *b != '\n' && strncmp(b, "\r\n", 2) != 0))
		return 0;
	b += *b == '\r';
	b += *b == '\n';
	*from = a;
	*to = b;
	return 1;
}

/* The literal part of a message: plain text, so escaped. */
static void
add_plain(struct parser *p, const char *from, size_t n)
{
	struct buf b = { 0 };
	const char *copy;

	if (n == 0)
		return;
	buf_html(&b, from, n);
	copy = arena_copy(p->pages->mem, b.p, b.n);
	add_text(p, copy, copy + b.n);
	buf_free(&b);
}

/* `{{#t}}…{{/t}}`: the words of the parser's language, with their values. */
static void
parse_message(struct parser *p, const struct tag *tag)
{
	const char *end = strstr(tag->after, "{{/t}}");
	const char *at, *next, *text;
	struct tag in;

	if (end == NULL || memchr(tag->after, '\n', (size_t)(end - tag->after))) {
		fail(p, tag->from, "a message ends with {{/t}} on its line");
		return;
	}
	text = arena_copy(p->pages->mem, tag->after, (size_t)(end - tag->after));
	text = page_word(p->pages, p->lang, text);
	for (at = text; (next = strstr(at, "{{")) != NULL; at = in.after) {
		add_plain(p, at, (size_t)(next - at));
		if (read_tag(p, next, &in) == -1)
			return;
		if (in.sigil) {
			fail(p, tag->from, "a message holds only values: %s", text);
			return;
		}
		add_key(p, OP_VALUE, in.name, in.n);
	}
	add_plain(p, at, strlen(at));
	p->at = end + strlen("{{/t}}");
}

static void
open_section(struct parser *p, const struct tag *tag)
{
	enum op_kind kind = tag->sigil == '#' ? OP_SECTION : OP_INVERTED;

	if (p->depth == PAGE_DEPTH) {
		fail(p, tag->from, "too many sections inside one another");
		return;
	}
	add_key(p, kind, tag->name, tag->n);
	p->open[p->depth++] = p->n - 1;
}

static void
close_section(struct parser *p, const struct tag *tag)
{
	struct op *op;

	if (p->depth == 0) {
		fail(p, tag->from, "nothing to close");
		return;
	}
	op = &p->op[p->open[--p->depth]];
	if (tag->n > 0 && !has_key(op, tag->name, tag->n))
		fail(p, tag->from, "{{/%.*s}} closes {{#%s}}", (int)tag->n,
		    tag->name, op->u.key->whole);
	op->n = p->n;
}

/* ---- includes ---- */

/* The text with `indent` before each of its lines. */
static const char *
indented(struct arena *mem, const char *text, const char *indent)
{
	struct buf b = { 0 };
	const char *end, *copy;

	for (; *text != '\0'; text = end) {
		end = strchr(text, '\n');
		end = end == NULL ? text + strlen(text) : end + 1;
		buf_puts(&b, indent);
		buf_put(&b, text, (size_t)(end - text));
	}
	copy = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return copy;
}

/* Index of the template for a file at some indentation, made if need be. */
static int
want_template(struct parser *p, int file, const char *indent)
{
	struct pages *pages = p->pages;
	struct template new = pages->of[0][file];

	for (uint32_t i = 0; i < pages->n; i++)
		if (strcmp(pages->of[0][i].name, new.name) == 0 &&
		    strcmp(pages->of[0][i].indent, indent) == 0)
			return (int)i;
	if (pages->n == PAGE_TEMPLATES || strlen(indent) > INDENT_BYTES)
		return -1;
	new = (struct template){ .name = new.name,
	    .indent = arena_text(pages->mem, indent),
	    .text = indented(pages->mem, new.text, indent) };
	for (int lang = 0; lang < LANG_COUNT; lang++)
		pages->of[lang][pages->n] = new;
	return (int)pages->n++;
}

static void
parse_include(struct parser *p, const struct tag *tag, const char *line)
{
	char name[NAME_BYTES];
	const char *indent = "";
	int file, index;

	if (tag->n == strlen("page") && memcmp(tag->name, "page", tag->n) == 0) {
		add_op(p, OP_PAGE);
		return;
	}
	(void)snprintf(name, sizeof name, "%.*s.html", (int)tag->n, tag->name);
	file = page_index(p->pages, name);
	if (file == -1) {
		fail(p, tag->from, "no page %s", name);
		return;
	}
	if (line != NULL)
		indent = arena_copy(p->pages->mem, line,
		    (size_t)(tag->from - line));
	index = want_template(p, file, indent);
	if (index == -1)
		fail(p, tag->from, "includes itself, each time further in");
	else
		add_op(p, OP_INCLUDE)->n = (uint32_t)index;
}

/* ---- a file ---- */

static void
parse_tag(struct parser *p, const char *from)
{
	const char *before = from, *next;
	struct tag tag;
	int alone;

	if (read_tag(p, from, &tag) == -1)
		return;
	next = tag.after;
	alone = stands_alone(p, &tag, &before, &next);
	add_text(p, p->at, before);
	p->at = next;
	if (tag.sigil == 0) {
		add_key(p, OP_VALUE, tag.name, tag.n);
	} else if (tag.sigil == '/') {
		close_section(p, &tag);
	} else if (tag.sigil == '>') {
		parse_include(p, &tag, alone ? before : NULL);
	} else if (tag.sigil != '!') {
		if (tag.n == 1 && tag.name[0] == 't')
			parse_message(p, &tag);
		else
			open_section(p, &tag);
	}
}

int
page_parse(struct pages *pages, enum lang lang, uint32_t index, char *why,
    size_t why_bytes)
{
	struct template *to = &pages->of[lang][index];
	struct parser parser = { .pages = pages, .lang = lang, .to = to,
	    .at = to->text, .why = why, .why_bytes = why_bytes };
	struct parser *p = &parser;
	const char *tag;

	while (!p->failed && (tag = strstr(p->at, "{{")) != NULL)
		parse_tag(p, tag);
	if (p->failed)
		return -1;
	add_text(p, p->at, p->at + strlen(p->at));
	if (p->depth > 0)
		fail(p, p->at + strlen(p->at), "{{#%s}} is not closed",
		    p->op[p->open[p->depth - 1]].u.key->whole);
	to->op = p->op;
	to->n = p->n;
	return p->failed ? -1 : 0;
}
