#include "age.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static civil_date
day(const char *iso)
{
	civil_date date = 0;

	assert_int_equal(date_parse(iso, &date), 0);
	return date;
}

static void
assert_day(civil_date date, const char *iso)
{
	char buf[INSTANT_TEXT];

	assert_string_equal(date_iso(date, buf), iso);
}

/* The window of the pneumococcal vaccine: 65歳の誕生日の前日 and on. */
static void
age_is_attained_the_day_before(void **state)
{
	civil_date birth = day("1961-04-01");

	(void)state;
	assert_day(age_attained_on(birth, 65), "2026-03-31");
	assert_day(age_attained_on(birth, 66), "2027-03-31");
	assert_day(age_attained_on(day("1961-01-01"), 65), "2025-12-31");
	assert_day(age_attained_on(day("1960-03-01"), 65), "2025-02-28");
	assert_day(age_attained_on(day("1960-03-01"), 64), "2024-02-29");
}

static void
leap_day_births_attain_on_28_february(void **state)
{
	civil_date birth = day("1960-02-29");

	(void)state;
	assert_day(age_attained_on(birth, 64), "2024-02-28");
	assert_day(age_attained_on(birth, 65), "2025-02-28");
	assert_day(age_attained_on(birth, 66), "2026-02-28");
	assert_day(age_attained_on(birth, 68), "2028-02-28");
}

static void
shown_and_legal_age(void **state)
{
	static const struct {
		const char *birth, *on;
		int shown, legal;
	} t[] = {
		{ "1961-04-01", "2026-03-30", 64, 64 },
		{ "1961-04-01", "2026-03-31", 64, 65 },
		{ "1961-04-01", "2026-04-01", 65, 65 },
		{ "1961-04-01", "2027-03-30", 65, 65 },
		{ "1960-02-29", "2025-02-27", 64, 64 },
		{ "1960-02-29", "2025-02-28", 64, 65 },
		{ "1960-02-29", "2025-03-01", 65, 65 },
		{ "1960-02-29", "2024-02-28", 63, 64 },
		{ "1960-02-29", "2024-02-29", 64, 64 },
		{ "2026-05-05", "2026-05-05", 0, 0 },
		{ "2026-05-05", "2026-05-04", AGE_UNBORN, AGE_UNBORN },
		{ "1925-12-31", "2026-01-01", 100, 100 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		assert_int_equal(age_on(day(t[i].birth), day(t[i].on)),
		    t[i].shown);
		assert_int_equal(legal_age_on(day(t[i].birth), day(t[i].on)),
		    t[i].legal);
	}
}

static void
legal_age_agrees_with_attainment(void **state)
{
	(void)state;
	for (civil_date b = day("1959-12-01"); b < day("1961-02-01"); b++) {
		civil_date on = age_attained_on(b, 65);

		assert_int_equal(legal_age_on(b, on - 1), 64);
		assert_int_equal(legal_age_on(b, on), 65);
		assert_int_equal(age_on(b, on), 64);
		assert_int_equal(age_on(b, on + 1), 65);
	}
}

static void
missing_days_move_to_the_next_month(void **state)
{
	(void)state;
	assert_day(add_months(day("2026-01-31"), 1), "2026-03-01");
	assert_day(add_months(day("2024-01-31"), 1), "2024-03-01");
	assert_day(add_months(day("2026-01-28"), 1), "2026-02-28");
	assert_day(add_months(day("2025-08-31"), 6), "2026-03-01");
	assert_day(add_months(day("2026-03-31"), 1), "2026-05-01");
	assert_day(add_months(day("2026-10-31"), 2), "2026-12-31");
	assert_day(add_months(day("2026-12-15"), 1), "2027-01-15");
	assert_day(add_months(day("2026-03-31"), -1), "2026-03-01");
	assert_day(add_months(day("2026-01-15"), -1), "2025-12-15");
	assert_day(add_months(day("2026-01-15"), 0), "2026-01-15");
}

static void
full_days_between(void **state)
{
	civil_date previous = day("2026-06-01");

	(void)state;
	assert_int_equal(earliest_after(previous, 18) - previous, 19);
	assert_int_equal(earliest_after(previous, 20) - previous, 21);
	assert_int_equal(earliest_after(previous, 27) - previous, 28);
	assert_int_equal(earliest_after(previous, 13) - previous, 14);
	assert_day(earliest_after(previous, 27), "2026-06-29");
}

static void
results_stay_in_the_calendar(void **state)
{
	civil_date first = day("0001-01-01"), last = day("9999-12-31");

	(void)state;
	assert_int_equal(add_months(last, 1), last);
	assert_int_equal(add_months(last, INT32_MAX), last);
	assert_int_equal(add_months(first, -1), first);
	assert_int_equal(add_months(last, INT32_MIN), first);
	assert_int_equal(age_attained_on(last, INT32_MAX), last - 1);
	assert_int_equal(age_attained_on(first, INT32_MIN), first);
	assert_int_equal(earliest_after(last, INT32_MAX), last);
	assert_int_equal(age_on(first, last), 9998);
	assert_int_equal(legal_age_on(first, last), 9998);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(age_is_attained_the_day_before),
		cmocka_unit_test(leap_day_births_attain_on_28_february),
		cmocka_unit_test(shown_and_legal_age),
		cmocka_unit_test(legal_age_agrees_with_attainment),
		cmocka_unit_test(missing_days_move_to_the_next_month),
		cmocka_unit_test(full_days_between),
		cmocka_unit_test(results_stay_in_the_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
