/* Who belongs into the register, by a town's thresholds. */
#include "unit.h"

#include "criteria.h"

static const struct criteria town = { .threshold = {
	[CRITERION_CARE_LEVEL] = 3, [CRITERION_PHYSICAL] = 2,
	[CRITERION_INTELLECTUAL] = 1, [CRITERION_MENTAL] = 2,
	[CRITERION_POWER] = 1, [CRITERION_ALONE] = 75
} };

static void
expect(const struct need *need, const char *reasons)
{
	char text[REASONS_TEXT];

	assert_string_equal(criteria_reasons(&town, need, text), reasons);
}

static void
thresholds_have_two_directions(void **state)
{
	(void)state;
	expect(&(struct need){ .has = { [CRITERION_CARE_LEVEL] = 3 } }, "care_level");
	expect(&(struct need){ .has = { [CRITERION_CARE_LEVEL] = 2 } }, "");
	expect(&(struct need){ .has = { [CRITERION_PHYSICAL] = 1 } }, "physical_disability");
	expect(&(struct need){ .has = { [CRITERION_PHYSICAL] = 2 } }, "physical_disability");
	expect(&(struct need){ .has = { [CRITERION_PHYSICAL] = 3 } }, "");
	expect(&(struct need){ .has = { [CRITERION_INTELLECTUAL] = 2 } }, "");
	expect(&(struct need){ .has = { [CRITERION_MENTAL] = 1 } }, "mental_disability");
	expect(&(struct need){ .has = { [CRITERION_ALONE] = 74 } }, "");
	expect(&(struct need){ .has = { [CRITERION_ALONE] = 75 } }, "lives_alone");
}

static void
what_a_town_has_not_decided_takes_nobody(void **state)
{
	(void)state;
	expect(&(struct need){ .has = { [CRITERION_INTRACTABLE] = 1 } }, "");
	expect(&(struct need){ { 0 }, 0 }, "");
}

static void
several_and_the_mayor(void **state)
{
	(void)state;
	expect(&(struct need){ .mayor = 1 }, "mayor");
	expect(&(struct need){ .has = { 5, 1, 1, 1, 1, 1, 90 }, .mayor = 1 },
	    "care_level,physical_disability,intellectual_disability,"
	    "mental_disability,power_dependent,lives_alone,mayor");
}

static void
words(void **state)
{
	(void)state;
	assert_int_equal(care_level_number("care5"), 5);
	assert_int_equal(care_level_number("support2"), 0);
	assert_int_equal(care_level_number("care6"), 0);
	assert_int_equal(care_level_number("care10"), 0);
	for (int c = 0; c < CRITERIA; c++)
		assert_int_equal(criterion_find(criterion_name((enum criterion)c)), c);
	assert_int_equal(criterion_find("mayor"), CRITERIA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thresholds_have_two_directions),
		cmocka_unit_test(what_a_town_has_not_decided_takes_nobody),
		cmocka_unit_test(several_and_the_mayor),
		cmocka_unit_test(words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
