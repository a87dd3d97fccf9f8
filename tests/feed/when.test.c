/* Instants as feeds write them. */
#include "unit.h"

#include "item.h"
#include "when.h"

static void
test_forms(void **state)
{
	static const struct { const char *text, *is; } rows[] = {
		{ "2026-05-28T09:00:00+09:00", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28T00:00:00Z", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28T00:00:00.125Z", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28T09:00+0900", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28 09:00:00 +09:00", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28", "2026-05-28T00:00:00.000Z" },
		{ "20260528", "2026-05-28T00:00:00.000Z" },
		{ "2026-05", "2026-05-01T00:00:00.000Z" },
		{ "2026", "2026-01-01T00:00:00.000Z" },
		{ "20260528T093000Z", "2026-05-28T09:30:00.000Z" },
		{ "Thu, 28 May 2026 09:00:00 +0900", "2026-05-28T00:00:00.000Z" },
		{ "28 May 26 00:00 GMT", "2026-05-28T00:00:00.000Z" },
		{ "Thu, 28 May 2026 09:00:00 JST", "2026-05-28T00:00:00.000Z" },
		{ "Thursday, 28 May 2026 00:00:00 Z", "2026-05-28T00:00:00.000Z" },
		{ "28-May-2026 00:00:00", "2026-05-28T00:00:00.000Z" },
		{ "Thu May 28 01:02:03 2026", "2026-05-28T01:02:03.000Z" },
		{ "May 28, 2026", "2026-05-28T00:00:00.000Z" },
		{ "Wed, 27 May 2026 20:00:00 EDT", "2026-05-28T00:00:00.000Z" },
		{ "Thu, 01 Jan 98 00:00:00 GMT", "1998-01-01T00:00:00.000Z" },
		{ "2088-04-25T10:00:00+09:00", "2088-04-25T01:00:00.000Z" },
	};
	char iso[INSTANT_TEXT];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		utc_ms at = when(rows[i].text);

		if (at == ITEM_NO_TIME ||
		    strcmp(instant_iso(at, iso), rows[i].is) != 0)
			fail_msg("%s is %s", rows[i].text,
			    at == ITEM_NO_TIME ? "none" : iso);
	}
}

/* A feed of Japan that says no zone means Japan's time, not UTC. */
static void
test_times_without_a_zone_are_of_the_source(void **state)
{
	static const struct { const char *text, *is; } rows[] = {
		{ "2026-05-28T09:00:00", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28 09:00", "2026-05-28T00:00:00.000Z" },
		{ "2026-05-28", "2026-05-27T15:00:00.000Z" },
		{ "Thu, 28 May 2026 09:00:00", "2026-05-28T00:00:00.000Z" },
		{ "Thu, 28 May 2026 09:00:00 GMT", "2026-05-28T09:00:00.000Z" },
		{ "2026-05-28T09:00:00Z", "2026-05-28T09:00:00.000Z" },
		{ "2026-05-28T09:00:00-03:00", "2026-05-28T12:00:00.000Z" },
	};
	char iso[INSTANT_TEXT];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++)
		assert_string_equal(instant_iso(when_in(rows[i].text, 540), iso),
		    rows[i].is);
}

static void
test_none(void **state)
{
	static const char *const rows[] = { "", "soon", "2026-02-30", "2026-13-01",
		"2026-05-28T25:00:00Z", "0000-01-01", "Thu, 32 May 2026 00:00:00",
		"28 Foo 2026", "2026-05-28T09:00:00 tomorrow-ish +", "May", "28",
		"99999999999999", "-1", "2026-05-28T09:61:00Z" };

	(void)state;
	assert_true(when(NULL) == ITEM_NO_TIME);
	for (size_t i = 0; i < NELEMENTS(rows); i++)
		if (when(rows[i]) != ITEM_NO_TIME)
			fail_msg("%s is a time", rows[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_times_without_a_zone_are_of_the_source),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
