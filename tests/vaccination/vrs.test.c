/* Lines of the town's register and of VRS's export: what they say, and what is wrong with them. */
#include "arena.h"
#include "vrs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_new(8 * 1024 * 1024);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* The n-th dose of a file; 0 when there is none. */
static int
dose(const char *file, size_t n, struct vrs_dose *d)
{
	const char *heading[VRS_FIELDS], *why;
	const struct table *t = table_read(mem, file, strlen(file), &why);
	struct vrs_layout l;

	assert_non_null(t);
	for (int f = 0; f < VRS_FIELDS; f++)
		heading[f] = vrs_names[f].heading;
	assert_int_equal(vrs_layout(t, heading, &l), 0);
	assert_true(n < vrs_places(t, &l));
	return vrs_dose(t, &l, n, d);
}

#define VRS1 "20210601100000,20210601,0000000123,994014,見本会場,見本医師,ファイザー,EX0001"
#define VRS2 "20210622100000,20210622,0000000124,994014,見本会場,見本医師,武田/モデルナ,0000012"

static void
vrs_has_eight_columns_a_dose(void **state)
{
	const char *file = "0000012345," VRS1 "," VRS2 "\r\n0000012346," VRS1
	    "\r\n";
	struct vrs_dose d;

	(void)state;
	assert_int_equal(dose(file, 0, &d), 1);
	assert_null(d.fault);
	assert_string_equal(d.text[VRS_RESIDENT], "0000012345");
	assert_string_equal(d.voucher, "0000000123");
	assert_string_equal(d.municipality, "994014");
	assert_int_equal(d.number, 1);
	assert_int_equal(dose(file, 1, &d), 1);
	assert_int_equal(d.number, 2);
	assert_string_equal(d.text[VRS_LOT], "0000012");
	assert_int_equal(dose(file, 2, &d), 1);
	assert_int_equal(d.line, 2);
	assert_int_equal(dose(file, 3, &d), 0);	/* she has had one */
}

#define HEAD "カナ氏名,生年月日,接種日,接種回数,OCRライン,ワクチンメーカー,個別宛名番号\n"
#define WHO "シケン タロウ,S15.1.2,"

/* A line under headings, and what is wrong with it; NULL: nothing. */
static void
assert_line(const char *line, const char *fault)
{
	char file[400];
	struct vrs_dose d;

	(void)snprintf(file, sizeof file, "%s%s%s\n", HEAD, WHO, line);
	assert_int_equal(dose(file, 0, &d), 1);
	if (fault == NULL)
		assert_null(d.fault);
	else if (d.fault == NULL || strstr(d.fault, fault) == NULL)
		fail_msg("%s: %s", line, d.fault == NULL ? "no fault" : d.fault);
}

static void
a_ticket_line_is_checked(void **state)
{
	struct vrs_dose d;

	(void)state;
	assert_line("20210601,1,219940140000000123,ファイザー,", NULL);
	assert_line("20210601,1,21994014000000012,ファイザー,", "18桁");
	assert_line("20210601,1,2199401400000001234,ファイザー,", "18桁");
	assert_line("20210601,1,21994014000000012x,ファイザー,", "18桁");
	assert_line("20210601,1,319940140000000123,ファイザー,", "券種");
	assert_line("20210601,1,219940150000000123,ファイザー,", "検査数字");
	assert_line("20210601,2,219940140000000123,ファイザー,", "接種回数");
	assert_line("20210631,1,219940140000000123,ファイザー,", "接種日");
	assert_line("19390101,1,219940140000000123,ファイザー,", "生まれる前");
	assert_line("20210601,0,,ファイザー,", "接種回数");
	assert_line("20210601,1,,ファイザー,12a", "宛名番号");
	assert_int_equal(dose(HEAD WHO "R3.6.1,,119940140000000123,x,\n", 0,
	    &d), 1);
	assert_true(d.screening_only);
	assert_string_equal(d.voucher, "0000000123");
}

static void
somebody_is_named(void **state)
{
	struct vrs_dose d;

	(void)state;
	assert_int_equal(dose(HEAD ",,20210601,1,,x,\n", 0, &d), 1);
	assert_non_null(d.fault);
	assert_int_equal(dose(HEAD ",,20210601,1,,x,0001\n", 0, &d), 1);
	assert_null(d.fault);
}

static void
what_is_no_such_table_is_said(void **state)
{
	const char *heading[VRS_FIELDS], *why;
	const struct table *t = table_read(mem, "a,b\n1,2\n", 8, &why);
	struct vrs_layout l;

	(void)state;
	for (int f = 0; f < VRS_FIELDS; f++)
		heading[f] = vrs_names[f].heading;
	assert_int_equal(vrs_layout(t, heading, &l), -1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(vrs_has_eight_columns_a_dose),
		cmocka_unit_test(a_ticket_line_is_checked),
		cmocka_unit_test(somebody_is_named),
		cmocka_unit_test(what_is_no_such_table_is_said)
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
