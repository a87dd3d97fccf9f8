#include "text.h"

#include "arena.h"

#include <stdarg.h>
#include <utf8proc.h>

enum { FIRST_BYTES = 1024 };

static const char hex_digits[] = "0123456789abcdef";

/* ---- the buffer ---- */

/* Makes room for `n` more bytes and a NUL. 0, or -1 when the buffer failed. */
static int
grow(struct buf *b, size_t n)
{
	size_t want, cap;
	char *p;

	if (b->failed || n > BUF_MAX_BYTES - b->n) {
		b->failed = 1;
		return -1;
	}
	want = b->n + n + 1;
	if (want <= b->cap)
		return 0;
	cap = b->cap == 0 ? FIRST_BYTES : b->cap * 2;
	if (cap < want)
		cap = want;
	p = realloc(b->p, cap);
	if (p == NULL) {
		b->failed = 1;
		return -1;
	}
	b->p = p;
	b->cap = cap;
	return 0;
}

void
buf_put(struct buf *b, const char *p, size_t n)
{
	if (n == 0 || grow(b, n) == -1)
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
buf_puts(struct buf *b, const char *text)
{
	buf_put(b, text, strlen(text));
}

void
buf_putc(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n < 0) {
		b->failed = 1;
		return;
	}
	if (grow(b, (size_t)n) == -1)
		return;
	va_start(ap, format);
	(void)vsnprintf(b->p + b->n, (size_t)n + 1, format, ap);
	va_end(ap);
	b->n += (size_t)n;
}

void
buf_i64(struct buf *b, int64_t v)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do {
		digits[--i] = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (v < 0)
		digits[--i] = '-';
	buf_put(b, digits + i, sizeof digits - i);
}

void
buf_tenths(struct buf *b, int64_t v)
{
	if (v < 0 && v > -10)
		buf_putc(b, '-');
	buf_i64(b, v / 10);
	buf_putc(b, '.');
	buf_putc(b, (char)('0' + (v < 0 ? -(v % 10) : v % 10)));
}

static const char *
html_name(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
buf_html(struct buf *b, const char *p, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		const char *name = html_name(p[i]);

		if (name == NULL)
			continue;
		buf_put(b, p + from, i - from);
		buf_puts(b, name);
		from = i + 1;
	}
	buf_put(b, p + from, n - from);
}

static void
json_escape(struct buf *b, unsigned char c)
{
	char code[] = { '\\', 'u', '0', '0', hex_digits[c >> 4],
	    hex_digits[c & 15] };

	switch (c) {
	case '"':
		buf_put(b, "\\\"", 2);
		break;
	case '\\':
		buf_put(b, "\\\\", 2);
		break;
	case '\n':
		buf_put(b, "\\n", 2);
		break;
	case '\r':
		buf_put(b, "\\r", 2);
		break;
	case '\t':
		buf_put(b, "\\t", 2);
		break;
	default:
		buf_put(b, code, sizeof code);
	}
}

void
buf_json(struct buf *b, const char *p, size_t n)
{
	size_t from = 0;

	buf_putc(b, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, p + from, i - from);
		json_escape(b, c);
		from = i + 1;
	}
	buf_put(b, p + from, n - from);
	buf_putc(b, '"');
}

static int
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

void
buf_url(struct buf *b, const char *p, size_t n)
{
	static const char upper[] = "0123456789ABCDEF";

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		char code[] = { '%', upper[c >> 4], upper[c & 15] };

		if (is_unreserved(c))
			buf_putc(b, p[i]);
		else
			buf_put(b, code, sizeof code);
	}
}

const char *
buf_text(struct buf *b)
{
	if (grow(b, 0) == -1)
		return "";
	b->p[b->n] = '\0';
	return b->p;
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = 0;
}

void
buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

/* ---- characters ---- */

static int
is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/*
 * Reads one character (RFC 3629, 4): its bytes, or 0 if there is none. The
 * least code point of each length shuts out overlong forms.
 */
static size_t
read_character(const unsigned char *p, size_t n, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 :
	    p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;
	uint32_t c;

	if (size == 0 || size > n)
		return 0;
	c = size == 1 ? p[0] : p[0] & (0x7fu >> size);
	for (size_t i = 1; i < size; i++) {
		if (!is_tail(p[i]))
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[size] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return size;
}

static int
is_refused(uint32_t c, int lines)
{
	if (c == '\t' || c == '\n' || c == '\r')
		return !lines;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return 1;
	if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
		return 1;
	return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static int
is_mark(uint32_t c)
{
	return c >= 0x300 &&
	    utf8proc_get_property((utf8proc_int32_t)c)->combining_class != 0;
}

enum text_fault
text_check(const char *p, size_t n, int lines)
{
	const unsigned char *u = (const unsigned char *)p;
	int marks = 0;

	while (n > 0) {
		uint32_t c;
		size_t size = read_character(u, n, &c);

		if (size == 0)
			return TEXT_NOT_UTF8;
		marks = is_mark(c) ? marks + 1 : 0;
		if (is_refused(c, lines) || marks > TEXT_MARKS_MAX)
			return TEXT_CONTROL;
		u += size;
		n -= size;
	}
	return TEXT_OK;
}

/* CR LF and CR become LF, in place; the new length. */
static size_t
unify_lines(char *p, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\r' && i + 1 < n && p[i + 1] == '\n')
			continue;
		p[to++] = p[i] == '\r' ? '\n' : p[i];
	}
	p[to] = '\0';
	return to;
}

/* True for ASCII, which is in normal form C already. */
static int
is_ascii(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return 0;
	return 1;
}

static char *
compose(struct arena *a, const char *p, size_t n, size_t *out_n)
{
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t size;
	char *copy;

	size = utf8proc_map((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n,
	    &made, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (size < 0) {
		fprintf(stderr, "text: %s\n", utf8proc_errmsg(size));
		abort();
	}
	*out_n = (size_t)size;
	copy = arena_copy(a, made, *out_n);
	free(made);
	return copy;
}

char *
text_normal(struct arena *a, const char *p, size_t n, size_t *out_n)
{
	char *text;

	if (is_ascii(p, n))
		text = arena_copy(a, p, n);
	else
		text = compose(a, p, n, &n);
	n = unify_lines(text, n);
	if (out_n != NULL)
		*out_n = n;
	return text;
}

size_t
text_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += !is_tail((unsigned char)*text);
	return n;
}

/* ---- encodings ---- */

/* The value of a digit, -1 if it is none; upper case only when `any_case`. */
static int
hex_value(char c, int any_case)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (any_case && c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
percent_decode(char *p, size_t n, size_t *out_n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		if (p[i] != '%') {
			p[to++] = p[i];
			continue;
		}
		if (n - i < 3)
			return -1;
		high = hex_value(p[i + 1], 1);
		low = hex_value(p[i + 2], 1);
		if (high == -1 || low == -1)
			return -1;
		p[to++] = (char)(high << 4 | low);
		i += 2;
	}
	*out_n = to;
	return 0;
}

int
url_decode(char *p, size_t n, size_t *out_n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] == '+')
			p[i] = ' ';
	return percent_decode(p, n, out_n);
}

void
hex_encode(const unsigned char *p, size_t n, char *hex)
{
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = hex_digits[p[i] >> 4];
		hex[2 * i + 1] = hex_digits[p[i] & 15];
	}
	hex[2 * n] = '\0';
}

int
hex_decode(const char *hex, unsigned char *p, size_t n)
{
	if (strlen(hex) != 2 * n || strspn(hex, hex_digits) != 2 * n)
		return -1;
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(hex_value(hex[2 * i], 0) << 4 |
		    hex_value(hex[2 * i + 1], 0));
	return 0;
}

static const char base64url_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
base64url_encode(const unsigned char *p, size_t n, char *out)
{
	uint32_t bits = 0;
	int have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | p[i]) & 0xffff;
		for (have += 8; have >= 6; have -= 6)
			*out++ = base64url_digits[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*out++ = base64url_digits[bits << (6 - have) & 63];
	*out = '\0';
}

int
base64url_decode(const char *text, unsigned char *out, size_t room)
{
	size_t length = strlen(text), n = length / 4 * 3 + length % 4 * 3 / 4;
	uint32_t bits = 0;
	int have = 0;

	if (length % 4 == 1 || n > room || n > INT32_MAX)
		return -1;
	for (; *text != '\0'; text++) {
		const char *digit = strchr(base64url_digits, *text);

		if (digit == NULL)
			return -1;
		bits = (bits << 6 | (uint32_t)(digit - base64url_digits)) &
		    0xffff;
		have += 6;
		if (have >= 8) {
			have -= 8;
			*out++ = (unsigned char)(bits >> have);
		}
	}
	return (bits & ((1u << have) - 1)) == 0 ? (int)n : -1;
}
