#include "outbox.h"
#include "unit.h"

static void
urgent_ones_come_back_soon(void **state)
{
	static const int64_t want[] = { 15, 30, 60, 120, 240, 300, 300 };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(want); i++) {
		int64_t n = (int64_t)i + 1;

		assert_int_equal(outbox_wait_ms(0, n, 0), want[i] * SECOND_MS);
		assert_in_range(outbox_wait_ms(0, n, 99), want[i] * 1000,
		    want[i] * 1200);
	}
	assert_int_equal(outbox_wait_ms(1, 1, 0), MINUTE_MS);
	assert_int_equal(outbox_wait_ms(1, 50, 0), 30 * MINUTE_MS);
}

static void
some_time_is_too_late(void **state)
{
	(void)state;
	assert_false(outbox_too_late(3600, 0, 1, 0));
	assert_false(outbox_too_late(3600, 0, 16, 0));
	assert_true(outbox_too_late(3600, 0, 17, 0));
	assert_true(outbox_too_late(3600, 0, 1, 3600));
}

static void
pause_probes_one_by_one(void **state)
{
	struct outbox_pause p = { 0 };
	int64_t now = 1000;

	(void)state;
	assert_int_equal(outbox_room(&p, now, 8), 8);
	for (int i = 0; i < 40; i++) {
		outbox_pause_more(&p, now);
		assert_int_equal(outbox_room(&p, now, 8), 0);
		assert_in_range(p.until_ms - now, 250, 5000);
		now = p.until_ms;
		assert_int_equal(outbox_room(&p, now, 8), 1);
	}
	outbox_pause_end(&p);
	assert_int_equal(outbox_room(&p, now, 8), 8);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(urgent_ones_come_back_soon),
		cmocka_unit_test(some_time_is_too_late),
		cmocka_unit_test(pause_probes_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
