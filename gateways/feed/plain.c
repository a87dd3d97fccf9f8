#include "plain.h"

#include "arena.h"
#include "text.h"
#include "xml.h"

#include <ctype.h>
#include <libxml/uri.h>
#include <libxml/xmlmemory.h>
#include <stdint.h>
#include <utf8proc.h>

enum { BLANKS_MAX = 4, LINE_END = 9 };	/* LINE_END swallows blanks around it */

/* Characters that a page must not show: lib's rule, a character at a time. */
static int
is_forbidden(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	    (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static int
is_mark(int32_t c)
{
	if (c < 0x300 || (c >= 0x30a0 && c < 0xa000) || c == 0x3000)
		return 0;		/* what most texts here are made of */
	return utf8proc_get_property(c)->combining_class != 0;
}

/* A text being made plain. */
struct plain {
	char *out;
	size_t n, chars, max;
	int lines;			/* line ends are kept */
	int blank;			/* blanks that are due; LINE_END: one */
	int marks;			/* combining marks in a row */
};

/* Copies one character of `n` bytes. 0 when the text is full. */
static int
put(struct plain *s, const char *p, size_t n, int32_t c)
{
	if (s->chars >= s->max) {
		memcpy(s->out + s->n, "…", sizeof "…" - 1);
		s->n += sizeof "…" - 1;
		return 0;
	}
	s->marks = is_mark(c) ? s->marks + 1 : 0;
	if (s->marks > TEXT_MARKS_MAX)
		return 1;
	if (s->blank == LINE_END && s->n > 0) {
		s->out[s->n++] = s->lines ? '\n' : ' ';
		s->chars++;
	}
	for (; s->blank > 0 && s->blank < LINE_END && s->n > 0; s->blank--) {
		s->out[s->n++] = ' ';
		s->chars++;
	}
	s->blank = 0;
	for (size_t i = 0; i < n; i++)	/* quicker than memcpy for so few */
		s->out[s->n++] = p[i];
	s->chars++;
	return 1;
}

/* C1 controls are windows-1252's characters, wrongly written. */
static int
put_meant(struct plain *s, int32_t c)
{
	uint32_t meant = xml_meant((uint32_t)c);
	char bytes[8];

	if (meant < 0xa0)
		return 1;
	return put(s, bytes, xml_utf8(meant, bytes), (int32_t)meant);
}

static const char *
trimmed(struct plain *s)
{
	static const char wide[] = "\xe3\x80\x80";
	char *p = s->out;

	while (s->n >= 3 && memcmp(p, wide, 3) == 0)
		p += 3, s->n -= 3;
	while (s->n > 0 && *p == ' ')
		p++, s->n--;
	while (s->n >= 3 && memcmp(p + s->n - 3, wide, 3) == 0)
		s->n -= 3;
	p[s->n] = '\0';
	return s->n == 0 ? NULL : p;
}

/* Visible ASCII after the first character, which needs no look at each. */
static size_t
put_run(struct plain *s, const char *p, size_t left)
{
	/* Blanks may have taken it a little beyond its length already. */
	size_t n = 0, most = s->chars < s->max ? s->max - s->chars : 0;

	if (left > most)
		left = most;
	while (n < left && p[n] > ' ' && p[n] < 0x7f)
		n++;
	memcpy(s->out + s->n, p, n);
	s->n += n;
	s->chars += n;
	return n;
}

static const char *
plain(struct arena *mem, const char *text, size_t max, int lines)
{
	struct plain s = { .max = max, .lines = lines };
	size_t left;

	if (text == NULL)
		return NULL;
	left = strlen(text);
	/* A C1 control of two bytes becomes a character of three. */
	s.out = arena_take(mem, (left < max * 5 ? left * 2 : max * 10) + 16);
	while (left > 0) {
		int32_t c = (unsigned char)*text;
		ssize_t n = c < 0x80 ? 1 : utf8proc_iterate(
		    (const uint8_t *)text, (utf8proc_ssize_t)left, &c);

		if (n <= 0)
			n = 1;		/* no character: one byte is left out */
		else if (c >= 0x80 && c < 0xa0 && c != 0x85) {
			if (!put_meant(&s, c))
				break;
		}
		else if (c == ' ' || c == '\t' || c == 0xa0)
			s.blank += s.blank < BLANKS_MAX;
		else if (c == '\n' || c == '\r' || c == 0x85)
			s.blank = LINE_END;
		else if (!is_forbidden(c)) {
			if (!put(&s, text, (size_t)n, c))
				break;
			if (n == 1)
				n += (ssize_t)put_run(&s, text + 1, left - 1);
		}
		text += n;
		left -= (size_t)n;
	}
	return trimmed(&s);
}

const char *
plain_line(struct arena *mem, const char *text, size_t max)
{
	return plain(mem, text, max, 0);
}

const char *
plain_lines(struct arena *mem, const char *text, size_t max)
{
	return plain(mem, text, max, 1);
}

static int
tag_is(const char *p, const char *name)
{
	size_t n = strlen(name);

	p += *p == '/';
	return strncasecmp(p, name, n) == 0 && !isalnum((unsigned char)p[n]);
}

int
plain_is_block(const char *p)
{
	static const char *const blocks[] = { "p", "br", "div", "li", "ul", "ol",
		"tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
		"table", "blockquote", "pre", "dt", "dd" };

	for (size_t i = 0; p != NULL && i < sizeof blocks / sizeof *blocks; i++)
		if (tag_is(p, blocks[i]))
			return 1;
	return 0;
}

/* p stands at `<` of a tag: returns what follows it, past script and style. */
static const char *
past_tag(const char *p)
{
	const char *end, *name = p + 1;

	if (strncmp(p, "<!--", 4) == 0) {
		end = strstr(p, "-->");
		return end == NULL ? p + strlen(p) : end + 3;
	}
	end = strchr(p, '>');
	if (end == NULL)
		return p + strlen(p);
	if (*name != '/' && (tag_is(name, "script") || tag_is(name, "style"))) {
		const char *close = strcasestr(end, "</s");

		end = close == NULL ? NULL : strchr(close, '>');
	}
	return end == NULL ? p + strlen(p) : end + 1;
}

static int
is_tag(const char *p)
{
	return p[0] == '<' && (isalpha((unsigned char)p[1]) || p[1] == '!' ||
	    (p[1] == '/' && isalpha((unsigned char)p[2])));
}

const char *
plain_html(struct arena *mem, const char *html, size_t max)
{
	char *out, c[8];
	size_t n = 0, left, used;

	if (html == NULL || strpbrk(html, "<&") == NULL)
		return plain_lines(mem, html, max);
	left = strlen(html);
	out = arena_take(mem, left + 8);
	while (*html != '\0' && n < max * 8) {
		const char *from = html;

		if (is_tag(html)) {
			const char *with = plain_is_block(html + 1) ?
			    "\n" : "";

			html = past_tag(html);
			memcpy(out + n, with, strlen(with));
			n += strlen(with);
		} else if (*html == '&' && (used = xml_entity(html, left, c)) > 0 &&
		    strlen(c) <= used) {
			memcpy(out + n, c, strlen(c));
			n += strlen(c);
			html += used;
		} else
			out[n++] = *html++;
		left -= (size_t)(html - from);
	}
	out[n] = '\0';
	return plain_lines(mem, out, max);
}

/* Blanks and what is no ASCII, percent-encoded; NULL on a control. */
static char *
escaped(struct arena *mem, const char *link)
{
	static const char hex[] = "0123456789ABCDEF";
	char *out = arena_take(mem, strlen(link) * 3 + 1);
	size_t n = 0;

	for (; *link != '\0'; link++) {
		unsigned char c = (unsigned char)*link;

		if (c < 0x20 || c == 0x7f)
			return NULL;
		if (isalnum(c) || (c > 0x20 && c < 0x7f &&
		    strchr("<>\"{}|\\^`", c) == NULL)) {
			out[n++] = (char)c;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return out;
}

static char *
joined(struct arena *mem, const char *link, const char *base)
{
	xmlChar *made = xmlBuildURI((const xmlChar *)link,
	    (const xmlChar *)base);
	char *out = made == NULL ? NULL : arena_text(mem, (char *)made);

	xmlFree(made);
	return out;
}

const char *
plain_link(struct arena *mem, const char *link, const char *base)
{
	const char *text = plain_line(mem, link, PLAIN_LINK);
	char *out;

	if (text == NULL || strlen(text) > PLAIN_LINK)
		return NULL;
	out = escaped(mem, text);
	if (out != NULL && base != NULL && *base != '\0')
		out = joined(mem, out, base);
	if (out == NULL || strlen(out) > PLAIN_LINK)
		return NULL;
	if (strncasecmp(out, "http://", 7) != 0 &&
	    strncasecmp(out, "https://", 8) != 0)
		return NULL;
	return out;
}

const char *
plain_id(struct arena *mem, const char *id)
{
	const char *text = plain_line(mem, id, PLAIN_LINK);

	return text == NULL || strlen(text) > PLAIN_LINK ? NULL : text;
}
