/* What is said, misheard and mistaken in a call, and what is looked for. */
#include "unit.h"

#include "place.h"
#include "query.h"
#include "sound.h"

#define TODAY 20779	/* 2026-11-22 */

static void
heard_alike(const char *a, const char *b)
{
	char fa[SOUND_BYTES], fb[SOUND_BYTES];

	assert_int_equal(sound_fold(a, fa), 0);
	assert_int_equal(sound_fold(b, fb), 0);
	assert_string_equal(fa, fb);
}

static void
misheard_readings_are_one(void **state)
{
	(void)state;
	heard_alike("やまざき", "やまさき");		/* voiced */
	heard_alike("しんぱち", "しんはち");
	heard_alike("おおの", "おの");			/* long */
	heard_alike("ようこ", "よこ");
	heard_alike("けいこ", "けーこ");
	heard_alike("ゆうき", "ユーキ");
	heard_alike("きよう", "きょう");			/* small kana */
	heard_alike("はっとり", "はとり");
	heard_alike("ハットリ", "ﾊﾄﾘ");
	heard_alike("みづえ", "みずえ");			/* ヅ ズ */
	heard_alike("かをる", "かおる");			/* ヲ オ */
	heard_alike("あぢま", "あじま");
	heard_alike("さくま　はる", "サクマ・ハル");
}

static void
other_names_stay_apart(void **state)
{
	static const char *const names[] = {
		"さくま", "たなか", "なかた", "いとう", "かとう", "みやうち", "みやち"
	};
	char a[SOUND_BYTES], b[SOUND_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		for (size_t k = 0; k < i; k++) {
			sound_fold(names[i], a);
			sound_fold(names[k], b);
			assert_string_not_equal(a, b);
		}
}

/* So a search for the beginning of a name finds it. */
static void
a_beginning_folds_to_a_beginning(void **state)
{
	char whole[SOUND_BYTES], part[SOUND_BYTES];

	(void)state;
	sound_fold("おおぐろけいぞう", whole);
	sound_fold("おおぐろけ", part);
	assert_memory_equal(whole, part, strlen(part));
	assert_int_equal(sound_fold("\xff", part), -1);
}

static void
is_at(const char *text, const char *area, const char *numbers)
{
	struct place p;

	assert_int_equal(place_parse(text, &p), 0);
	assert_string_equal(p.area, area);
	assert_string_equal(p.numbers, numbers);
}

static void
one_house_in_many_ways_of_saying(void **state)
{
	struct place p;

	(void)state;
	is_at("むつみ町ふたば1-4", "ふたば", "1-4");
	is_at("ふたば１－４", "ふたば", "1-4");
	is_at("むつみ町大字ふたば一丁目4番地", "ふたば", "1-4");
	is_at("ふたば一丁目四番", "ふたば", "1-4");
	is_at("ふたば１丁目４の２０３号", "ふたば", "1-4-203");
	is_at("フタバ十二丁目3", "ふたば", "12-3");
	is_at("ふたば二十一番", "ふたば", "21");
	is_at("港町5-3", "港町", "5-3");
	is_at("むつみ町港町5-3", "港町", "5-3");
	is_at("霞ヶ丘3", "霞け丘", "3");
	is_at("霞が丘3", "霞け丘", "3");
	is_at("さつき台", "さつき台", "");
	assert_int_equal(place_parse("12-3", &p), -1);
	assert_int_equal(place_parse("", &p), -1);
}

static struct query
asked(const char *text)
{
	struct query q;

	assert_int_equal(query_parse(text, TODAY, &q), 0);
	return q;
}

static void
a_card_s_number_tells_a_wrong_digit(void **state)
{
	char code[CARD_TEXT], read[CARD_TEXT], grouped[CARD_GROUPED];

	(void)state;
	for (unsigned n = 0; n < 2000; n++) {
		const unsigned char random[8] = { n & 0xff, n >> 8, n * 7 & 0xff,
		    n * 13 & 0xff, n * 29 & 0xff, 0, 0x5a, n & 0xff };

		card_make(random, code);
		assert_int_equal(strlen(code), 12);
		assert_int_equal(card_read(card_grouped(code, grouped), read), 0);
		assert_string_equal(read, code);
		for (int i = 0; i < 12; i++) {
			code[i] = (char)('0' + (code[i] - '0' + 1 + n % 9) % 10);
			assert_int_equal(card_read(code, read), -1);
			code[i] = read[i];
		}
	}
	/* Counted by hand. */
	assert_int_equal(card_read("2799-2739-8719", code), 0);
	assert_int_equal(card_read("2799-2739-8712", read), -1);
	assert_int_equal(card_read("81-90-0000-1002", read), -1);
	assert_int_equal(card_read("2345", read), -1);
	assert_int_equal(card_read("", read), -1);
}

static void
a_card_s_number_is_no_telephone_number(void **state)
{
	char code[CARD_TEXT], grouped[CARD_GROUPED];
	struct query q;

	(void)state;
	card_make((const unsigned char *)"tomozuna", code);
	q = asked(card_grouped(code, grouped));
	assert_string_equal(q.card, code);
	assert_string_equal(q.phone, "");
	assert_int_equal(query_keys(&q), 1);
}

static void
a_telephone_number_in_any_writing(void **state)
{
	static const char *const said[] = {
		"090-0000-1002", "０９０−００００−１００２", "090 0000 1002", "09000001002",
		"+81 90-0000-1002"
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		assert_string_equal(asked(said[i]).phone, "+819000001002");
	assert_int_equal(query_keys(&(struct query){ 0 }), 0);
}

static void
a_name_and_an_age(void **state)
{
	static const char *const said[] = {
		"さくま 91", "さくま91歳", "サクマ　９１歳", "91才、さくま", "さくま91さい"
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		struct query q = asked(said[i]);
		civil_date born;

		assert_int_equal(date_parse("1935-03-03", &born), 0);
		assert_int_equal(q.nwords, 1);
		assert_true(q.kana);
		assert_true(q.has_birth);
		assert_true(q.born_from <= born && born <= q.born_to);
		assert_true(q.born_to - q.born_from < 6 * 366);
		assert_int_equal(query_keys(&q), 2);
	}
}

static void
a_year_or_day_of_birth(void **state)
{
	static const char *const said[] = {
		"さくま S10", "さくま 昭和10年", "さくま 1935年", "さくま 1935", "さくま 昭和10年生"
	};
	civil_date first, last, day;
	struct query q;

	(void)state;
	date_parse("1935-01-01", &first);
	date_parse("1935-12-31", &last);
	date_parse("1935-03-03", &day);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		q = asked(said[i]);
		assert_true(q.has_birth);
		assert_int_equal(q.born_from, first);
		assert_int_equal(q.born_to, last);
	}
	q = asked("さくま S10.3.3");
	assert_int_equal(q.born_from, day);
	assert_int_equal(q.born_to, day);
}

static void
a_name_and_a_house(void **state)
{
	struct query q = asked("さくま ふたば1-4");

	(void)state;
	assert_true(q.has_place);
	assert_string_equal(q.place.area, "ふたば");
	assert_int_equal(query_keys(&q), 2);
	q = asked("ふたば4");		/* a number so small is no age */
	assert_true(q.has_place && !q.has_birth);
	q = asked("佐久間 ふたば一丁目");
	assert_int_equal(q.kana, 0);
	assert_true(q.has_place);
	q = asked("さくま ふたば");	/* two names, or a name and an area */
	assert_int_equal(q.nwords, 2);
	assert_int_equal(query_area(&q), 0);
	assert_int_equal(q.nwords, 1);
	assert_string_equal(q.place.area, "ふたば");
	assert_int_equal(query_area(&q), -1);
}

/* Whatever is typed: an answer or none, never a fall. */
static void
anything(void **state)
{
	static const char *const said[] = {
		"", " ", "、、、", "-", "歳", "0", "999999999999999999999999999999",
		"一丁目", "12345678901234567890歳", "年", "生", "1生", "(((((((((",
		"ーーーー", "っっっ", "ゝゞ々〆", "A", "ABCDEFGHIJ 1"
	};
	struct query q;

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		(void)query_parse(said[i], TODAY, &q);
	assert_int_equal(query_parse(" 、 ", TODAY, &q), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(misheard_readings_are_one),
		cmocka_unit_test(other_names_stay_apart),
		cmocka_unit_test(a_beginning_folds_to_a_beginning),
		cmocka_unit_test(one_house_in_many_ways_of_saying),
		cmocka_unit_test(a_card_s_number_tells_a_wrong_digit),
		cmocka_unit_test(a_card_s_number_is_no_telephone_number),
		cmocka_unit_test(a_telephone_number_in_any_writing),
		cmocka_unit_test(a_name_and_an_age),
		cmocka_unit_test(a_year_or_day_of_birth),
		cmocka_unit_test(a_name_and_a_house),
		cmocka_unit_test(anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
