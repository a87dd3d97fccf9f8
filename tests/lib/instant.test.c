#include "instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static civil_date
day(int year, int month, int of_month)
{
	int ok;
	civil_date date = date_from_civil(
	    (struct civil){ year, month, of_month }, &ok);

	assert_int_equal(ok, 0);
	return date;
}

static void
known_days(void **state)
{
	(void)state;
	assert_int_equal(day(1970, 1, 1), 0);
	assert_int_equal(day(1969, 12, 31), -1);
	assert_int_equal(day(2000, 2, 29), 11016);
	assert_int_equal(day(2000, 3, 1), 11017);
	assert_int_equal(day(1, 1, 1), -719162);
	assert_int_equal(day(9999, 12, 31), 2932896);
}

static void
every_day_goes_there_and_back(void **state)
{
	struct civil before = { 0, 12, 31 };

	(void)state;
	for (civil_date d = -719162; d <= 2932896; d++) {
		struct civil c = civil_from_date(d);
		int next = (c.year == before.year && c.month == before.month &&
		    c.day == before.day + 1) || (c.day == 1 &&
		    c.month == before.month + 1 && c.year == before.year) ||
		    (c.day == 1 && c.month == 1 && c.year == before.year + 1);
		int ok = -1;

		if (!next || date_from_civil(c, &ok) != d || ok != 0)
			fail_msg("day %d", d);
		before = c;
	}
}

static void
days_that_are_none(void **state)
{
	static const struct civil none[] = { { 2026, 2, 29 }, { 1900, 2, 29 },
	    { 2026, 4, 31 }, { 2026, 13, 1 }, { 2026, 0, 1 }, { 2026, 1, 0 },
	    { 0, 1, 1 }, { 10000, 1, 1 }, { -1, 1, 1 } };
	int ok;

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		ok = 0;
		assert_int_equal(date_from_civil(none[i], &ok), 0);
		assert_int_equal(ok, -1);
		assert_int_equal(date_from_civil(none[i], NULL), 0);
	}
}

static void
days_beyond_the_calendar(void **state)
{
	char buf[INSTANT_TEXT];

	(void)state;
	assert_string_equal(date_iso(INT32_MIN, buf), "0001-01-01");
	assert_string_equal(date_iso(INT32_MAX, buf), "9999-12-31");
	assert_int_equal(date_of(INT64_MIN), day(1, 1, 1));
	assert_int_equal(date_of(INT64_MAX), day(9999, 12, 31));
	assert_string_equal(instant_iso(INT64_MIN, buf),
	    "0001-01-01T00:00:00.000Z");
	assert_string_equal(instant_iso(INT64_MAX, buf),
	    "9999-12-31T23:59:59.999Z");
	assert_in_range(minute_of_day(INT64_MIN), 0, 1439);
	assert_in_range(weekday_of(INT32_MAX), 0, 6);
}

static void
the_japanese_day(void **state)
{
	utc_ms t;

	(void)state;
	assert_int_equal(instant_parse("2026-03-31T14:59:59.999Z", &t), 0);
	assert_int_equal(date_of(t), day(2026, 3, 31));
	assert_int_equal(minute_of_day(t), 1439);
	assert_int_equal(date_of(t + 1), day(2026, 4, 1));
	assert_int_equal(minute_of_day(t + 1), 0);
	assert_int_equal(instant_of(day(2026, 4, 1)), t + 1);
	assert_int_equal(minute_of_day(0), 9 * 60);
	assert_int_equal(minute_of_day(-1), 9 * 60 - 1);
	assert_int_equal(date_of(-9 * HOUR_MS - 1), -1);
}

static void
weekdays(void **state)
{
	(void)state;
	assert_int_equal(weekday_of(0), 4);
	assert_int_equal(weekday_of(-1), 3);
	assert_int_equal(weekday_of(-5), 6);
	assert_int_equal(weekday_of(day(2026, 3, 1)), 0);
	assert_int_equal(weekday_of(day(1926, 12, 25)), 6);
}

static void
dates_as_text(void **state)
{
	static const char *const wrong[] = { "", "2026-02-30", "2026-2-03",
	    "2026-02-03 ", " 2026-02-03", "20260203", "2026/02/03",
	    "2026-02-", "0000-01-01", "+026-02-03", "2026-02-031" };
	char buf[INSTANT_TEXT];
	civil_date date = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(date_parse(wrong[i], &date), -1);
		assert_int_equal(date, 7);
	}
	assert_int_equal(date_parse("2024-02-29", &date), 0);
	assert_int_equal(date, day(2024, 2, 29));
	assert_string_equal(date_iso(date, buf), "2024-02-29");
	assert_string_equal(date_iso(day(33, 1, 2), buf), "0033-01-02");
}

static void
instants_as_text(void **state)
{
	static const struct { const char *in, *out; } same[] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z" },
		{ "1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z" },
		{ "2026-04-01T08:30:15+09:00", "2026-03-31T23:30:15.000Z" },
		{ "2026-03-31t20:00:15.1239999z", "2026-03-31T20:00:15.123Z" },
		{ "2026-03-31T20:00:15.123456789-03:30",
		    "2026-03-31T23:30:15.123Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z" },
		{ "2017-01-01T08:59:60.25+09:00", "2017-01-01T00:00:00.250Z" },
		{ "0001-01-01T00:00:00-00:00", "0001-01-01T00:00:00.000Z" },
		{ "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z" },
	};
	char buf[INSTANT_TEXT];
	utc_ms t;

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		assert_int_equal(instant_parse(same[i].in, &t), 0);
		assert_string_equal(instant_iso(t, buf), same[i].out);
	}
}

static void
instants_that_are_none(void **state)
{
	static const char *const wrong[] = { "", "2026-04-01",
	    "2026-04-01T08:30:15", "2026-04-01 08:30:15Z",
	    "2026-04-01T24:00:00Z", "2026-04-01T08:60:00Z",
	    "2026-04-01T08:30:61Z", "2026-04-01T08:30:60Z",
	    "2026-04-01T08:30:15.Z", "2026-04-01T08:30:15.1234567890Z",
	    "2026-04-01T08:30:15+0900", "2026-04-01T08:30:15+09:60",
	    "2026-04-01T08:30:15+24:00", "2026-04-01T08:30:15Z ",
	    "2026-02-29T08:30:15Z", "0001-01-01T00:00:00+09:00",
	    "9999-12-31T23:59:60Z" };
	utc_ms t = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		if (instant_parse(wrong[i], &t) != -1)
			fail_msg("%s was taken", wrong[i]);
		assert_int_equal(t, 7);
	}
}

static void
clocks(void **state)
{
	int64_t first = instant_monotonic_ms();
	utc_ms now = instant_now();

	(void)state;
	assert_true(instant_monotonic_ms() >= first);
	assert_true(llabs(now - (utc_ms)time(NULL) * SECOND_MS) < MINUTE_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day_goes_there_and_back),
		cmocka_unit_test(days_that_are_none),
		cmocka_unit_test(days_beyond_the_calendar),
		cmocka_unit_test(the_japanese_day),
		cmocka_unit_test(weekdays),
		cmocka_unit_test(dates_as_text),
		cmocka_unit_test(instants_as_text),
		cmocka_unit_test(instants_that_are_none),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
