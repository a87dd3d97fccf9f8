#include "log.h"

#include "instant.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <unistd.h>

enum {
	LINE_BYTES = PIPE_BUF,	/* so that a pipe never mixes two lines */
	VALUE_BYTES = 400
};

static const char cut_mark[] = ",\"cut\":\"1\"";
static const char line_end[] = "}\n";

static const char *program_name = "";
static enum log_level least_level = LOG_INFO;

/* A line under way; what does not fit sets `full`. */
struct line {
	char p[LINE_BYTES];
	size_t n;
	int full;
};

static void
put(struct line *l, const char *p, size_t n)
{
	size_t reserved = sizeof cut_mark + sizeof line_end;

	if (n > sizeof l->p - reserved - l->n)
		l->full = 1;
	if (l->full)
		return;
	memcpy(l->p + l->n, p, n);
	l->n += n;
}

/*
 * Bytes of the well-formed character at `p`, or 0: not UTF-8, or one that a
 * terminal would obey (C0, DEL, C1, a bidirectional override).
 */
static size_t
plain_character(const char *p, size_t n)
{
	if ((unsigned char)p[0] < 0x80)
		return text_check(p, 1, 0) == TEXT_OK ? 1 : 0;
	for (size_t size = 2; size <= 4 && size <= n; size++)
		if (text_check(p, size, 0) == TEXT_OK)
			return size;
	return 0;
}

/* A JSON string; what is not plain is escaped, or U+FFFD when not ASCII. */
static void
put_string(struct line *l, const char *text)
{
	size_t n = strnlen(text, VALUE_BYTES), size;

	while (n == VALUE_BYTES && n > 0 && ((unsigned char)text[n] & 0xc0) ==
	    0x80)
		n--;
	put(l, "\"", 1);
	for (size_t i = 0; i < n; i += size) {
		unsigned char c = (unsigned char)text[i];
		char code[8];

		size = plain_character(text + i, n - i);
		if (size == 0) {
			(void)snprintf(code, sizeof code, "\\u%04x",
			    c < 0x80 ? c : 0xfffd);
			put(l, code, 6);
			size = 1;
			continue;
		}
		if (c == '"' || c == '\\')
			put(l, "\\", 1);
		put(l, text + i, size);
	}
	put(l, "\"", 1);
}

/* Adds a pair, or nothing if it does not fit. `value` NULL becomes null. */
static void
put_pair(struct line *l, const char *key, const char *value)
{
	size_t before = l->n;

	if (before > 1)
		put(l, ",", 1);
	put_string(l, key);
	put(l, ":", 1);
	if (value == NULL)
		put(l, "null", 4);
	else
		put_string(l, value);
	if (l->full)
		l->n = before;
}

/* One write(2), so that threads cannot mix their lines. */
static void
write_line(struct line *l)
{
	ssize_t n;

	if (l->full) {
		memcpy(l->p + l->n, cut_mark, sizeof cut_mark - 1);
		l->n += sizeof cut_mark - 1;
	}
	memcpy(l->p + l->n, line_end, sizeof line_end - 1);
	l->n += sizeof line_end - 1;
	do
		n = write(STDERR_FILENO, l->p, l->n);
	while (n == -1 && errno == EINTR);
}

void
log_open(const char *program, enum log_level least)
{
	program_name = program;
	least_level = least;
}

void
log_line(enum log_level level, const char *what, ...)
{
	static const char *const names[] = {
		[LOG_DEBUG] = "debug", [LOG_INFO] = "info",
		[LOG_WARNING] = "warning", [LOG_ERROR] = "error"
	};
	struct line l = { .p = "{", .n = 1 };
	char at[INSTANT_TEXT];
	int error = errno;
	const char *key, *value;
	va_list ap;

	if (level < least_level)
		return;
	put_pair(&l, "at", instant_iso(instant_now(), at));
	put_pair(&l, "level", names[level]);
	put_pair(&l, "program", program_name);
	put_pair(&l, "what", what);
	va_start(ap, what);
	while (!l.full && (key = va_arg(ap, const char *)) != NULL) {
		value = va_arg(ap, const char *);
		put_pair(&l, key, value);
		if (value == NULL)	/* perhaps the end: look no further */
			break;
	}
	va_end(ap);
	write_line(&l);
	errno = error;
}
