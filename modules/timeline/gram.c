#include "gram.h"

#include "arena.h"
#include "nfkc.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* No character becomes more code points than this for each of its bytes. */
enum { POINTS_A_BYTE = 6, SPARE = 16, KATAKANA_FROM = 0x30a1, KATAKANA_TO = 0x30f6,
	TO_HIRAGANA = 0x60, SECOND_BITS = 21 };

static int
is_blank(int32_t c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == 0x3000;
}

static int32_t
fold_one(int32_t c)
{
	if (c >= KATAKANA_FROM && c <= KATAKANA_TO)
		return c - TO_HIRAGANA;
	return utf8proc_tolower(c);
}

const int32_t *
gram_fold(struct arena *mem, const char *text, size_t *n)
{
	size_t length = strlen(text), room = length + SPARE, kept = 0;
	int32_t *points = arena_take_many(mem, room, sizeof *points);
	int count = nfkc_points(text, points, room);

	if (count < 0) {	/* ligatures that become whole words */
		room = length * POINTS_A_BYTE + SPARE;
		points = arena_take_many(mem, room, sizeof *points);
		count = nfkc_points(text, points, room);
	}
	for (int i = 0; i < count; i++)
		if (!is_blank(points[i]))
			points[kept++] = fold_one(points[i]);
	*n = kept;
	return points;
}

int64_t
gram_pair(int32_t first, int32_t second)
{
	return (int64_t)first << SECOND_BITS | second;
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Sorts, leaves each out that was there, and writes the array. */
static const char *
list(struct arena *mem, int64_t *pair, size_t n, int64_t *count)
{
	struct buf b = { 0 };
	const char *text;

	qsort(pair, n, sizeof *pair, by_value);
	*count = 0;
	buf_putc(&b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && pair[i] == pair[i - 1])
			continue;
		if ((*count)++ > 0)
			buf_putc(&b, ',');
		buf_i64(&b, pair[i]);
	}
	buf_putc(&b, ']');
	text = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return text;
}

const char *
gram_list(struct arena *mem, const char *text)
{
	size_t n;
	const int32_t *points = gram_fold(mem, text, &n);
	int64_t *pair = arena_take_many(mem, n + 1, sizeof *pair), count;

	for (size_t i = 0; i < n; i++)
		pair[i] = gram_pair(points[i], i + 1 < n ? points[i + 1] : 0);
	return list(mem, pair, n, &count);
}

const char *
gram_wanted(struct arena *mem, const int32_t *points, size_t n, int64_t *count)
{
	int64_t *pair = arena_take_many(mem, n, sizeof *pair);

	for (size_t i = 0; i + 1 < n; i++)
		pair[i] = gram_pair(points[i], points[i + 1]);
	return list(mem, pair, n - 1, count);
}

int
gram_holds(struct arena *mem, const char *text, const int32_t *points,
    size_t n)
{
	size_t have;
	const int32_t *in = gram_fold(mem, text, &have);

	for (size_t i = 0; i + n <= have; i++)
		if (memcmp(in + i, points, n * sizeof *points) == 0)
			return 1;
	return 0;
}
