#include "kana.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *
fold(const char *text)
{
	static char buf[1024];

	assert_int_equal(kana_fold(text, buf, sizeof buf), 0);
	return buf;
}

static void
assert_same(const char *a, const char *b)
{
	char first[512];

	assert_int_equal(kana_fold(a, first, sizeof first), 0);
	assert_string_equal(first, fold(b));
}

static void
ways_to_write_one_name(void **state)
{
	(void)state;
	assert_string_equal(fold("やまだ たろう"), "やまだたろう");
	assert_string_equal(fold("ヤマダ　タロウ"), "やまだたろう");
	assert_string_equal(fold("ﾔﾏﾀﾞ ﾀﾛｳ"), "やまだたろう");
	assert_string_equal(fold("ヤマダ・タロー"), "やまだたろう");
	assert_string_equal(fold("ﾔﾏﾀﾞ･ﾀﾛｰ"), "やまだたろう");
	assert_string_equal(fold("か\xE3\x82\x99"), "が");
}

static void
small_kana_are_large(void **state)
{
	(void)state;
	assert_string_equal(fold("はっとり きょうこ"), "はつとりきようこ");
	assert_same("キヨウコ", "きょうこ");
	assert_same("ヵヶヮァ", "カケワア");
}

static void
kana_heard_wrong(void **state)
{
	(void)state;
	assert_same("みつづか", "みつずか");
	assert_same("ぢ", "ジ");
	assert_same("かをり", "かおり");
	assert_same("ヰヱ", "いえ");
	assert_same("ヴ", "ブ");
}

static void
long_vowels(void **state)
{
	(void)state;
	assert_string_equal(fold("おおた"), "おうた");
	assert_same("オータ", "おおた");
	assert_same("おうた", "おおた");
	assert_same("けいこ", "けえこ");
	assert_same("ケーコ", "けいこ");
	assert_same("ユーコ", "ゆうこ");
	assert_same("まーさ", "まあさ");
	assert_same("ニーナ", "にいな");
	assert_string_equal(fold("んー"), "ん");
	assert_string_equal(fold("ーあ"), "あ");
	assert_string_equal(fold("いのうえ"), "いのうえ");
}

static void
different_names_stay_different(void **state)
{
	char other[64];

	(void)state;
	assert_int_equal(kana_fold("やまた", other, sizeof other), 0);
	assert_string_not_equal(fold("やまだ"), other);
	assert_int_equal(kana_fold("はら", other, sizeof other), 0);
	assert_string_not_equal(fold("ばら"), other);
}

/* Cut anywhere, the folded piece begins the folded whole. */
static void
prefixes_stay_prefixes(void **state)
{
	static const char *const names[] = { "オオノ　ショーコ",
	    "はっとり けえこ", "ヴァイオレット・Ｏｈｎｏ", "ｷﾖｰｺ", "みすゞ" };
	char piece[64], part[64];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		for (size_t n = 0; n <= strlen(names[i]); n++) {
			(void)snprintf(piece, sizeof piece, "%.*s", (int)n,
			    names[i]);
			if (kana_fold(piece, part, sizeof part) != 0)
				continue;	/* cut within a character */
			assert_memory_equal(fold(names[i]), part,
			    strlen(part));
		}
	}
}

static void
only_letters_and_digits(void **state)
{
	(void)state;
	assert_string_equal(fold("Ｏｈｎｏ %_'\\*１"), "ohno1");
	assert_string_equal(fold("山田"), "山田");
	assert_string_equal(fold(""), "");
	assert_string_equal(fold("%　・-"), "");
}

static void
room_and_bytes(void **state)
{
	char buf[16] = "kept", longer[257 * 3 + 1];

	(void)state;
	assert_int_equal(kana_fold("あいうえお", buf, 15), -1);
	assert_int_equal(kana_fold("", buf, 0), -1);
	assert_int_equal(kana_fold("\xE3\x81", buf, sizeof buf), -1);
	for (size_t i = 0; i < 257; i++)
		memcpy(longer + 3 * i, "あ", 4);
	assert_int_equal(kana_fold(longer, buf, sizeof buf), -1);
	assert_string_equal(buf, "kept");
	assert_int_equal(kana_fold("あいうえお", buf, 16), 0);
	assert_string_equal(buf, "あいうえお");
	assert_string_equal(fold(longer + 3), longer + 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ways_to_write_one_name),
		cmocka_unit_test(small_kana_are_large),
		cmocka_unit_test(kana_heard_wrong),
		cmocka_unit_test(long_vowels),
		cmocka_unit_test(different_names_stay_different),
		cmocka_unit_test(prefixes_stay_prefixes),
		cmocka_unit_test(only_letters_and_digits),
		cmocka_unit_test(room_and_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
