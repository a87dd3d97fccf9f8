/* Codes of a medication notebook: whole, split, cut, mixed, and none at all. */
#include "unit.h"

#include "arena.h"
#include "jahis.h"

static struct arena *mem;

#define HEAD "JAHISTC07,1\n1,試験 花子,2,S100303,,,,,,,シケン ハナコ\n"
#define PHARMACY "5,R081001,1\n11,試験薬局,13,4,9999999,,,,1\n51,試験医院,13,1,9999999,1\n"

static const struct jahis *
read_it(const char *text)
{
	arena_reset(mem);
	return jahis_read(mem, text);
}

static void
one_code(void **state)
{
	const struct jahis *j = read_it(HEAD PHARMACY
	    "201,1,アムロジピン錠５ｍｇ,1,錠,4,2171022F1010,1\n"
	    "201,1,ﾌﾛｾﾐﾄﾞ錠20㎎,1,錠,2,620000001,1\n"
	    "301,1,【分１　朝食後服用】,14,日分,1,1,,1\n"
	    "311,1,1,一包化,1\n"
	    "201,2,ワーファリン錠1mg,2.5,錠,1,,1\n"
	    "301,2,分1 夕食後,14,日分,1,1,,1\n");

	(void)state;
	assert_int_equal(j->fault, JAHIS_OK);
	assert_string_equal(j->name, "試験 花子");
	assert_int_equal(j->birth, -12723);	/* 1935-03-03 */
	assert_int_equal(j->n, 3);
	assert_string_equal(j->medicine[0].name, "アムロジピン錠5mg");
	assert_string_equal(j->medicine[0].dose, "1錠");
	assert_string_equal(j->medicine[0].dosage, "【分1 朝食後服用】 一包化");
	assert_string_equal(j->medicine[0].prescriber, "試験医院");
	assert_string_equal(j->medicine[0].code_kind, "yj");
	assert_int_equal(j->medicine[0].dispensed_on, 20727);	/* 2026-10-01 */
	assert_string_equal(j->medicine[1].name, "フロセミド錠20mg");
	assert_string_equal(j->medicine[2].dosage, "分1 夕食後");
	assert_null(j->medicine[2].code_kind);
	assert_true(j->medicine[2].blood_thinner);
	assert_false(j->medicine[0].blood_thinner);
	assert_int_equal(j->unknown, 0);
}

#define PART1 HEAD PHARMACY "201,1,薬甲,1,錠,1,,1\n911,AB1,2,1\n"
#define PART2 HEAD PHARMACY "301,1,分1 朝,7,日分,1,1,,1\n201,2,薬乙,2,錠,1,,1\n301,2,分2 朝夕,7,日分,1,1,,1\n911,AB1,2,2\n"

static void
two_codes(void **state)
{
	static const char *const orders[] = { PART1 PART2, PART2 PART1,
	    PART1 PART2 PART1 };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(orders); i++) {
		const struct jahis *j = read_it(orders[i]);

		assert_int_equal(j->fault, JAHIS_OK);
		assert_int_equal(j->parts, 2);
		assert_int_equal(j->n, 2);
		assert_string_equal(j->medicine[0].dosage, "分1 朝");
		assert_string_equal(j->medicine[1].name, "薬乙");
		assert_string_equal(j->medicine[1].dosage, "分2 朝夕");
	}
}

static void
a_part_is_missing(void **state)
{
	(void)state;
	assert_int_equal(read_it(PART2)->fault, JAHIS_MISSING);
	assert_int_equal(read_it(PART2)->missing, 1);
	assert_int_equal(read_it(PART1)->missing, 2);
	assert_int_equal(read_it(PART1 HEAD PHARMACY
	    "201,1,薬丙,1,錠,1,,1\n911,CD2,2,2\n")->fault, JAHIS_MIXED);
	assert_int_equal(read_it(PART1 HEAD PHARMACY
	    "201,1,薬丙,1,錠,1,,1\n")->fault, JAHIS_MIXED);
}

static void
codes_of_two_days(void **state)
{
	const struct jahis *j = read_it(HEAD PHARMACY
	    "201,1,薬甲,1,錠,1,,1\n301,1,分1 朝,7,日分,1,1,,1\n" HEAD
	    "5,20261105,1\n51,ほかの医院,13,1,9999999,1\n"
	    "201,1,薬乙,3,錠,1,,1\n301,1,分3 毎食後,7,日分,1,1,,1\n");

	(void)state;
	assert_int_equal(j->n, 2);
	assert_string_equal(j->medicine[0].dosage, "分1 朝");
	assert_string_equal(j->medicine[0].prescriber, "試験医院");
	assert_string_equal(j->medicine[1].dosage, "分3 毎食後");
	assert_string_equal(j->medicine[1].prescriber, "ほかの医院");
	assert_int_equal(j->medicine[1].dispensed_on, 20762);
}

static void
a_line_is_cut_in_two(void **state)
{
	const struct jahis *j = read_it(HEAD PHARMACY
	    "201,1,アムロジ\nピン錠5mg,1,錠,1,,1\n301,1,分1 朝,7,日分,1,1,,1\n");

	(void)state;
	assert_int_equal(j->n, 1);
	assert_string_equal(j->medicine[0].name, "アムロジピン錠5mg");
}

static void
none(void **state)
{
	(void)state;
	assert_int_equal(read_it("")->fault, JAHIS_NOT_ONE);
	assert_int_equal(read_it("https://tomozuna.example/")->fault,
	    JAHIS_NOT_ONE);
	assert_int_equal(read_it("201,1,薬,1,錠\n")->fault, JAHIS_NOT_ONE);
	assert_int_equal(read_it(HEAD)->fault, JAHIS_NOTHING);
	assert_int_equal(read_it(HEAD "999,何か\n201,1,薬\n")->unknown, 1);
	assert_int_equal(read_it(HEAD "911,X,0,1\n")->fault, JAHIS_TOO_MANY);
	assert_int_equal(read_it(HEAD "911,X,1000000,1\n")->fault,
	    JAHIS_TOO_MANY);
}

/* Whatever is pasted: pieces of real lines in any order, cut anywhere. */
static void
anything(void **state)
{
	static const char *const pieces[] = { HEAD, PHARMACY, PART1, PART2, "\n",
	    ",", "201", "201,", "201,1,", "薬", "911,,,\n", "911,X,3,2\n", "0,",
	    "301,1,x,1,y\n", "JAHISTC99,1\n", "5,R999999\n", "-1,", "311,1,,\n" };
	unsigned seed = 20261122;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[4096] = "";
		size_t n = 0;

		for (int i = rand_r(&seed) % 12; i > 0; i--) {
			const char *p = pieces[(size_t)rand_r(&seed) %
			    NELEMENTS(pieces)];

			if (n + strlen(p) < sizeof text) {
				memcpy(text + n, p, strlen(p) + 1);
				n += strlen(p);
			}
		}
		assert_in_range(read_it(text)->n, 0, JAHIS_MEDICINES);
	}
}

static void
more_than_can_be(void **state)
{
	struct arena *big = arena_new(64 * 1024 * 1024);
	char *text = arena_printf(big, "%s", HEAD);

	(void)state;
	for (int i = 0; i <= JAHIS_MEDICINES; i++)
		text = arena_printf(big, "%s201,%d,薬%d,1,錠,1,,1\n", text, i, i);
	assert_int_equal(read_it(text)->fault, JAHIS_TOO_MANY);
	arena_free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_code), cmocka_unit_test(two_codes),
		cmocka_unit_test(a_part_is_missing),
		cmocka_unit_test(codes_of_two_days),
		cmocka_unit_test(a_line_is_cut_in_two), cmocka_unit_test(none),
		cmocka_unit_test(anything), cmocka_unit_test(more_than_can_be),
	};
	int failed;

	mem = arena_new(64 * 1024 * 1024);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(mem);
	return failed;
}
