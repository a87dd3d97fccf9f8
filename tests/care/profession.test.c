#include "profession.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static unsigned
rights_of(const char *code)
{
	const struct profession *p = profession_find(code);

	assert_non_null(p);
	return p->rights;
}

static void
every_code_is_found(void **state)
{
	const struct profession *p;
	size_t i;

	(void)state;
	for (i = 0; (p = profession_at(i)) != NULL; i++) {
		assert_int_equal(strlen(p->code), 3);
		assert_int_equal(strspn(p->code, "0123456789"), 3);
		assert_ptr_equal(profession_find(p->code), p);
		assert_true(p->ja[0] != '\0' && p->en[0] != '\0');
		assert_true(p->rights != 0);
	}
	assert_int_equal(i, 51);
	assert_null(profession_at(SIZE_MAX));
}

static void
other_codes_are_not(void **state)
{
	(void)state;
	assert_null(profession_find(""));
	assert_null(profession_find("10"));
	assert_null(profession_find("0100"));
	assert_null(profession_find("011"));
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(profession_find("010")->ja, "医師");
	assert_string_equal(profession_find("040")->en, "Nurse");
	assert_string_equal(profession_name("040"), "看護師");
	assert_string_equal(profession_name("998"), "");
	assert_string_equal(profession_find("150")->ja, "介護支援専門員");
	assert_string_equal(profession_find("301")->ja,
	    "訪問介護員（ホームヘルパー）");
}

static void
default_rights(void **state)
{
	const unsigned care = RIGHT_CARE | RIGHT_VIEW;

	(void)state;
	assert_int_equal(rights_of("010"), RIGHT_MEDICAL | care);
	assert_int_equal(rights_of("190"), RIGHT_MEDICAL | care);
	assert_int_equal(rights_of("200"), care);
	assert_int_equal(rights_of("301"), care);
	assert_int_equal(rights_of("330"), RIGHT_VIEW);
	assert_int_equal(rights_of("311"), RIGHT_EMERGENCY);
	assert_int_equal(rights_of("331"), RIGHT_ADMIN | RIGHT_VIEW);
	assert_int_equal(rights_of("333"), RIGHT_CONSENTED);
	assert_int_equal(rights_of("340"), RIGHT_BOARD);
	assert_int_equal(rights_of("341"), RIGHT_BOARD | RIGHT_BOARD_ADMIN);
	assert_int_equal(rights_of("350"), RIGHT_OWN_PAGE);
}

static void
several_have_the_rights_of_all(void **state)
{
	(void)state;
	assert_int_equal(profession_rights("150,040"),
	    rights_of("150") | rights_of("040"));
	assert_int_equal(profession_rights("333,311"),
	    RIGHT_CONSENTED | RIGHT_EMERGENCY);
	assert_int_equal(profession_rights("040"), rights_of("040"));
	assert_int_equal(profession_rights("011,0400,04,,210"), RIGHT_VIEW);
	assert_int_equal(profession_rights(""), 0);
}

static void
the_first_among_some(void **state)
{
	(void)state;
	assert_string_equal(profession_among("150,040,300", "300,040"), "040");
	assert_string_equal(profession_among("010", "010"), "010");
	assert_null(profession_among("150,301", "010,040"));
	assert_null(profession_among("", "010"));
	assert_null(profession_among("010", ""));
	assert_null(profession_among("01", "010"));
	assert_null(profession_among("998", "998"));
}

static void
unknown_is_for_imports(void **state)
{
	const struct profession *p;

	(void)state;
	for (size_t i = 0; (p = profession_at(i)) != NULL; i++)
		assert_int_equal(p->import_only, strcmp(p->code, "999") == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_is_found),
		cmocka_unit_test(other_codes_are_not),
		cmocka_unit_test(names),
		cmocka_unit_test(default_rights),
		cmocka_unit_test(several_have_the_rights_of_all),
		cmocka_unit_test(the_first_among_some),
		cmocka_unit_test(unknown_is_for_imports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
