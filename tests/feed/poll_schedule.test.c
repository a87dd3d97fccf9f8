/* When a source is asked again: jitter, doubling, Retry-After. */
#include "schedule.h"
#include "unit.h"

static void
jitter_stays_within_a_tenth(void **state)
{
	int64_t least = INT64_MAX, most = 0;

	(void)state;
	for (uint32_t r = 0; r < 100000; r += 7) {
		int64_t ms = schedule_next(60, 0, 0, r * 2654435761u);

		least = ms < least ? ms : least;
		most = ms > most ? ms : most;
	}
	assert_in_range(least, 54000, 54200);
	assert_in_range(most, 65800, 66000);
}

static void
failures_double_the_wait_to_a_limit(void **state)
{
	int64_t before = 0;

	(void)state;
	for (int64_t n = 0; n < 60; n++) {
		int64_t ms = schedule_next(60, n, 0, 0);

		assert_true(ms >= before);
		assert_true(ms <= SCHEDULE_BACKOFF_MAX_S * 1000);
		before = ms;
	}
	assert_int_equal(schedule_next(86400, 30, 0, 0), 86400 * 900);
}

static void
retry_after_is_waited_for_but_not_for_ever(void **state)
{
	(void)state;
	assert_true(schedule_next(60, 1, 600, 0) >= 600 * 1000);
	assert_true(schedule_next(60, 1, INT64_MAX / 2, 99) <=
	    SCHEDULE_HEED_MAX_S * 1100);
	assert_true(schedule_next(60, 0, -5, 0) >= 54000);
	assert_true(schedule_retry(0, 30) >= 30 * 1000);
	assert_int_equal(schedule_retry(0, 0), 2000);
	assert_int_equal(schedule_retry(50, 0), SCHEDULE_BACKOFF_MAX_S * 1000);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(jitter_stays_within_a_tenth),
		cmocka_unit_test(failures_double_the_wait_to_a_limit),
		cmocka_unit_test(retry_after_is_waited_for_but_not_for_ever)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
