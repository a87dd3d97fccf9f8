#include "program.h"

#include "unit.h"

#include <sys/resource.h>

/* What a fault would leave behind has patients and keys in it. */
static void
no_core(void **state)
{
	struct rlimit core;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
	core.rlim_cur = core.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_CORE, &core), 0);
	program_block_signals();
	assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
	assert_int_equal(core.rlim_cur, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_core),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
