/* What came, as bytes and words. Pure: no database. */
#include "incoming.h"

#include "arena.h"
#include "kana.h"
#include "seal.h"
#include "text.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

char *
incoming_utf16(struct arena *mem, const char *p, size_t n)
{
	char *out = arena_take(mem, n / 2 * 3 + 1);
	const unsigned char *u = (const unsigned char *)p;
	size_t at = 0;

	if (n % 2 != 0)
		return NULL;
	for (size_t i = 0; i < n; i += 2) {
		int32_t point = u[i] << 8 | u[i + 1];

		if (point >= 0xDC00 && point <= 0xDFFF)
			return NULL;
		if (point >= 0xD800 && point <= 0xDBFF) {
			int32_t low;

			i += 2;
			if (i >= n)
				return NULL;
			low = u[i] << 8 | u[i + 1];
			if (low < 0xDC00 || low > 0xDFFF)
				return NULL;
			point = 0x10000 + ((point - 0xD800) << 10) + low - 0xDC00;
		}
		at += (size_t)utf8proc_encode_char(point,
		    (utf8proc_uint8_t *)out + at);
	}
	out[at] = '\0';
	return out;
}

int
incoming_allowed(const char *header, const char *user, const char *password)
{
	char given[400], *p = given;
	unsigned char words[300];
	char wanted[300];
	long n;

	if (strncmp(header, "Basic ", 6) != 0 || strlen(header) > sizeof given)
		return 0;
	for (header += 6; *header != '\0' && *header != '='; header++)
		*p++ = *header == '+' ? '-' : *header == '/' ? '_' : *header;
	*p = '\0';
	n = base64url_decode(given, words, sizeof words);
	(void)snprintf(wanted, sizeof wanted, "%s:%s", user, password);
	return n == (long)strlen(wanted) && seal_same(words, wanted, (size_t)n);
}

static int
is_any(const char *folded, const char *const *words)
{
	char word[100];

	for (; *words != NULL; words++)
		if (kana_fold(*words, word, sizeof word) == 0 &&
		    strcmp(word, folded) == 0)
			return 1;
	return 0;
}

enum incoming_word
incoming_word_of(const char *text)
{
	static const char *const stop[] = { "停止", "配信停止", "受信停止",
	    "ストップ", "STOP", NULL };
	static const char *const resume[] = { "再開", "配信再開", "受信再開",
	    "スタート", "START", NULL };
	char folded[100];

	if (kana_fold(text, folded, sizeof folded) != 0)
		return WORD_OTHER;
	return is_any(folded, stop) ? WORD_STOP :
	    is_any(folded, resume) ? WORD_RESUME : WORD_OTHER;
}
