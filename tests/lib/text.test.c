#include "text.h"

#include "arena.h"
#include "unit.h"

/* ---- the buffer ---- */

static void
builds(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(buf_text(&b), "");
	buf_puts(&b, "a");
	buf_putc(&b, 'b');
	buf_put(&b, "cXX", 1);
	buf_printf(&b, "-%s-%d-", "", 7);
	buf_i64(&b, INT64_MIN);
	buf_i64(&b, INT64_MAX);
	buf_i64(&b, 0);
	assert_string_equal(buf_text(&b),
	    "abc--7--922337203685477580892233720368547758070");
	buf_reset(&b);
	assert_string_equal(buf_text(&b), "");
	buf_free(&b);
	assert_null(b.p);
}

static void
holds_a_nul(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_put(&b, "a\0b", 3);
	assert_int_equal(b.n, 3);
	assert_memory_equal(buf_text(&b), "a\0b", 4);
	buf_free(&b);
}

static void
has_a_limit(void **state)
{
	static char piece[1024 * 1024];
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 16; i++)
		buf_put(&b, piece, sizeof piece);
	assert_int_equal(b.n, BUF_MAX_BYTES);
	assert_int_equal(b.failed, 0);
	buf_putc(&b, 'x');
	assert_int_equal(b.failed, 1);
	assert_string_equal(buf_text(&b), "");
	buf_reset(&b);
	buf_printf(&b, "%s", "again");
	assert_string_equal(buf_text(&b), "again");
	buf_free(&b);
}

static void
escapes(void **state)
{
	static const char html[] = "<a href=\"x\" title='y'>& が";
	static const char json[] = "\"\\/\b\f\n\r\t\x1f\x7f" "が";
	static const char url[] = "aZ09-._~ +/?%&が";
	struct buf b = { 0 };

	(void)state;
	buf_html(&b, html, sizeof html - 1);
	assert_string_equal(buf_text(&b), "&lt;a href=&quot;x&quot; "
	    "title=&#39;y&#39;&gt;&amp; が");
	buf_reset(&b);
	buf_json(&b, json, sizeof json - 1);
	assert_string_equal(buf_text(&b), "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t"
	    "\\u001f\x7f" "が\"");
	buf_reset(&b);
	buf_url(&b, url, sizeof url - 1);
	assert_string_equal(buf_text(&b),
	    "aZ09-._~%20%2B%2F%3F%25%26%E3%81%8C");
	buf_reset(&b);
	buf_json(&b, "", 0);
	assert_string_equal(buf_text(&b), "\"\"");
	buf_free(&b);
}

/* ---- characters ---- */

static const struct sample {
	const char *text;
	size_t n;
	enum text_fault line, lines;
} samples[] = {
#define S(text, line, lines) { text, sizeof (text) - 1, line, lines }
#define FINE(text) S(text, TEXT_OK, TEXT_OK)
#define BROKEN(text) S(text, TEXT_NOT_UTF8, TEXT_NOT_UTF8)
#define REFUSED(text) S(text, TEXT_CONTROL, TEXT_CONTROL)
	FINE(""), FINE("plain ~"), FINE("が"), FINE("か\xe3\x82\x99"),
	FINE("\xf0\x9f\x98\x80"),		/* U+1F600 */
	FINE("\xef\xbb\xbf" "BOM"), FINE("\xc2\xa0"),
	FINE("\xf0\xa0\xae\xb7\xe9\x87\x8e\xe5\xae\xb6"),	/* U+20BB7 */
	FINE("\xf4\x8f\xbf\xbd"),		/* U+10FFFD */
	FINE("\xed\x9f\xbf"), FINE("\xee\x80\x80"),
	FINE("\xe2\x80\x8f"),			/* a mark, no override */
	S("a\tb", TEXT_CONTROL, TEXT_OK), S("a\nb", TEXT_CONTROL, TEXT_OK),
	S("a\r\nb", TEXT_CONTROL, TEXT_OK),
	BROKEN("\x80"), BROKEN("a\xbf"), BROKEN("\xff"), BROKEN("\xfe"),
	BROKEN("\xc0\x80"), BROKEN("\xc1\xbf"),	/* overlong */
	BROKEN("\xe0\x80\xaf"), BROKEN("\xe0\x9f\xbf"),
	BROKEN("\xf0\x80\x80\xaf"), BROKEN("\xf0\x8f\xbf\xbf"),
	BROKEN("\xed\xa0\x80"), BROKEN("\xed\xbf\xbf"),	/* surrogates */
	BROKEN("\xed\xa0\xbd\xed\xb8\x80"),	/* CESU-8 */
	BROKEN("\xf4\x90\x80\x80"), BROKEN("\xf5\x80\x80\x80"),
	BROKEN("\xf8\x88\x80\x80\x80"),
	BROKEN("\xe3"), BROKEN("\xe3\x81"), BROKEN("\xf0\x9f\x98"),
	BROKEN("\xe3\x81" "a"), BROKEN("\xc3("),
	BROKEN("\x8a\xbf\x8e\xd2"),		/* Shift_JIS */
	REFUSED("\0"), REFUSED("a\0b"), REFUSED("\x1b[31m"), REFUSED("\x7f"),
	REFUSED("\xc2\x80"), REFUSED("\xc2\x85"), REFUSED("\xc2\x9f"),
	REFUSED("\xe2\x80\xaa"), REFUSED("\xe2\x80\xae"),	/* U+202A, E */
	REFUSED("\xe2\x81\xa6"), REFUSED("\xe2\x81\xa9"),	/* U+2066, 9 */
	REFUSED("\xef\xb7\x90"), REFUSED("\xef\xb7\xaf"),	/* U+FDD0, EF */
	REFUSED("\xef\xbf\xbe"), REFUSED("\xef\xbf\xbf"),
	REFUSED("\xf0\x9f\xbf\xbe"), REFUSED("\xf4\x8f\xbf\xbf"),
};

static void
checks(void **state)
{
	(void)state;
	for (size_t i = 0; i < NELEMENTS(samples); i++) {
		const struct sample *s = &samples[i];
		/* Of its exact size, so that a sanitizer sees a byte too far. */
		char *copy = malloc(s->n + !s->n);

		memcpy(copy, s->text, s->n);
		if (text_check(copy, s->n, 0) != s->line ||
		    text_check(copy, s->n, 1) != s->lines)
			fail_msg("sample %zu", i);
		free(copy);
	}
}

/* Every code point, against the rule written the other way round. */
static void
checks_every_character(void **state)
{
	(void)state;
	for (uint32_t c = 0x800; c <= 0x1fffff; c++) {
		char p[4] = { (char)(0xf0 | c >> 18),
		    (char)(0x80 | (c >> 12 & 63)), (char)(0x80 | (c >> 6 & 63)),
		    (char)(0x80 | (c & 63)) };
		char *from = p;
		enum text_fault want = TEXT_OK;

		if (c < 0x10000) {
			from = p + 1;
			p[1] = (char)(0xe0 | c >> 12);
		}
		if (c > 0x10ffff || (c >> 11) == 0x1b)
			want = TEXT_NOT_UTF8;
		else if ((c & 0xffff) >= 0xfffe || (c >> 4) == 0xfdd ||
		    (c >> 4) == 0xfde || (c >= 0x202a && c < 0x202f) ||
		    (c >= 0x2066 && c < 0x206a))
			want = TEXT_CONTROL;
		if (text_check(from, (size_t)(p + 4 - from), 0) != want)
			fail_msg("U+%04X", c);
	}
}

static void
marks_in_a_row(void **state)
{
	char text[64] = "e";

	(void)state;
	for (int i = 0; i < 31; i++)
		memcpy(text + 1 + 2 * i, i % 2 ? "\xcc\x80" : "\xcc\xa3", 2);
	assert_int_equal(text_check(text, 1 + 2 * 30, 0), TEXT_OK);
	assert_int_equal(text_check(text, 1 + 2 * 31, 0), TEXT_CONTROL);
}

static void
assert_normal(struct arena *a, const char *from, const char *want)
{
	size_t n = 99;

	assert_string_equal(text_normal(a, from, strlen(from), &n), want);
	assert_int_equal(n, strlen(want));
}

static void
normalises(void **state)
{
	struct arena *a = arena_new(1024 * 1024);

	(void)state;
	assert_normal(a, "", "");
	assert_normal(a, "か\xe3\x82\x99", "が");
	assert_normal(a, "は\xe3\x82\x9a", "ぱ");
	assert_normal(a, "が", "が");
	assert_normal(a, "ｶﾞ", "ｶﾞ");		/* half width stays */
	assert_normal(a, "①㈱Ａ", "①㈱Ａ");	/* no compatibility forms */
	assert_normal(a, "e\xcc\x81", "é");
	assert_normal(a, "\xe2\x84\xab", "Å");	/* the angstrom sign */
	assert_normal(a, "\xef\xa8\x99", "神");	/* U+FA19: NFC unifies it */
	assert_normal(a, "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
	assert_normal(a, "a\r\nb\rc\n\r\r\nd\r", "a\nb\nc\n\n\nd\n");
	assert_normal(a, "あ\r\nい", "あ\nい");
	assert_string_equal(text_normal(a, "abc", 2, NULL), "ab");
	arena_free(a);
}

static void
counts_characters(void **state)
{
	(void)state;
	assert_int_equal(text_length(""), 0);
	assert_int_equal(text_length("aがあ\xf0\x9f\x98\x80"), 4);
}

/* ---- encodings ---- */

static void
decodes_urls(void **state)
{
	static const struct { const char *from, *url, *percent; } v[] = {
		{ "", "", "" }, { "abc", "abc", "abc" },
		{ "a+b", "a b", "a+b" }, { "a%2Bb%2b", "a+b+", "a+b+" },
		{ "%E3%81%8c", "が", "が" }, { "%25%32%35", "%25", "%25" },
		{ "%", NULL, NULL }, { "%2", NULL, NULL }, { "a%", NULL, NULL },
		{ "%2g", NULL, NULL }, { "%%41", NULL, NULL },
		{ "%+1", NULL, NULL }, { "% 1", NULL, NULL },
		{ "%-1", NULL, NULL }, { "%u0041", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		char a[32], b[32];
		size_t n = 77, m = 77, length = strlen(v[i].from);

		memcpy(a, v[i].from, length);
		memcpy(b, v[i].from, length);
		if (v[i].url == NULL) {
			assert_int_equal(url_decode(a, length, &n), -1);
			assert_int_equal(percent_decode(b, length, &m), -1);
			assert_int_equal(n, 77);
			assert_int_equal(m, 77);
			continue;
		}
		assert_int_equal(url_decode(a, length, &n), 0);
		assert_int_equal(percent_decode(b, length, &m), 0);
		assert_int_equal(n, strlen(v[i].url));
		assert_int_equal(m, strlen(v[i].percent));
		assert_memory_equal(a, v[i].url, n);
		assert_memory_equal(b, v[i].percent, m);
	}
}

static void
decodes_a_nul(void **state)
{
	char p[] = "a%00b";
	size_t n;

	(void)state;
	assert_int_equal(url_decode(p, 5, &n), 0);
	assert_int_equal(n, 3);
	assert_memory_equal(p, "a\0b", 3);
	assert_int_equal(text_check(p, n, 1), TEXT_CONTROL);
}

static void
hexadecimal(void **state)
{
	unsigned char p[2] = { 1, 2 };
	char hex[5];

	(void)state;
	assert_int_equal(hex_decode("00fg", p, 2), -1);
	assert_int_equal(hex_decode("00FF", p, 2), -1);
	assert_int_equal(hex_decode("00f", p, 2), -1);
	assert_int_equal(hex_decode("00ff0", p, 2), -1);
	assert_int_equal(p[0], 1);
	assert_int_equal(hex_decode("a0ff", p, 2), 0);
	hex_encode(p, 2, hex);
	assert_string_equal(hex, "a0ff");
	hex_encode(p, 0, hex);
	assert_string_equal(hex, "");
}

/* RFC 4648, 10, without padding. */
static void
base64url(void **state)
{
	static const char *const v[][2] = {
		{ "", "" }, { "f", "Zg" }, { "fo", "Zm8" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xff\xbf", "-_-_" },
	};
	static const char *const bad[] = {
		"Z", "Zg==", "Zh", "Zm9", "Z+==", "Zm9v/w", "Zm9vYgx", "Z g",
		"Zm9vY"
	};
	unsigned char bytes[16];
	char text[32];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		size_t n = strlen(v[i][0]);

		base64url_encode((const unsigned char *)v[i][0], n, text);
		assert_string_equal(text, v[i][1]);
		assert_int_equal(base64url_decode(text, bytes, n), n);
		assert_memory_equal(bytes, v[i][0], n);
		if (n > 0)
			assert_int_equal(base64url_decode(text, bytes, n - 1),
			    -1);
	}
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		if (base64url_decode(bad[i], bytes, sizeof bytes) != -1)
			fail_msg("%s", bad[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds),
		cmocka_unit_test(holds_a_nul),
		cmocka_unit_test(has_a_limit),
		cmocka_unit_test(escapes),
		cmocka_unit_test(checks),
		cmocka_unit_test(checks_every_character),
		cmocka_unit_test(marks_in_a_row),
		cmocka_unit_test(normalises),
		cmocka_unit_test(counts_characters),
		cmocka_unit_test(decodes_urls),
		cmocka_unit_test(decodes_a_nul),
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(base64url),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
