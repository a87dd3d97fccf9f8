#include "place.h"

#include "nfkc.h"

#include <stddef.h>
#include <string.h>
#include <utf8proc.h>

enum { POINTS = 200, KATAKANA = 0x30A1, KATAKANA_END = 0x30F6, TO_HIRAGANA = 0x60 };

/* An address as it is taken apart: code points [at, n). */
struct points {
	int32_t p[POINTS];
	int n;
};

static int
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

/* Whether `c` is one of the characters of `set`. */
static int
is_one_of(int32_t c, const char *set)
{
	int32_t one;
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)set;

	while (*p != '\0') {
		utf8proc_ssize_t n = utf8proc_iterate(p, -1, &one);

		if (n <= 0)
			return 0;
		if (one == c)
			return 1;
		p += n;
	}
	return 0;
}

/* The value of a kanji digit, 10 for 十, -1 for any other character. */
static int
kanji_digit(int32_t c)
{
	static const char digits[] = "〇一二三四五六七八九十";

	for (int i = 0; i <= 10; i++) {
		int32_t one;

		(void)utf8proc_iterate((const utf8proc_uint8_t *)digits + 3 * i,
		    3, &one);
		if (one == c)
			return i;
	}
	return -1;
}

/* The kanji number from `at` on, if a counter of houses follows it; *end its end. */
static int
kanji_number(const struct points *a, int at, int *end)
{
	int value = 0, last = 0, i = at;

	for (; i < a->n && kanji_digit(a->p[i]) >= 0; i++) {
		int d = kanji_digit(a->p[i]);

		value = d == 10 ? value + (last == 0 ? 10 : last * 10) - last :
		    value + d;
		last = d == 10 ? 0 : d;
	}
	*end = i;
	if (i == at || i == a->n || !is_one_of(a->p[i], "丁番号条"))
		return -1;
	return value;
}

static void
append(struct points *a, int32_t c)
{
	if (a->n < POINTS)
		a->p[a->n++] = c;
}

/* Kanji numbers become digits, katakana hiragana, blanks go. */
static void
plain(const struct points *from, struct points *to)
{
	to->n = 0;
	for (int i = 0; i < from->n; i++) {
		int32_t c = from->p[i];
		int end, number = kanji_number(from, i, &end);

		if (number >= 0) {
			if (number >= 10)
				append(to, '0' + number / 10 % 10);
			append(to, '0' + number % 10);
			i = end - 1;
			continue;
		}
		if (c == ' ' || is_one_of(c, "、,　"))
			continue;
		if (is_one_of(c, "ヶケが"))
			c = 0x3051;	/* け */
		else if (c >= KATAKANA && c <= KATAKANA_END)
			c -= TO_HIRAGANA;
		append(to, utf8proc_tolower(c));
	}
}

/* Where the number begins. */
static int
area_end(const struct points *a)
{
	int i = 0;

	while (i < a->n && !is_digit(a->p[i]))
		i++;
	return i;
}

/* Where the part of the municipality begins: behind its last word that leaves any. */
static int
area_begin(const struct points *a, int end)
{
	int begin = 0;

	for (int i = 1; i + 1 < end; i++)
		if (is_one_of(a->p[i], "都道府県市区町村郡"))
			begin = i + 1;
	if (end - begin > 2 && is_one_of(a->p[begin], "大") &&
	    is_one_of(a->p[begin + 1], "字"))
		begin += 2;
	if (end - begin > 1 && is_one_of(a->p[begin], "字"))
		begin++;
	return begin;
}

static int
put_area(const struct points *a, int from, int to, char *out)
{
	size_t used = 0;

	for (int i = from; i < to; i++) {
		if (used + 5 > AREA_BYTES)
			return -1;
		used += (size_t)utf8proc_encode_char(a->p[i],
		    (utf8proc_uint8_t *)out + used);
	}
	out[used] = '\0';
	return used == 0 ? -1 : 0;
}

/* Groups of digits, whatever stands between them. */
static int
put_numbers(const struct points *a, int from, char *out)
{
	size_t used = 0;
	int gap = 0;

	for (int i = from; i < a->n; i++) {
		if (!is_digit(a->p[i])) {
			gap = 1;
			continue;
		}
		if (used + 3 > NUMBERS_BYTES)
			return -1;
		if (gap && used > 0)
			out[used++] = '-';
		gap = 0;
		out[used++] = (char)a->p[i];
	}
	out[used] = '\0';
	return 0;
}

int
place_parse(const char *text, struct place *out)
{
	struct points said, a;
	int end;

	said.n = nfkc_points(text, said.p, POINTS);
	if (said.n < 0)
		return -1;
	plain(&said, &a);
	end = area_end(&a);
	if (put_area(&a, area_begin(&a, end), end, out->area) < 0)
		return -1;
	return put_numbers(&a, end, out->numbers);
}
