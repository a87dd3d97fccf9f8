#include "code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
municipality_codes(void **state)
{
	static const char *const codes[] = { "231002", "232041", "232262",
	    "232238", "233021", "131041", "011002", "473821", "271004",
	    "230006" };
	struct municipality_code code;
	char five[6];

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		assert_int_equal(municipality_code_parse(codes[i], &code), 0);
		assert_string_equal(code.text, codes[i]);
		(void)snprintf(five, sizeof five, "%s", codes[i]);
		assert_int_equal(municipality_code_check(five),
		    codes[i][5] - '0');
		memset(&code, 0, sizeof code);
		assert_int_equal(municipality_code_parse(five, &code), 0);
		assert_string_equal(code.text, codes[i]);
	}
}

static void
insurer_numbers(void **state)
{
	static const char *const numbers[] = { "231001", "232017", "232025",
	    "131011", "011007", "271007" };
	struct insurer_number number;
	char five[6];

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		assert_int_equal(insurer_number_parse(numbers[i], &number), 0);
		assert_string_equal(number.text, numbers[i]);
		(void)snprintf(five, sizeof five, "%s", numbers[i]);
		assert_int_equal(insurer_number_check(five),
		    numbers[i][5] - '0');
		assert_int_equal(insurer_number_parse(five, &number), -1);
	}
}

/* Worked by hand: 2 x 5 = 10 adds 1, 2 x 6 = 12 adds 3, 2 x 9 = 18 adds 9. */
static void
digits_of_products_are_added(void **state)
{
	(void)state;
	assert_int_equal(insurer_number_check("50000"), 9);
	assert_int_equal(insurer_number_check("00006"), 7);
	assert_int_equal(insurer_number_check("99999"), 5);
}

static void
one_is_not_the_other(void **state)
{
	struct municipality_code code = { "kept" };
	struct insurer_number number = { "kept" };

	(void)state;
	assert_int_equal(municipality_code_parse("231001", &code), -1);
	assert_int_equal(municipality_code_parse("011007", &code), -1);
	assert_int_equal(insurer_number_parse("231002", &number), -1);
	assert_int_equal(insurer_number_parse("011002", &number), -1);
	assert_string_equal(code.text, "kept");
	assert_string_equal(number.text, "kept");
}

/* Every wrong last digit is refused. */
static void
only_one_digit_checks(void **state)
{
	struct municipality_code code;
	struct insurer_number number;
	char text[7] = "231000";

	(void)state;
	for (text[5] = '0'; text[5] <= '9'; text[5]++) {
		assert_int_equal(municipality_code_parse(text, &code),
		    text[5] == '2' ? 0 : -1);
		assert_int_equal(insurer_number_parse(text, &number),
		    text[5] == '1' ? 0 : -1);
	}
}

static void
texts_that_are_no_code(void **state)
{
	static const char *const wrong[] = { "", "2310", "2310021", "23100x",
	    "23100 ", " 231002", "２３１００２", "-31002" };
	struct municipality_code code;
	struct insurer_number number;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(municipality_code_parse(wrong[i], &code), -1);
		assert_int_equal(insurer_number_parse(wrong[i], &number), -1);
	}
	assert_int_equal(municipality_code_check("2310"), -1);
	assert_int_equal(insurer_number_check(""), -1);
}

static void
office_and_insured_numbers(void **state)
{
	struct office_number office = { "kept" };
	struct insured_number insured = { "kept" };

	(void)state;
	assert_int_equal(office_number_parse("H012345678", &office), -1);
	assert_int_equal(office_number_parse("012345678", &office), -1);
	assert_int_equal(office_number_parse("01234567890", &office), -1);
	assert_string_equal(office.text, "kept");
	assert_int_equal(office_number_parse("0123456789", &office), 0);
	assert_string_equal(office.text, "0123456789");
	assert_int_equal(insured_number_parse("h012345678", &insured), -1);
	assert_int_equal(insured_number_parse("H0123456789", &insured), -1);
	assert_int_equal(insured_number_parse("HH12345678", &insured), -1);
	assert_int_equal(insured_number_parse("H01234567", &insured), -1);
	assert_int_equal(insured_number_parse("", &insured), -1);
	assert_string_equal(insured.text, "kept");
	assert_int_equal(insured_number_parse("H012345678", &insured), 0);
	assert_string_equal(insured.text, "H012345678");
	assert_int_equal(insured_number_parse("0000012345", &insured), 0);
	assert_string_equal(insured.text, "0000012345");
}

static FILE *
open_list(void)
{
	static const char name[] =
	    "jp_reference/localgov/localgovjp-utf8.csv";
	const char *folder = getenv("TOMOZUNA_REALDATA");
	char path[4096];

	if (folder == NULL)
		return NULL;
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return fopen(path, "r");
}

/* The last field of a line that ends in six digits, else NULL. */
static char *
last_field(char *line)
{
	char *field = strrchr(line, ',');

	line[strcspn(line, "\r\n")] = '\0';
	return field != NULL && strlen(field + 1) == 6 &&
	    strspn(field + 1, "0123456789") == 6 ? field + 1 : NULL;
}

static void
all_municipalities(void **state)
{
	FILE *list = open_list();
	struct municipality_code code;
	char line[4096];
	int count = 0;

	(void)state;
	if (list == NULL) {
		print_message("skipped: no real documents here\n");
		return;
	}
	while (fgets(line, sizeof line, list) != NULL) {
		char *field = last_field(line);

		if (field == NULL)
			continue;
		if (municipality_code_parse(field, &code) != 0)
			fail_msg("%s", field);
		count++;
	}
	(void)fclose(list);
	assert_int_equal(count, 1916);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(municipality_codes),
		cmocka_unit_test(insurer_numbers),
		cmocka_unit_test(digits_of_products_are_added),
		cmocka_unit_test(one_is_not_the_other),
		cmocka_unit_test(only_one_digit_checks),
		cmocka_unit_test(texts_that_are_no_code),
		cmocka_unit_test(office_and_insured_numbers),
		cmocka_unit_test(all_municipalities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
