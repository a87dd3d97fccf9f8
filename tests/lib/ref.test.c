#include "ref.h"

#include "unit.h"

static void
round_trip(void **state)
{
	struct ref a = ref_new(), b;
	char hex[REF_HEX];

	(void)state;
	assert_ptr_equal(ref_hex(&a, hex), hex);
	assert_int_equal(strlen(hex), 32);
	assert_int_equal(strspn(hex, "0123456789abcdef"), 32);
	assert_int_equal(ref_parse(hex, &b), 0);
	assert_true(ref_same(&a, &b));
}

static void
known_digits(void **state)
{
	struct ref r;
	char hex[REF_HEX];
	const char *text = "00010203040506070809f0f1f2f3ff7f";

	(void)state;
	assert_int_equal(ref_parse(text, &r), 0);
	assert_int_equal(r.b[1], 1);
	assert_int_equal(r.b[14], 0xff);
	assert_string_equal(ref_hex(&r, hex), text);
}

static void
refused(void **state)
{
	static const char *const bad[] = {
		"", "0", "00010203040506070809f0f1f2f3ff7",
		"00010203040506070809f0f1f2f3ff7f0",
		"00010203040506070809F0F1F2F3FF7F",
		"00010203040506070809f0f1f2f3ff7g",
		" 0010203040506070809f0f1f2f3ff7f",
		"0x010203040506070809f0f1f2f3ff7f",
		"00010203-0405-0607-0809-f0f1f2f3ff"
	};
	struct ref r = { { 7 } }, before = r;

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		assert_int_equal(ref_parse(bad[i], &r), -1);
		assert_true(ref_same(&r, &before));
	}
}

static void
all_differ(void **state)
{
	enum { MANY = 2000 };
	static struct ref r[MANY];

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		r[i] = ref_new();
		for (size_t j = 0; j < i; j++)
			assert_false(ref_same(&r[i], &r[j]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(known_digits),
		cmocka_unit_test(refused),
		cmocka_unit_test(all_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
