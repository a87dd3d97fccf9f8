/* Encodings that feeds use, said rightly, wrongly, or not at all. */
#include "unit.h"

#include "charset.h"

#include <iconv.h>

static const char words[] = "お知らせ①：高齢者は～水分を、こまめにとりましょう。";
static const char plain_words[] = "お知らせ：高齢者は水分を、こまめにとりましょう。";

/* UTF-8 in another encoding, with an XML declaration that says `label`. */
static size_t
made(char out[1000], const char *encoding, const char *label, const char *text)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char utf8[900], *in = utf8, *to = out;
	size_t n, left = 1000;

	(void)snprintf(utf8, sizeof utf8, label == NULL ? "%s<t>%s</t>" :
	    "<?xml version=\"1.0\" encoding=\"%s\"?><t>%s</t>",
	    label == NULL ? "" : label, text);
	n = strlen(utf8);
	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &n, &to, &left) != (size_t)-1);
	(void)iconv(cd, NULL, NULL, &to, &left);
	(void)iconv_close(cd);
	return 1000 - left;
}

static void
assert_reads(const char *p, size_t n, const char *charset, const char *name,
    const char *text)
{
	struct charsets *c = charsets_open(NULL);
	struct decoded d;

	assert_null(charset_decode(c, p, n, charset, &d));
	assert_string_equal(d.name, name);
	if (memmem(d.p, d.n, text, strlen(text)) == NULL)
		fail_msg("%s: %.*s", name, (int)d.n, d.p);
	free(d.owned);
	charsets_close(c);
}

static void
test_declared_rightly(void **state)
{
	char p[1000];

	(void)state;
	assert_reads(p, made(p, "UTF-8", "UTF-8", words), NULL, "UTF-8", words);
	assert_reads(p, made(p, "CP932", "Shift_JIS", words), NULL, "CP932",
	    words);
	assert_reads(p, made(p, "CP932", "x-sjis", words), NULL, "CP932", words);
	assert_reads(p, made(p, "EUC-JP-MS", "EUC-JP", words), NULL, "EUC-JP",
	    words);
	assert_reads(p, made(p, "ISO-2022-JP", "ISO-2022-JP", plain_words), NULL,
	    "ISO-2022-JP", plain_words);
	assert_reads(p, made(p, "UTF-16", "UTF-16", words), NULL, "UTF-16", words);
	assert_reads(p, made(p, "UTF-16BE", "UTF-16", words), NULL, "UTF-16",
	    words);
	assert_reads(p, made(p, "UTF-32", "UTF-32", words), NULL, "UTF-32", words);
	assert_reads(p, made(p, "CP1252", "ISO-8859-1", "é – “x”"), NULL,
	    "CP1252", "é – “x”");
}

static void
test_declared_wrongly(void **state)
{
	char p[1000];

	(void)state;
	assert_reads(p, made(p, "UTF-8", "Shift_JIS", words), NULL, "UTF-8",
	    words);
	assert_reads(p, made(p, "CP932", "UTF-8", words), NULL, "CP932", words);
	assert_reads(p, made(p, "EUC-JP-MS", "UTF-8", words), NULL, "EUC-JP",
	    words);
	assert_reads(p, made(p, "CP932", "EUC-JP", words), NULL, "CP932", words);
	assert_reads(p, made(p, "CP932", "ISO-8859-1", words), NULL, "CP932",
	    words);
	assert_reads(p, made(p, "EUC-JP-MS", "us-ascii", words), NULL, "EUC-JP",
	    words);
	assert_reads(p, made(p, "ISO-2022-JP", "UTF-8", plain_words), NULL,
	    "ISO-2022-JP", plain_words);
	assert_reads(p, made(p, "CP932", "x-unheard-of", words), NULL, "CP932",
	    words);
}

static void
test_not_declared(void **state)
{
	char p[1000];

	(void)state;
	assert_reads(p, made(p, "CP932", NULL, words), NULL, "CP932", words);
	assert_reads(p, made(p, "EUC-JP-MS", NULL, words), NULL, "EUC-JP", words);
	assert_reads(p, made(p, "CP932", NULL, "é"[0] ? "①" : ""), "shift_jis",
	    "CP932", "①");
	assert_reads("<t>caf\xe9</t>", 11, "iso-8859-1", "CP1252", "café");
}

/* Row 13 and half-width kana, which ISO-2022-JP's own name does not cover. */
static void
test_mail_style_japanese(void **state)
{
	static const char p[] = "<t>\x1b$B-!\x1b(B \x1b(I1\x1b(B</t>";

	(void)state;
	assert_reads(p, sizeof p - 1, NULL, "ISO-2022-JP", "① ｱ");
}

static void
test_broken_bytes_become_marks(void **state)
{
	static const char p[] = "<t>\xe3\x81\x82\xe3\x81\x84\xe3\x81\x86\xff"
	    "\xe3\x81\x88\xe3\x81\x8a</t>";
	struct charsets *c = charsets_open(NULL);
	struct decoded d;

	(void)state;
	assert_null(charset_decode(c, p, sizeof p - 1, NULL, &d));
	assert_string_equal(d.name, "UTF-8");
	assert_int_equal(d.errors, 1);
	assert_non_null(memmem(d.p, d.n, "あいう\xef\xbf\xbdえお", 18));
	free(d.owned);
	charsets_close(c);
}

static void
test_a_converter_that_is_not_open_is_asked_for(void **state)
{
	static const char p[] = "<?xml version='1.0' encoding='GB2312'?>"
	    "<t>\xd6\xd0\xce\xc4</t>";
	struct charsets *c = charsets_open(NULL);
	const char *need;
	struct decoded d;

	(void)state;
	need = charset_decode(c, p, sizeof p - 1, NULL, &d);
	assert_string_equal(need, "GB18030");
	charsets_close(c);
	c = charsets_open(need);
	assert_null(charset_decode(c, p, sizeof p - 1, NULL, &d));
	assert_non_null(memmem(d.p, d.n, "中文", 6));
	free(d.owned);
	charsets_close(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_declared_rightly),
		cmocka_unit_test(test_declared_wrongly),
		cmocka_unit_test(test_not_declared),
		cmocka_unit_test(test_mail_style_japanese),
		cmocka_unit_test(test_broken_bytes_become_marks),
		cmocka_unit_test(test_a_converter_that_is_not_open_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
