#include "kana.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "nfkc.h"

enum {
	POINTS = 256,
	POINT_BYTES = 4,
	KATAKANA_FIRST = 0x30A1,
	KATAKANA_LAST = 0x30F6,
	KATAKANA_TO_HIRAGANA = 0x60,
	HIRAGANA_FIRST = 0x3041,
	HIRAGANA_LAST = 0x3096,
	LONG_MARK = 0x30FC,
	KANA_A = 0x3042,
	KANA_I = 0x3044,
	KANA_U = 0x3046,
	KANA_E = 0x3048,
	KANA_O = 0x304A
};

/* What each hiragana from U+3041 to U+3096 is folded to. */
static const char folded[] =
    "ああいいううええおおかがきぎくぐけげこごさざしじすずせぜそぞ"
    "ただちじつつずてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽ"
    "まみむめもややゆゆよよらりるれろわわいえおんぶかけ";

/* The vowel of each of them after folding, `-` for ん. */
static const char vowels[] =
    "aaiiuueeooaaiiuueeooaaiiuueeoo"
    "aaiiuuueeooaiueoaaaiiiuuueeeooo"
    "aiueoaauuooaiueoaaieo-uae";

static bool
is_hiragana(int32_t c)
{
	return c >= HIRAGANA_FIRST && c <= HIRAGANA_LAST;
}

static bool
is_kept(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category >= UTF8PROC_CATEGORY_LU &&
	    category <= UTF8PROC_CATEGORY_NO &&
	    !(category >= UTF8PROC_CATEGORY_MN &&
	    category <= UTF8PROC_CATEGORY_ME);
}

/* All kana take three bytes in UTF-8. */
static int32_t
fold_hiragana(int32_t c)
{
	const char *at = folded + 3 * (c - HIRAGANA_FIRST);

	return (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
}

/* The kana that a long mark after `before` is spelled with; 0 if none. */
static int32_t
long_vowel(int32_t before)
{
	if (!is_hiragana(before))
		return 0;
	switch (vowels[before - HIRAGANA_FIRST]) {
	case 'a':
		return KANA_A;
	case 'i':
	case 'e':
		return KANA_I;
	case 'u':
	case 'o':
		return KANA_U;
	default:
		return 0;
	}
}

static bool
has_vowel(int32_t c, char vowel)
{
	return is_hiragana(c) && vowels[c - HIRAGANA_FIRST] == vowel;
}

/* Folds one character that follows the folded `before`; 0 if it goes. */
static int32_t
fold_point(int32_t c, int32_t before)
{
	if (c == LONG_MARK)
		return long_vowel(before);
	if (c >= KATAKANA_FIRST && c <= KATAKANA_LAST)
		c -= KATAKANA_TO_HIRAGANA;
	if (!is_hiragana(c))
		return is_kept(c) ? utf8proc_tolower(c) : 0;
	c = fold_hiragana(c);
	if (c == KANA_O && has_vowel(before, 'o'))
		return KANA_U;
	if (c == KANA_E && has_vowel(before, 'e'))
		return KANA_I;
	return c;
}

int
kana_fold(const char *text, char *buf, size_t n)
{
	int32_t points[POINTS], before = 0;
	char bytes[POINTS * POINT_BYTES + 1];
	int count = nfkc_points(text, points, POINTS);
	size_t used = 0;

	for (int i = 0; i < count; i++) {
		int32_t c = fold_point(points[i], before);

		if (c == 0)
			continue;
		used += (size_t)utf8proc_encode_char(c,
		    (utf8proc_uint8_t *)bytes + used);
		before = c;
	}
	if (count < 0 || used >= n)
		return -1;
	bytes[used] = '\0';
	memcpy(buf, bytes, used + 1);
	return 0;
}
