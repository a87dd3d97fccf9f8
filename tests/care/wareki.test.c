#include "wareki.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
eras_change_on_their_day(void **state)
{
	static const struct { const char *iso, *text; } t[] = {
		{ "1935-11-03", "昭和10年11月3日" },
		{ "1872-12-31", "1872年12月31日" },
		{ "1873-01-01", "明治6年1月1日" },
		{ "1912-07-29", "明治45年7月29日" },
		{ "1912-07-30", "大正元年7月30日" },
		{ "1926-12-24", "大正15年12月24日" },
		{ "1926-12-25", "昭和元年12月25日" },
		{ "1927-01-01", "昭和2年1月1日" },
		{ "1989-01-07", "昭和64年1月7日" },
		{ "1989-01-08", "平成元年1月8日" },
		{ "2019-04-30", "平成31年4月30日" },
		{ "2019-05-01", "令和元年5月1日" },
		{ "2020-01-01", "令和2年1月1日" },
		{ "9999-12-31", "令和7981年12月31日" },
	};
	char buf[WAREKI_TEXT];
	civil_date date;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		assert_int_equal(date_parse(t[i].iso, &date), 0);
		assert_string_equal(wareki_text(date, buf), t[i].text);
	}
}

static void
both_calendars(void **state)
{
	static const struct { const char *iso, *text; } t[] = {
		{ "1872-11-03", "1872年11月3日" },
		{ "1935-03-03", "1935年（昭和10年）3月3日" },
		{ "1989-01-07", "1989年（昭和64年）1月7日" },
		{ "2019-05-01", "2019年（令和元年）5月1日" },
		{ "9999-12-31", "9999年（令和7981年）12月31日" },
	};
	char buf[WAREKI_BOTH];
	civil_date date;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		assert_int_equal(date_parse(t[i].iso, &date), 0);
		assert_string_equal(wareki_both(date, buf), t[i].text);
	}
}

static void
typed_dates(void **state)
{
	static const struct { const char *typed, *iso; } t[] = {
		{ "S10.3.3", "1935-03-03" },
		{ "s10/3/3", "1935-03-03" },
		{ "昭和10年3月3日", "1935-03-03" },
		{ "1935-03-03", "1935-03-03" },
		{ "19350303", "1935-03-03" },
		{ "Ｓ１０．３．３", "1935-03-03" },
		{ "１９３５０３０３", "1935-03-03" },
		{ "昭和１０年３月３日", "1935-03-03" },
		{ "１９３５年３月３日", "1935-03-03" },
		{ "昭10-3-3", "1935-03-03" },
		{ "㍼10.3.3", "1935-03-03" },
		{ "　昭和 10年 3月 3日 ", "1935-03-03" },
		{ "S10 3 3", "1935-03-03" },
		{ "S100303", "1935-03-03" },
		{ "s10・3・3", "1935-03-03" },
		{ "1935/3/3", "1935-03-03" },
		{ "1935−3−3", "1935-03-03" },
		{ "M45.7.29", "1912-07-29" },
		{ "明治6年1月1日", "1873-01-01" },
		{ "大正元年7月30日", "1912-07-30" },
		{ "T15.12.25", "1926-12-25" },
		{ "S1.12.25", "1926-12-25" },
		{ "昭元.12.25", "1926-12-25" },
		{ "S64.1.7", "1989-01-07" },
		{ "H1.1.8", "1989-01-08" },
		{ "平成元年1月3日", "1989-01-03" },
		{ "平成31年5月1日", "2019-05-01" },
		{ "r1.5.1", "2019-05-01" },
		{ "令和6年2月29日", "2024-02-29" },
	};
	char buf[INSTANT_TEXT];
	civil_date date;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		if (wareki_parse(t[i].typed, &date) != 0)
			fail_msg("%s is refused", t[i].typed);
		assert_string_equal(date_iso(date, buf), t[i].iso);
	}
}

static void
texts_that_are_no_date(void **state)
{
	static const char *const wrong[] = { "", " ", "S", "昭和", "S10",
	    "S10.3", "S10.3.3.3", "S10.13.1", "S10.2.30", "S0.1.1", "S65.1.1",
	    "T16.1.1", "M46.1.1", "M5.12.3", "H32.1.1", "S元3.3.3",
	    "S10.元.3", "元.3.3", "10.3.3", "35.3.3", "193533", "1935033",
	    "193503031", "S1003031", "X10.3.3", "S10.3.3生", "1935-02-29",
	    "0000-01-01", "123456789.1.1", "S123456789", "-1935-3-3",
	    "やまだ", "090-1234-5678", "1935\xFF", "S10.3.3\xE3" };
	civil_date date = 7;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		if (wareki_parse(wrong[i], &date) != -1)
			fail_msg("%s was taken", wrong[i]);
		assert_int_equal(date, 7);
	}
}

static void
what_is_written_can_be_read(void **state)
{
	char buf[WAREKI_TEXT];
	civil_date first = -35428;	/* 明治6年1月1日 */
	civil_date last = 54055;	/* 令和99年12月31日 */
	civil_date back;

	(void)state;
	for (civil_date d = first; d <= last; d++) {
		if (wareki_parse(wareki_text(d, buf), &back) != 0 || back != d)
			fail_msg("%s", buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eras_change_on_their_day),
		cmocka_unit_test(both_calendars),
		cmocka_unit_test(typed_dates),
		cmocka_unit_test(texts_that_are_no_date),
		cmocka_unit_test(what_is_written_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
