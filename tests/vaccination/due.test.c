/* The schedule that is delivered, and the dates that follow from it. */
#include "due.h"

#include "age.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CONF TESTDATA "/../conf/"

static const struct schedule *all;

static int
setup(void **state)
{
	char why[400];

	(void)state;
	all = schedule_read(CONF "vaccination-schedule.xml",
	    CONF "vaccination-schedule.xsd", why, sizeof why);
	if (all == NULL)
		print_error("%s\n", why);
	return all == NULL;
}

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

static struct dose
dose(const char *product, const char *on)
{
	const struct vaccine *v = NULL;

	assert_non_null(schedule_product(all, product, &v));
	return (struct dose){ v->code, product, day(on) };
}

static civil_date
earliest(const char *product, struct dose before, const char *today,
    civil_date *standard)
{
	struct history h = { &before, 1 };

	return due_earliest(all, schedule_product(all, product, NULL), &h,
	    day(today), standard);
}

/* 18日以上 is the 19th day after, 20日 the 21st: never a day earlier. */
static void
days_are_counted_in_between(void **state)
{
	civil_date standard;

	(void)state;
	assert_day(earliest("comirnaty", dose("comirnaty", "2021-06-01"),
	    "2021-06-02", &standard), "2021-06-20");
	assert_day(standard, "2021-06-22");
}

/* There is no 30 February; it is not the 28th either. */
static void
three_months_from_30_november_are_1_march(void **state)
{
	(void)state;
	assert_day(earliest("comirnaty", dose("comirnaty", "2025-11-30"),
	    "2025-12-01", NULL), "2026-03-01");
	assert_day(earliest("shingrix", dose("shingrix", "2026-12-31"),
	    "2027-01-01", NULL), "2027-03-01");
}

static void
a_live_one_waits_for_another_live_one(void **state)
{
	struct dose live = dose("zoster_live", "2026-04-10");
	struct history h = { &live, 1 };
	/* Another live one, against something else. */
	struct product other = *schedule_product(all, "zoster_live", NULL);

	(void)state;
	other.code = "another_live";
	assert_day(due_earliest(all, &other, &h, day("2026-04-11"), NULL),
	    "2026-05-08");
	other.live = 0;
	assert_day(due_earliest(all, &other, &h, day("2026-04-11"), NULL),
	    "2026-04-11");
}

static struct due
next(const char *vaccine, const char *birth, const char *today,
    const struct dose *given, size_t n)
{
	struct history h = { given, n };
	struct due d;

	due_next(all, schedule_vaccine(all, vaccine), day(birth), &h,
	    day(today), &d);
	return d;
}

/* 65歳の誕生日の前日 to the day before the 66th birthday, and no longer. */
static void
the_pneumococcal_window(void **state)
{
	struct due d = next("pneumococcal", "1961-05-10", "2026-05-01", NULL, 0);
	const struct programme *p = d.programme;

	(void)state;
	assert_int_equal(d.state, DUE_LATER);
	assert_string_equal(p->product, "pcv20");
	assert_day(d.due_on, "2026-05-09");
	assert_day(d.overdue_on, "2027-05-10");
	assert_int_equal(due_window(p, day("1961-05-10"), 0, day("2026-05-08")), WINDOW_AGE);
	assert_int_equal(due_window(p, day("1961-05-10"), 0, day("2026-05-09")), WINDOW_OPEN);
	assert_int_equal(due_window(p, day("1961-05-10"), 0, day("2027-05-09")), WINDOW_OPEN);
	assert_int_equal(due_window(p, day("1961-05-10"), 0, day("2027-05-10")), WINDOW_AGE);
	assert_int_equal(due_window(p, day("1964-05-10"), 1, day("2026-05-10")), WINDOW_OPEN);
	assert_int_equal(due_window(p, day("1961-05-10"), 0, day("2025-05-09")), WINDOW_OVER);
	assert_int_equal(next("pneumococcal", "1961-05-10", "2026-05-09", NULL, 0).state, DUE_NOW);
	assert_int_equal(next("pneumococcal", "1961-05-10", "2027-05-10", NULL, 0).state, DUE_OVERDUE);
	assert_int_equal(next("pneumococcal", "1961-05-10", "2029-05-10", NULL, 0).state, DUE_NEVER);
}

/* Whoever had the older vaccine is not to have the newer one. */
static void
who_had_ppsv23_is_done(void **state)
{
	struct dose old = dose("ppsv23", "2020-02-03");

	(void)state;
	assert_int_equal(next("pneumococcal", "1961-05-10", "2026-06-01", &old, 1).state, DUE_DONE);
}

static void
each_season_has_one(void **state)
{
	struct dose given = dose("influenza_ha", "2026-10-20");
	struct dose last = dose("influenza_ha", "2025-11-02");
	struct due d = next("influenza", "1935-03-03", "2026-11-01", &given, 1);

	(void)state;
	assert_int_equal(d.state, DUE_LATER);
	assert_day(d.due_on, "2027-10-01");
	assert_day(d.overdue_on, "2028-02-01");
	d = next("influenza", "1935-03-03", "2026-11-01", &last, 1);
	assert_int_equal(d.state, DUE_NOW);
	assert_day(d.due_on, "2026-10-01");
	assert_day(d.overdue_on, "2027-02-01");
	assert_int_equal(d.dose_number, 2);
	assert_int_equal(next("influenza", "1980-03-03", "2026-11-01", NULL, 0).state, DUE_NEVER);
	/* In the season of winter the year turns. */
	assert_int_equal(next("influenza", "1935-03-03", "2027-01-31", &last, 1).state, DUE_NOW);
	assert_int_equal(next("influenza", "1935-03-03", "2027-02-01", &last, 1).state, DUE_LATER);
}

/* A season that the interval does not let her reach is not hers. */
static void
a_dose_late_in_spring_waits_three_months(void **state)
{
	struct dose spring = dose("comirnaty", "2026-08-20");
	struct due d = next("covid19", "1935-03-03", "2026-10-05", &spring, 1);

	(void)state;
	assert_int_equal(d.state, DUE_LATER);
	assert_day(d.due_on, "2026-11-20");
	assert_day(d.overdue_on, "2027-04-01");
}

/* 年度内に65歳, by the legal age: 1 April births belong to the year before. */
/* Against all ages of the programme, one after the other. */
static void
each_birthday_is_in_its_fiscal_year(void **state)
{
	const struct programme *p = schedule_programme(all, "zoster_routine",
	    NULL);
	civil_date today = day("2026-06-01"), from = day("2026-04-01"),
	    to = day("2027-03-31");

	(void)state;
	for (civil_date b = day("1925-01-01"); b < day("1963-01-01"); b++) {
		int hers = 0;

		for (int age = 65; age <= 100; age += 5)
			hers |= age_attained_on(b, age) >= from &&
			    age_attained_on(b, age) <= to;
		assert_int_equal(due_window(p, b, 0, today) == WINDOW_OPEN, hers);
	}
}

static void
zoster_goes_by_fiscal_years(void **state)
{
	struct dose one = dose("shingrix", "2026-05-01"), two[2] = { one,
	    dose("shingrix", "2026-07-05") }, live = dose("zoster_live", "2026-05-01");

	(void)state;
	assert_int_equal(next("zoster", "1961-04-02", "2026-04-01", NULL, 0).state, DUE_NOW);
	assert_int_equal(next("zoster", "1962-04-01", "2026-04-01", NULL, 0).state, DUE_NOW);
	assert_int_equal(next("zoster", "1962-04-02", "2026-04-01", NULL, 0).state, DUE_LATER);
	assert_int_equal(next("zoster", "1961-04-01", "2026-04-01", NULL, 0).state, DUE_OVERDUE);
	assert_int_equal(next("zoster", "1956-09-09", "2026-04-01", NULL, 0).state, DUE_NOW);
	assert_int_equal(next("zoster", "1958-09-09", "2026-04-01", NULL, 0).state, DUE_NEVER);
	assert_int_equal(next("zoster", "1961-06-06", "2026-05-20", &one, 1).dose_number, 2);
	assert_day(next("zoster", "1961-06-06", "2026-05-20", &one, 1).due_on, "2026-07-01");
	assert_int_equal(next("zoster", "1961-06-06", "2026-08-20", two, 2).state, DUE_DONE);
	assert_int_equal(next("zoster", "1961-06-06", "2026-08-20", &live, 1).state, DUE_DONE);
	assert_int_equal(next("zoster", "1920-06-06", "2026-01-20", NULL, 0).state, DUE_NOW);
}

static void
a_faulty_schedule_is_refused_with_its_line(void **state)
{
	char why[400], name[] = "/tmp/schedule-XXXXXX";
	static const char *const bad[][2] = {
		{ "<schedule/>", "schedule" },
		{ "<schedule xmlns='urn:tomozuna:vaccination-schedule' live_days_between='27'>"
		  "<vaccine code='a1' name='x' name_en='x'><product code='b1' name='x' maker='x' "
		  "standard_code='x' dose_ml='0.5' routes='im' source='x'/><interval product='c1' "
		  "months='3' source='x'/></vaccine></schedule>", "no product c1" },
		{ "<schedule xmlns='urn:tomozuna:vaccination-schedule' live_days_between='27'>"
		  "<vaccine code='a1' name='x' name_en='x'><product code='b1' name='x' maker='x' "
		  "standard_code='x' dose_ml='0,5' routes='im' source='x'/></vaccine></schedule>", "dose_ml" },
		{ "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><schedule>&e;</schedule>", "schedule" },
		{ "no xml", "XML" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		int fd = mkstemp(name);
		FILE *out = fdopen(fd, "w");

		assert_non_null(out);
		assert_true(fputs(bad[i][0], out) >= 0);
		assert_int_equal(fclose(out), 0);
		assert_null(schedule_read(name, CONF "vaccination-schedule.xsd",
		    why, sizeof why));
		assert_non_null(strstr(why, bad[i][1]));
		(void)remove(name);
		memcpy(name + sizeof name - 7, "XXXXXX", 6);
	}
}

static enum covered
covered(const char *vaccine, const char *born, const struct dose *given,
    size_t n, const char *today)
{
	struct history h = { given, n };

	return due_covered(all, schedule_vaccine(all, vaccine), day(born), &h,
	    day(today));
}

/* Coverage asks for the season that is or was last, and for those of the age then. */
static void
coverage_goes_by_the_last_season(void **state)
{
	struct dose this = dose("influenza_ha", "2025-11-20");
	struct dose before = dose("influenza_ha", "2024-11-20");
	struct dose elsewhere = this;

	(void)state;
	elsewhere.elsewhere = 1;
	assert_int_equal(covered("influenza", "1950-05-10", &this, 1,
	    "2025-12-01"), COVERED);
	assert_int_equal(covered("influenza", "1950-05-10", &this, 1,
	    "2026-06-01"), COVERED);
	assert_int_equal(covered("influenza", "1950-05-10", &this, 1,
	    "2026-10-01"), COVERED_NOT);
	assert_int_equal(covered("influenza", "1950-05-10", &before, 1,
	    "2025-12-01"), COVERED_NOT);
	assert_int_equal(covered("influenza", "1950-05-10", &elsewhere, 1,
	    "2025-12-01"), COVERED_ELSEWHERE);
	assert_int_equal(covered("influenza", "1950-05-10", NULL, 0,
	    "2025-12-01"), COVERED_NOT);
	assert_int_equal(covered("influenza", "1980-05-10", &this, 1,
	    "2025-12-01"), COVERED_NOT_HERS);
	/* 65 after the season's last day: not of that season. */
	assert_int_equal(covered("influenza", "1961-03-01", NULL, 0,
	    "2026-06-01"), COVERED_NOT_HERS);
}

static void
coverage_of_a_window_is_of_today(void **state)
{
	struct dose one = dose("shingrix", "2026-05-01");
	struct dose both[] = { one, dose("shingrix", "2026-08-01") };

	(void)state;
	assert_int_equal(covered("pneumococcal", "1961-05-10", NULL, 0,
	    "2026-05-08"), COVERED_NOT_HERS);
	assert_int_equal(covered("pneumococcal", "1961-05-10", NULL, 0,
	    "2026-05-09"), COVERED_NOT);
	assert_int_equal(covered("zoster", "1961-05-10", &one, 1,
	    "2026-11-01"), COVERED_NOT);
	assert_int_equal(covered("zoster", "1961-05-10", both, 2,
	    "2026-11-01"), COVERED);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_in_between),
		cmocka_unit_test(three_months_from_30_november_are_1_march),
		cmocka_unit_test(a_live_one_waits_for_another_live_one),
		cmocka_unit_test(the_pneumococcal_window),
		cmocka_unit_test(who_had_ppsv23_is_done),
		cmocka_unit_test(each_season_has_one),
		cmocka_unit_test(a_dose_late_in_spring_waits_three_months),
		cmocka_unit_test(zoster_goes_by_fiscal_years),
		cmocka_unit_test(each_birthday_is_in_its_fiscal_year),
		cmocka_unit_test(coverage_goes_by_the_last_season),
		cmocka_unit_test(coverage_of_a_window_is_of_today),
		cmocka_unit_test(a_faulty_schedule_is_refused_with_its_line)
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, NULL);
}
