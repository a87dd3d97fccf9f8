/* The rules of the review board, with the examples of their sources as tables. */
#include "unit.h"

#include "rules.h"

#include <string.h>

static civil_date
day(const char *text)
{
	civil_date d;

	assert_int_equal(date_parse(text, &d), 0);
	return d;
}

#define CARE scheme_find("care_level")
#define SUPPORT scheme_find("support_level")

static void
levels_have_words_and_codes(void **state)
{
	static const char *const care[] = { "01", "12", "13", "21", "22", "23", "24", "25" };
	static const char *const support[] = { "0", "1", "2", "3", "4", "5", "6" };

	(void)state;
	for (int l = 0; l <= CARE5; l++) {
		assert_string_equal(level_code(CARE, (enum level)l), care[l]);
		assert_int_equal(level_of_code(CARE, care[l]), l);
	}
	for (int i = 0; i < 7; i++) {
		enum level l = i == 0 ? NOT_ELIGIBLE : (enum level)(CLASS1 + i - 1);

		assert_string_equal(level_code(SUPPORT, l), support[i]);
		assert_int_equal(level_of_code(SUPPORT, support[i]), l);
	}
	for (int l = 0; l < LEVELS; l++)
		assert_int_equal(level_find(level_word((enum level)l)), l);
	assert_null(level_word(LEVELS));
	assert_null(level_word(LEVEL_NONE));
	assert_int_equal(level_find("care6"), LEVEL_NONE);
	assert_int_equal(level_find(NULL), LEVEL_NONE);
	assert_int_equal(level_of_code(CARE, "06"), LEVEL_NONE);	/* 事業対象者 is no outcome */
	assert_int_equal(level_of_code(SUPPORT, "区分4"), CLASS4);
	assert_int_equal(level_of_code(SUPPORT, "7"), LEVEL_NONE);
}

/* 要支援1 is no 区分1: neither scheme takes the other's, but for 非該当. */
static void
each_scheme_has_its_own_levels(void **state)
{
	(void)state;
	for (int l = 0; l < LEVELS; l++)
		assert_int_equal(scheme_has(CARE, (enum level)l) +
		    scheme_has(SUPPORT, (enum level)l), l == NOT_ELIGIBLE ? 2 : 1);
	assert_false(scheme_has(CARE, LEVEL_NONE) || scheme_has(SUPPORT, LEVEL_NONE));
	assert_int_equal(level_of(SUPPORT, "support1"), LEVEL_NONE);
	assert_int_equal(level_of(CARE, "class1"), LEVEL_NONE);
	assert_int_equal(level_of(SUPPORT, "class6"), CLASS6);
	assert_int_equal(level_of_code(CARE, "区分1"), LEVEL_NONE);
	assert_int_equal(level_of_code(SUPPORT, "21"), LEVEL_NONE);
	assert_null(level_code(CARE, CLASS1));
	assert_int_equal(CARE->items, 74);
	assert_int_equal(SUPPORT->items, 80);
	assert_int_equal(scheme_steps(CARE), 5);
	assert_int_equal(scheme_steps(SUPPORT), 3);
	assert_int_equal(all_fields(CARE), 7);
	assert_int_equal(all_fields(SUPPORT), 15);
	assert_int_equal(field_bit(SUPPORT, "health"), 0);
	assert_int_equal(field_bit(CARE, "none"), 0);
}

static void
minutes_say_a_level(void **state)
{
	static const struct { int tenths; enum level level; int left; } t[] = {
		{ 0, NOT_ELIGIBLE, 250 }, { 249, NOT_ELIGIBLE, 1 }, { 250, SUPPORT1, 70 },
		{ 319, SUPPORT1, 1 }, { 320, SUPPORT2, 180 }, { 320, CARE1, 180 },
		{ 486, CARE1, 14 }, { 499, SUPPORT2, 1 }, { 500, CARE2, 200 }, { 699, CARE2, 1 },
		{ 700, CARE3, 200 }, { 900, CARE4, 200 }, { 1099, CARE4, 1 }, { 1100, CARE5, -1 },
		{ 1800, CARE5, -1 }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(t); i++) {
		assert_true(level_fits(t[i].tenths, t[i].level));
		assert_int_equal(tenths_left(t[i].tenths), t[i].left);
	}
	assert_false(level_fits(500, CARE1));
	assert_false(level_fits(319, SUPPORT2));
	assert_false(level_fits(486, CARE2));
}

/* 要介護1 between 32 and 50 minutes, and nothing else. */
static void
a_state_image_is_forced_in_the_band(void **state)
{
	(void)state;
	assert_true(wants_state_image(320, CARE1));
	assert_true(wants_state_image(499, CARE1));
	assert_false(wants_state_image(499, SUPPORT2));
	assert_false(wants_state_image(500, CARE1));
	assert_false(wants_state_image(319, CARE1));
	assert_false(wants_state_image(400, CARE2));
}

static void
a_decision_holds_for_so_many_months(void **state)
{
	static const struct {
		enum kind kind; enum level was, now; int cap, least, most, usual;
		const char *scheme;
	} t[] = {
		{ KIND_NEW, LEVEL_NONE, CARE1, 48, 3, 12, 6 },
		{ KIND_CHANGE, CARE1, CARE3, 48, 3, 12, 6 },
		{ KIND_CHANGE, CARE1, CARE1, 48, 3, 12, 6 },
		{ KIND_RENEWAL, CARE1, CARE2, 48, 3, 36, 12 },
		{ KIND_RENEWAL, SUPPORT2, CARE1, 48, 3, 36, 12 },
		{ KIND_RENEWAL, CARE1, CARE1, 48, 3, 48, 12 },
		{ KIND_RENEWAL, CARE1, CARE1, 36, 3, 36, 12 },	/* a town's own limit */
		{ KIND_RENEWAL, CARE1, CARE2, 24, 3, 24, 12 },
		{ KIND_RENEWAL, CARE1, CARE1, 0, 3, 48, 12 },
		{ KIND_NEW, LEVEL_NONE, CLASS2, 48, 3, 36, 36, "support_level" },
		{ KIND_CHANGE, CLASS2, CLASS4, 48, 3, 36, 36, "support_level" },
		{ KIND_RENEWAL, CLASS2, CLASS2, 48, 3, 36, 36, "support_level" },
		{ KIND_RENEWAL, CLASS2, CLASS2, 24, 3, 36, 36, "support_level" }	/* the limit is of care levels */
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(t); i++) {
		struct validity v = validity_of(t[i].scheme == NULL ? CARE :
		    scheme_find(t[i].scheme), t[i].kind, t[i].was, t[i].now, t[i].cap);

		assert_int_equal(v.least, t[i].least);
		assert_int_equal(v.most, t[i].most);
		assert_int_equal(v.usual, t[i].usual);
	}
}

static void
and_ends_with_a_month(void **state)
{
	static const struct { const char *from; int months; const char *to; } t[] = {
		{ "2026-05-15", 6, "2026-11-30" }, { "2026-05-01", 6, "2026-10-31" },
		{ "2026-06-01", 12, "2027-05-31" }, { "2026-06-01", 48, "2030-05-31" },
		{ "2026-05-31", 6, "2026-11-30" }, { "2026-01-31", 3, "2026-04-30" },
		{ "2027-11-30", 3, "2028-02-29" }, { "2026-12-02", 12, "2027-12-31" }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(t); i++)
		assert_int_equal(validity_to(day(t[i].from), t[i].months), day(t[i].to));
	assert_int_equal(validity_from(CARE, KIND_RENEWAL, day("2026-04-10"), day("2026-05-31"), day("2026-05-20")), day("2026-06-01"));
	assert_int_equal(validity_from(CARE, KIND_NEW, day("2026-05-15"), day("2026-05-31"), day("2026-06-20")), day("2026-05-15"));
	assert_int_equal(validity_from(CARE, KIND_CHANGE, day("2026-05-15"), 0, day("2026-06-20")), day("2026-05-15"));
	/* A support level holds from the decision, and not back to the application. */
	assert_int_equal(validity_from(SUPPORT, KIND_NEW, day("2026-05-15"), 0, day("2026-06-20")), day("2026-06-20"));
	assert_int_equal(validity_from(SUPPORT, KIND_CHANGE, day("2026-05-15"), 0, day("2026-06-20")), day("2026-06-20"));
	assert_int_equal(validity_from(SUPPORT, KIND_RENEWAL, day("2026-05-15"), day("2026-06-30"), day("2026-06-20")), day("2026-07-01"));
	assert_int_equal(validity_to(day("2026-06-20"), 36), day("2029-06-30"));
}

static void
thirty_days_are_watched(void **state)
{
	civil_date applied = day("2026-11-01");

	(void)state;
	assert_string_equal(urgency(CARE, applied, applied), "calm");
	assert_string_equal(urgency(CARE, applied, applied + 19), "calm");
	assert_string_equal(urgency(CARE, applied, applied + 20), "warn");
	assert_string_equal(urgency(CARE, applied, applied + 25), "alarm");
	assert_string_equal(urgency(CARE, applied, applied + 30), "alarm");
	assert_string_equal(urgency(CARE, applied, applied + 31), "late");
	assert_string_equal(urgency(SUPPORT, applied, applied + 300), "none");
}

/* Each of the six conditions alone keeps an application from the short way. */
static void
six_conditions_of_the_short_way(void **state)
{
	const struct simple good = { 1, KIND_RENEWAL, CARE2, CARE2, 12, 0, 1, 600 };
	struct simple s;

	(void)state;
	assert_int_equal(simple_holds(&good), SIMPLE_ALL);
	s = good, s.first_insured = 0;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_FIRST_INSURED);
	s = good, s.kind = KIND_CHANGE;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_RENEWAL);
	s = good, s.previous = CARE3;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_SAME_LEVEL);
	s = good, s.previous_months = 11;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_LONG_ENOUGH);
	s = good, s.tenths = 670;		/* three minutes are within three minutes */
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_FAR_FROM_HEAVIER);
	s.tenths = 669;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL);
	s = good, s.first = s.previous = CARE1, s.tenths = 400;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_STABLE);
	s.stable = 1;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL);
	s.slight_too = 0;			/* a town that excludes them */
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_STABLE);
	s = good, s.first = s.previous = CARE5, s.tenths = 1200;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL);
	s = good, s.first = s.previous = NOT_ELIGIBLE, s.tenths = 100;
	assert_int_equal(simple_holds(&s), SIMPLE_ALL & ~SIMPLE_SAME_LEVEL);
}

static void
a_panel_is_of_five_and_never_below_three(void **state)
{
	(void)state;
	assert_int_equal(panel_least(0, 0), 5);
	assert_int_equal(panel_least(1, 0), 3);
	assert_int_equal(panel_least(0, 1), 3);
	assert_int_equal(panel_least(1, 1), 3);
}

static void
a_majority_with_the_chair_is_a_quorum(void **state)
{
	static const struct { int members, present, chair, quorum; } t[] = {
		{ 5, 3, 1, 1 }, { 5, 3, 0, 0 }, { 5, 5, 0, 0 }, { 5, 2, 1, 0 }, { 4, 2, 1, 0 },
		{ 4, 3, 1, 1 }, { 3, 2, 1, 1 }, { 3, 1, 1, 0 }, { 8, 4, 1, 0 }, { 8, 5, 1, 1 }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(t); i++)
		assert_int_equal(has_quorum(t[i].members, t[i].present, t[i].chair), t[i].quorum);
}

static void
alike_and_as_the_first_stage(void **state)
{
	static const enum level same[] = { CARE1, CARE1, CARE1 }, other[] = { CARE1, CARE2, CARE1 };

	(void)state;
	assert_true(all_agree(same, 3, CARE1));
	assert_false(all_agree(same, 3, CARE2));	/* alike, but not as the first stage */
	assert_false(all_agree(other, 3, CARE1));
	assert_false(all_agree(same, 0, CARE1));
	assert_false(all_agree(same, 3, LEVEL_NONE));
}

static void
votes(const enum level *of, int n, enum level chairs, enum manner how, enum level what)
{
	enum level won;

	assert_int_equal(vote_of(of, n, chairs, &won), how);
	assert_int_equal(won, what);
}

static void
a_majority_decides_and_of_a_tie_the_chair(void **state)
{
	(void)state;
#define V(...) (const enum level[]){ __VA_ARGS__ }
	votes(V(CARE1, CARE1, CARE1, CARE1, CARE1), 5, CARE1, BY_AGREEMENT, CARE1);
	votes(V(CARE1, CARE2, CARE1, CARE1, CARE2), 5, CARE2, BY_MAJORITY, CARE1);
	votes(V(CARE1, CARE1, CARE2, CARE2), 4, CARE2, BY_CHAIR, CARE2);
	votes(V(CARE1, CARE1, CARE2, CARE2), 4, CARE1, BY_CHAIR, CARE1);
	votes(V(CARE2, CARE1), 2, CARE1, BY_CHAIR, CARE1);
	votes(V(CARE1, CARE1, CARE2, CARE3), 4, CARE1, UNDECIDED, LEVEL_NONE);	/* half, no other half */
	votes(V(CARE1, CARE2, CARE3, CARE4, CARE5), 5, CARE1, UNDECIDED, LEVEL_NONE);
	votes(V(CARE1, CARE1, CARE2, CARE2, CARE3), 5, CARE1, UNDECIDED, LEVEL_NONE);
	votes(V(CARE1, LEVEL_NONE, CARE1), 3, CARE1, UNDECIDED, LEVEL_NONE);	/* somebody has not voted */
	votes(V(CARE1, CARE1, CARE2, CARE2), 4, LEVEL_NONE, UNDECIDED, LEVEL_NONE);
	votes(V(CARE1), 1, CARE1, UNDECIDED, LEVEL_NONE);
	votes(V(CARE1), 0, CARE1, UNDECIDED, LEVEL_NONE);
#undef V
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_have_words_and_codes),
		cmocka_unit_test(each_scheme_has_its_own_levels),
		cmocka_unit_test(minutes_say_a_level),
		cmocka_unit_test(a_state_image_is_forced_in_the_band),
		cmocka_unit_test(a_decision_holds_for_so_many_months),
		cmocka_unit_test(and_ends_with_a_month),
		cmocka_unit_test(thirty_days_are_watched),
		cmocka_unit_test(six_conditions_of_the_short_way),
		cmocka_unit_test(a_panel_is_of_five_and_never_below_three),
		cmocka_unit_test(a_majority_with_the_chair_is_a_quorum),
		cmocka_unit_test(alike_and_as_the_first_stage),
		cmocka_unit_test(a_majority_decides_and_of_a_tie_the_chair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
