#include "nfkc.h"

#include "arena.h"

#include <limits.h>
#include <utf8proc.h>

int
nfkc_points(const char *text, int32_t *out, size_t n)
{
	const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPAT |
	    UTF8PROC_COMPOSE;
	size_t length = strlen(text);
	utf8proc_ssize_t count;

	if (length > INT_MAX || n > INT_MAX)
		return -1;
	count = utf8proc_decompose((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)length, out, (utf8proc_ssize_t)n, form);
	if (count < 0 || count > (utf8proc_ssize_t)n)
		return -1;
	return (int)utf8proc_normalize_utf32(out, count, form);
}

char *
nfkc_text(struct arena *mem, const char *text)
{
	const utf8proc_option_t form = UTF8PROC_STABLE | UTF8PROC_COMPAT |
	    UTF8PROC_COMPOSE;
	utf8proc_uint8_t *made = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text,
	    (utf8proc_ssize_t)strlen(text), &made, form);
	char *copy;

	if (n < 0)
		abort();
	copy = arena_copy(mem, made, (size_t)n);
	free(made);
	return copy;
}
