/* An arena that is taken back to where it stood, and turns that are taken and given. */
#include "unit.h"

#include "arena.h"
#include "instant.h"
#include "turns.h"

#include <string.h>

enum { CAP = 1024 * 1024, PIECE = 100 * 1000 };

static void
rewound_memory_is_had_again(void **state)
{
	struct arena *a = arena_new(CAP);
	char *kept = arena_text(a, "before"), *p = NULL;

	(void)state;
	/* A hundred times its cap goes through it, a piece at a time. */
	for (int i = 0; i < 1000; i++) {
		struct arena_mark mark = arena_mark(a);

		p = arena_take(a, PIECE);
		memset(p, 'x', PIECE);
		arena_rewind(a, mark);
	}
	assert_string_equal(kept, "before");
	p = arena_take(a, 16);
	assert_int_equal(p[0], 0);
	arena_free(a);
}

static void
a_turn_is_waited_for(void **state)
{
	struct turns t = TURNS(2);

	(void)state;
	assert_int_equal(turns_take(&t, instant_monotonic_ms()), 0);
	assert_int_equal(turns_take(&t, instant_monotonic_ms()), 0);
	assert_int_equal(turns_take(&t, instant_monotonic_ms() + 20), -1);
	turns_give(&t);
	assert_int_equal(turns_take(&t, instant_monotonic_ms()), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rewound_memory_is_had_again),
		cmocka_unit_test(a_turn_is_waited_for)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
