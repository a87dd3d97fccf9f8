#include "sound.h"

#include "kana.h"

#include <stdint.h>
#include <string.h>

enum {
	KANA_BYTES = 3,		/* of each in UTF-8 */
	FIRST = 0x3041, LAST = 0x3096
};

/* What each hiragana from U+3041 to U+3096 sounds like at worst. */
static const char heard[] =
    "ああいいううええおおかかききくくけけここささししすすせせそそ"
    "たたちちつつすててととなにぬねのはははひひひふふふへへへほほほ"
    "まみむめもややゆゆよよらりるれろわわいえおんふかけ";

/* The vowel of each of them, `-` for ん. */
static const char vowels[] =
    "aaiiuueeooaaiiuueeooaaiiuueeoo"
    "aaiiuuueeooaiueoaaaiiiuuueeeooo"
    "aiueoaauuooaiueoaaieo-uae";

/* Place in the tables of the hiragana at `p`, or -1. */
static int
kana_at(const char *p)
{
	int c;

	if ((p[0] & 0xF0) != 0xE0 || p[1] == '\0' || p[2] == '\0')
		return -1;
	c = (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	return c >= FIRST && c <= LAST ? c - FIRST : -1;
}

/* Whether a vowel after this one only makes it longer. */
static int
lengthens(char before, const char *kana)
{
	switch (before) {
	case 'a':
		return memcmp(kana, "あ", KANA_BYTES) == 0;
	case 'i':
	case 'e':
		return memcmp(kana, "い", KANA_BYTES) == 0;
	case 'u':
	case 'o':
		return memcmp(kana, "う", KANA_BYTES) == 0;
	default:
		return 0;
	}
}

/* Takes っ out, in any of its three forms, before folding makes it a つ. */
static int
without_stops(const char *text, char *out, size_t n)
{
	static const char *const stops[] = { "っ", "ッ", "ｯ" };
	size_t used = 0;

	while (*text != '\0') {
		int stop = 0;

		for (size_t i = 0; i < 3; i++)
			stop |= strncmp(text, stops[i], KANA_BYTES) == 0;
		if (stop) {
			text += KANA_BYTES;
			continue;
		}
		if (used + 1 >= n)
			return -1;
		out[used++] = *text++;
	}
	out[used] = '\0';
	return 0;
}

int
sound_fold(const char *text, char buf[SOUND_BYTES])
{
	char plain[SOUND_BYTES], folded[SOUND_BYTES];
	char before = '-';
	size_t used = 0;

	if (without_stops(text, plain, sizeof plain) < 0 ||
	    kana_fold(plain, folded, sizeof folded) < 0)
		return -1;
	for (const char *p = folded; *p != '\0'; ) {
		int kana = kana_at(p);

		if (kana < 0) {
			buf[used++] = *p++;
			before = '-';
			continue;
		}
		if (!lengthens(before, p)) {
			memcpy(buf + used, heard + KANA_BYTES * kana, KANA_BYTES);
			used += KANA_BYTES;
			before = vowels[kana];
		}
		p += KANA_BYTES;
	}
	buf[used] = '\0';
	return 0;
}
