/* Lines of the residents' register. */
#include "unit.h"

#include "residents.h"

#define HEAD "宛名番号,姓,名,姓かな,名かな,生年月日,性別,住所,電話番号,要介護度," \
    "独居,身体障害,療育,精神障害,難病,緯度,経度,異動,なにか"

static struct arena *mem;
static struct residents_head head;

static int
begin(void **state)
{
	(void)state;
	mem = arena_new(1024 * 1024);
	return residents_head(mem, "\xEF\xBB\xBF" HEAD, &head) != NULL;
}

static int
end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void
a_whole_line(void **state)
{
	struct resident p;
	civil_date birth;

	(void)state;
	assert_null(residents_line(mem, &head, "0012,試験,花子,しけん,はなこ,S10.3.3,2,"
	    "\"むつみ町港町1, 2\",000-000-0001,要介護4,1,2,A,3,1,33.5012,137.5,,x", &p));
	assert_string_equal(p.number, "0012");
	assert_string_equal(p.address, "むつみ町港町1, 2");
	assert_int_equal(date_parse("1935-03-03", &birth), 0);
	assert_int_equal(p.birth_date, birth);
	assert_string_equal(p.sex, "female");
	assert_string_equal(p.care_level, "care4");
	assert_int_equal(p.lives_alone, 1);
	assert_int_equal(p.physical, 2);
	assert_int_equal(p.intellectual, 1);
	assert_int_equal(p.mental, 3);
	assert_int_equal(p.intractable, 1);
	assert_true(p.placed);
	assert_int_equal(p.latitude, 33501200);
	assert_int_equal(p.end, RESIDENT_STAYS);
}

static void
who_left_needs_no_more_than_a_number(void **state)
{
	struct resident p;

	(void)state;
	assert_null(residents_line(mem, &head, "12,,,,,,,,,,,,,,,,,死亡", &p));
	assert_int_equal(p.end, RESIDENT_DIED);
	assert_null(residents_line(mem, &head, "12,,,,,,,,,,,,,,,,,転出", &p));
	assert_int_equal(p.end, RESIDENT_MOVED);
}

static void
what_is_refused(void **state)
{
	static const char *const wrong[] = {
		"", ",試験,花子,しけん,はなこ,1935-03-03,2,港町1",
		"x1,試験,花子,しけん,はなこ,1935-03-03,2,港町1",
		"1,,花子,しけん,はなこ,1935-03-03,2,港町1",
		"1,試験,花子,しけん,はなこ,1935-02-30,2,港町1",
		"1,試験,花子,しけん,はなこ,1935-03-03,3,港町1",
		"1,試験,花子,しけん,はなこ,1935-03-03,2,",
		"1,試験,花子,しけん,はなこ,1935-03-03,2,港町1,でんわ",
		"1,試験,花子,しけん,はなこ,1935-03-03,2,港町1,,要介護6",
		"1,試験,花子,しけん,はなこ,1935-03-03,2,港町1,,,,7",
		"1,試験,花子,しけん,はなこ,1935-03-03,2,港町1,,,,,,,,北緯,137",
		"1,,,,,,,,,,,,,,,,,引越し",
		"1234567890123456,,,,,,,,,,,,,,,,,死亡"
	};
	struct resident p;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (residents_line(mem, &head, wrong[i], &p) == NULL)
			fail_msg("taken: %s", wrong[i]);
}

static void
a_head_without_numbers(void **state)
{
	struct residents_head other;

	(void)state;
	assert_non_null(residents_head(mem, "姓,名", &other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_whole_line, begin, end),
		cmocka_unit_test_setup_teardown(who_left_needs_no_more_than_a_number, begin, end),
		cmocka_unit_test_setup_teardown(what_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(a_head_without_numbers, begin, end)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
