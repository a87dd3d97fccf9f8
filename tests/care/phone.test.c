#include "phone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct vector { const char *in; enum phone_kind kind; const char *out; };

static void
check(const struct vector *v, size_t n)
{
	char out[PHONE_TEXT];

	for (size_t i = 0; i < n; i++) {
		memset(out, 'x', sizeof out);
		if (phone_normalise(v[i].in, out) != v[i].kind ||
		    strcmp(out, v[i].out) != 0)
			fail_msg("%s became %s", v[i].in, out);
	}
}

static void
mobile_numbers(void **state)
{
	static const struct vector v[] = {
		{ "０９０−１２３４−５６７８", PHONE_MOBILE, "+819012345678" },
		{ "+81(0)80-1234-5678", PHONE_MOBILE, "+818012345678" },
		{ "090-1234-5678", PHONE_MOBILE, "+819012345678" },
		{ "09012345678", PHONE_MOBILE, "+819012345678" },
		{ "090 1234 5678", PHONE_MOBILE, "+819012345678" },
		{ "090　1234　5678", PHONE_MOBILE, "+819012345678" },
		{ "０９０ー１２３４ー５６７８", PHONE_MOBILE, "+819012345678" },
		{ "（０９０）１２３４‐５６７８", PHONE_MOBILE,
		    "+819012345678" },
		{ "+81 90 1234 5678", PHONE_MOBILE, "+819012345678" },
		{ "＋８１ ９０ １２３４ ５６７８", PHONE_MOBILE,
		    "+819012345678" },
		{ "010-81-90-1234-5678", PHONE_MOBILE, "+819012345678" },
		{ "81 90 1234 5678", PHONE_MOBILE, "+819012345678" },
		{ "060-1234-5678", PHONE_MOBILE, "+816012345678" },
		{ "070-1234-5678", PHONE_MOBILE, "+817012345678" },
		{ "\xE2\x80\xAD" "090-1234-5678" "\xE2\x80\xAC", PHONE_MOBILE,
		    "+819012345678" },
	};

	(void)state;
	check(v, sizeof v / sizeof v[0]);
}

static void
numbers_without_sms(void **state)
{
	static const struct vector v[] = {
		{ "0312345678", PHONE_FIXED, "+81312345678" },
		{ "+81 3-1234-5678", PHONE_FIXED, "+81312345678" },
		{ "050-1234-5678", PHONE_FIXED, "+815012345678" },
		{ "0120-123-456", PHONE_FIXED, "+81120123456" },
		{ "0800-123-4567", PHONE_FIXED, "+818001234567" },
	};

	(void)state;
	check(v, sizeof v / sizeof v[0]);
}

static void
texts_that_are_no_number(void **state)
{
	static const struct vector v[] = {
		{ "", PHONE_NONE, "" },
		{ "119", PHONE_NONE, "" },
		{ "090-1234-567", PHONE_NONE, "" },
		{ "090-1234-56789", PHONE_NONE, "" },
		{ "9012345678", PHONE_NONE, "" },
		{ "020-1234-5678", PHONE_NONE, "" },
		{ "0200-123-4567", PHONE_NONE, "" },
		{ "040-1234-5678", PHONE_NONE, "" },
		{ "+1 90 1234 5678", PHONE_NONE, "" },
		{ "+090-1234-5678", PHONE_NONE, "" },
		{ "090+1234-5678", PHONE_NONE, "" },
		{ "090-1234-5678 妻", PHONE_NONE, "" },
		{ "090-1234-567x", PHONE_NONE, "" },
		{ "+81", PHONE_NONE, "" },
		{ "+81(0)", PHONE_NONE, "" },
		{ "0090-1234-5678", PHONE_NONE, "" },
		{ "123456789012345678901234567890", PHONE_NONE, "" },
		{ "0 9 0 - - - - - - - - - - - - - - - - - - - - - - - - - - -"
		    " - - - - - 1234-5678", PHONE_NONE, "" },
		{ "090\xFF" "12345678", PHONE_NONE, "" },
	};

	(void)state;
	check(v, sizeof v / sizeof v[0]);
}

static void
doubtful_numbers_are_taken(void **state)
{
	char out[PHONE_TEXT];

	(void)state;
	assert_int_equal(phone_normalise("090-0234-5678", out), PHONE_MOBILE);
	assert_true(phone_is_doubtful(out));
	assert_int_equal(phone_normalise("090-1234-5678", out), PHONE_MOBILE);
	assert_false(phone_is_doubtful(out));
	assert_false(phone_is_doubtful(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mobile_numbers),
		cmocka_unit_test(numbers_without_sms),
		cmocka_unit_test(texts_that_are_no_number),
		cmocka_unit_test(doubtful_numbers_are_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
