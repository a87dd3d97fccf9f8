#include "charset_bytes.h"

#include "xml.h"

#include <stdint.h>

enum { REPLACEMENT = 0xfffd };

/* Bytes of the character at p, or 0 if it is none (RFC 3629). */
static size_t
utf8_at(const unsigned char *p, size_t n)
{
	size_t more = *p < 0x80 ? 0 : *p < 0xc2 ? 9 : *p < 0xe0 ? 1 :
	    *p < 0xf0 ? 2 : *p < 0xf5 ? 3 : 9;

	if (more >= n || more == 9)
		return 0;
	for (size_t i = 1; i <= more; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] >= 0xa0) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] >= 0x90))
		return 0;
	return more + 1;
}

/* Eight bytes at a time while they are ASCII. */
static size_t
ascii(const unsigned char *p, size_t n)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t eight;

		memcpy(&eight, p + i, 8);
		if (eight & 0x8080808080808080u)
			break;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/* Bytes of kana and kanji, U+3000 to U+CFFF: their three bytes have no exception. */
static size_t
cjk(const unsigned char *p, size_t n)
{
	size_t i = 0;

	while (i + 3 <= n && p[i] >= 0xe3 && p[i] <= 0xec &&
	    (p[i + 1] & 0xc0) == 0x80 && (p[i + 2] & 0xc0) == 0x80)
		i += 3;
	return i;
}

int
bytes_is_utf8(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;

	for (size_t i = 0; i < n;) {
		size_t used;

		i += ascii(p + i, n - i);
		i += cjk(p + i, n - i);
		if (i == n)
			break;
		used = utf8_at(p + i, n - i);
		if (used == 0)
			return 0;
		i += used;
	}
	return 1;
}

int
bytes_is_jis(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	const char *escape = memchr(text, 0x1b, n);
	size_t at = escape == NULL ? n : (size_t)(escape - text);

	return at + 2 < n && (p[at + 1] == '$' || p[at + 1] == '(') &&
	    ascii(p, n) == n;
}

/* Appends a character without a NUL. */
static size_t
put(char *out, uint32_t c)
{
	char utf8[8];
	size_t n = xml_utf8(c, utf8);

	memcpy(out, utf8, n);
	return n;
}

/* Units of `size` bytes; `big` says which comes first. */
static uint32_t
unit(const unsigned char *p, size_t size, int big)
{
	uint32_t v = 0;

	for (size_t i = 0; i < size; i++)
		v |= (uint32_t)p[i] << 8 * (big ? size - 1 - i : i);
	return v;
}

static void
wide(const unsigned char *p, size_t n, size_t size, int big, struct decoded *d)
{
	char *out = malloc(n / size * (size == 2 ? 3 : 4) + 4);
	size_t at = 0;

	d->p = d->owned = out;
	if (out == NULL)
		return;
	for (size_t i = 0; i + size <= n; i += size) {
		uint32_t c = unit(p + i, size, big), low;

		if (c >= 0xd800 && c < 0xdc00 && size == 2 && i + 4 <= n) {
			low = unit(p + i + 2, 2, big);
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + low - 0xdc00;
				i += 2;
			}
		}
		if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
			c = REPLACEMENT;
			d->errors++;
		}
		at += put(out + at, c);
	}
	out[at] = '\0';
	d->n = at;
}

int
bytes_marked(const char *text, size_t n, struct decoded *d)
{
	static const struct { const char *mark; size_t n, skip, size; int big;
	    const char *name; } marks[] = {
		{ "\xef\xbb\xbf", 3, 3, 1, 0, "UTF-8" },
		{ "\0\0\xfe\xff", 4, 4, 4, 1, "UTF-32" },
		{ "\xff\xfe\0\0", 4, 4, 4, 0, "UTF-32" },
		{ "\xfe\xff", 2, 2, 2, 1, "UTF-16" },
		{ "\xff\xfe", 2, 2, 2, 0, "UTF-16" },
		{ "\0\0\0<", 4, 0, 4, 1, "UTF-32" },
		{ "<\0\0\0", 4, 0, 4, 0, "UTF-32" },
		{ "\0<\0", 3, 0, 2, 1, "UTF-16" },
		{ "<\0", 2, 0, 2, 0, "UTF-16" },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (n < marks[i].n || memcmp(text, marks[i].mark, marks[i].n) != 0)
			continue;
		text += marks[i].skip;
		n -= marks[i].skip;
		d->name = marks[i].name;
		if (marks[i].size > 1)
			wide((const unsigned char *)text, n, marks[i].size,
			    marks[i].big, d);
		else if (bytes_is_utf8(text, n)) {
			d->p = text;
			d->n = n;
		} else
			(void)bytes_utf8(text, n, d);
		return 1;
	}
	return 0;
}

int
bytes_utf8(const char *text, size_t n, struct decoded *d)
{
	const unsigned char *p = (const unsigned char *)text;
	char *out = malloc(n * 3 + 1);
	size_t at = 0;

	if (out == NULL)
		return -1;
	for (size_t i = 0; i < n;) {
		size_t used = utf8_at(p + i, n - i);

		if (used == 0) {
			at += put(out + at, REPLACEMENT);
			d->errors++;
			i++;
			continue;
		}
		memcpy(out + at, text + i, used);
		at += used;
		i += used;
	}
	out[at] = '\0';
	d->p = d->owned = out;
	d->n = at;
	return 0;
}

int
bytes_latin(const char *text, size_t n, struct decoded *d)
{
	char *out = malloc(n * 3 + 1);
	size_t at = 0;

	if (out == NULL)
		return -1;
	for (size_t i = 0; i < n; i++) {
		at += put(out + at, xml_meant((unsigned char)text[i]));
	}
	out[at] = '\0';
	d->p = d->owned = out;
	d->n = at;
	return 0;
}

/* The sets that an escape of three or four bytes chooses; -1: no such escape. */
static int
escape_at(const char *p, size_t left, size_t *used)
{
	*used = 3;
	if (left < 3)
		return -1;
	if (p[1] == '(')
		return p[2] == 'B' || p[2] == 'J' ? 'B' : p[2] == 'I' ? 'I' : -1;
	if (p[1] == '$' && (p[2] == '@' || p[2] == 'B'))
		return '2';
	*used = 4;
	if (left >= 4 && p[1] == '$' && p[2] == '(' && p[3] == 'D')
		return '3';
	return -1;
}

char *
bytes_jis_to_euc(const char *p, size_t *n)
{
	char *out = malloc(*n * 3 + 1);
	size_t at = 0, used;
	int set = 'B';

	for (size_t i = 0; out != NULL && i < *n;) {
		unsigned char c = (unsigned char)p[i];
		int chosen = c == 0x1b ? escape_at(p + i, *n - i, &used) : -1;

		if (chosen != -1) {
			set = chosen;
			i += used;
		} else if (c <= 0x20 || set == 'B') {
			if (c == '\n')
				set = 'B';	/* a line ends in ASCII */
			out[at++] = p[i++];
		} else if (set == 'I') {
			out[at++] = (char)0x8e;
			out[at++] = (char)(p[i++] | 0x80);
		} else if (i + 1 < *n) {
			if (set == '3')
				out[at++] = (char)0x8f;
			out[at++] = (char)(p[i++] | 0x80);
			out[at++] = (char)(p[i++] | 0x80);
		} else
			i++;
	}
	*n = at;
	return out;
}

void
bytes_count(const char *text, size_t n, struct bytes_count *count)
{
	const unsigned char *p = (const unsigned char *)text;

	*count = (struct bytes_count){ 0 };
	for (size_t i = 0; i < n;) {
		size_t used = utf8_at(p + i, n - i);
		uint32_t c;

		if (used != 3) {
			count->odd += used == 2 && p[i] == 0xc2 && p[i + 1] < 0xa0;
			i += used == 0 ? 1 : used;
			continue;
		}
		c = (uint32_t)(p[i] & 15) << 12 | (uint32_t)(p[i + 1] & 63) << 6 |
		    (uint32_t)(p[i + 2] & 63);
		count->kana += c >= 0x3041 && c <= 0x30ff;
		count->kanji += c >= 0x4e00 && c <= 0x9fff;
		count->half_kana += c >= 0xff61 && c <= 0xff9f;
		count->odd += c >= 0xe000 && c <= 0xf8ff;
		i += used;
	}
}
