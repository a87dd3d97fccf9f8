/* Whether somebody can be called now, by the hours that she has written. */
#include "unit.h"

#include "hours.h"

static utc_ms
at(const char *instant)
{
	utc_ms t = 0;

	assert_int_equal(instant_parse(instant, &t), 0);
	return t;
}

#define MONDAY_NOON at("2026-11-23T12:00:00+09:00")
#define MONDAY_EVENING at("2026-11-23T20:30:00+09:00")
#define MONDAY_NIGHT at("2026-11-23T03:00:00+09:00")
#define SUNDAY_NOON at("2026-11-22T12:00:00+09:00")

static void
the_town_s_own_hours(void **state)
{
	(void)state;
	assert_int_equal(hours_now("24時間", MONDAY_NIGHT), HOURS_NOW);
	assert_int_equal(hours_now("平日18時以降・土日終日", MONDAY_NOON), HOURS_NOT_NOW);
	assert_int_equal(hours_now("平日18時以降・土日終日", MONDAY_EVENING), HOURS_NOW);
	assert_int_equal(hours_now("平日18時以降・土日終日", SUNDAY_NOON), HOURS_NOW);
	assert_int_equal(hours_now("平日9時〜17時", MONDAY_NOON), HOURS_NOW);
	assert_int_equal(hours_now("平日9時〜17時", SUNDAY_NOON), HOURS_NOT_NOW);
	assert_int_equal(hours_now("平日9時〜17時", MONDAY_EVENING), HOURS_NOT_NOW);
	assert_int_equal(hours_now("日中（夜間は次の方へ）", MONDAY_NOON), HOURS_NOW);
	assert_int_equal(hours_now("日中（夜間は次の方へ）", MONDAY_NIGHT), HOURS_NOT_NOW);
}

static void
other_ways_of_writing(void **state)
{
	(void)state;
	assert_int_equal(hours_now("月〜金 8:30-17:15", MONDAY_NOON), HOURS_NOW);
	assert_int_equal(hours_now("月~金 8:30~17:15", SUNDAY_NOON), HOURS_NOT_NOW);
	assert_int_equal(hours_now("火・木 9時〜12時", MONDAY_NOON), HOURS_NOT_NOW);
	assert_int_equal(hours_now("夜間", MONDAY_NIGHT), HOURS_NOW);
	assert_int_equal(hours_now("22時〜6時", MONDAY_NIGHT), HOURS_NOW);
	assert_int_equal(hours_now("22時〜6時", MONDAY_NOON), HOURS_NOT_NOW);
	assert_int_equal(hours_now("毎日 8時から", MONDAY_NOON), HOURS_NOW);
	assert_int_equal(hours_now("21時まで", MONDAY_EVENING), HOURS_NOW);
	assert_int_equal(hours_now("いつでも", MONDAY_NIGHT), HOURS_NOW);
	assert_int_equal(hours_now("土日", MONDAY_NOON), HOURS_NOT_NOW);
}

/* Nobody is left out for a word that is not understood. */
static void
unknown_is_not_no(void **state)
{
	(void)state;
	assert_int_equal(hours_now(NULL, MONDAY_NOON), HOURS_UNKNOWN);
	assert_int_equal(hours_now("", MONDAY_NOON), HOURS_UNKNOWN);
	assert_int_equal(hours_now("仕事が終わったら", MONDAY_NOON), HOURS_UNKNOWN);
	assert_int_equal(hours_now("（）（（", MONDAY_NOON), HOURS_UNKNOWN);
	assert_int_equal(hours_now("99時", MONDAY_NOON), HOURS_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_town_s_own_hours),
		cmocka_unit_test(other_ways_of_writing),
		cmocka_unit_test(unknown_is_not_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
