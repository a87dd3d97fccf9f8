#include "sms_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Measures `n` times `piece` behind `head`. */
static struct sms_size
measure(const char *head, const char *piece, size_t n)
{
	size_t used = strlen(head), length = strlen(piece);
	char *text = malloc(used + n * length + 1);
	struct sms_size size;

	assert_non_null(text);
	memcpy(text, head, used + 1);
	for (size_t i = 0; i < n; i++, used += length)
		memcpy(text + used, piece, length + 1);
	assert_int_equal(sms_text_measure(text, &size), 0);
	free(text);
	return size;
}

struct vector { size_t characters, units, segments; };

static void
check(const char *piece, enum sms_encoding encoding, const struct vector *v,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sms_size size = measure("", piece, v[i].characters);

		assert_int_equal(size.encoding, encoding);
		assert_int_equal(size.units, v[i].units);
		assert_int_equal(size.segments, v[i].segments);
		assert_int_equal(size.billing_units, v[i].segments);
	}
}

static void
japanese_text(void **state)
{
	static const struct vector v[] = { { 1, 1, 1 }, { 70, 70, 1 },
	    { 71, 71, 2 }, { 134, 134, 2 }, { 135, 135, 3 }, { 201, 201, 3 },
	    { 202, 202, 4 }, { 268, 268, 4 }, { 269, 269, 5 },
	    { 660, 660, 10 }, { 670, 670, 10 }, { 671, 671, 11 } };

	(void)state;
	check("あ", SMS_UCS2, v, sizeof v / sizeof v[0]);
}

static void
ascii_text(void **state)
{
	static const struct vector plain[] = { { 1, 1, 1 }, { 160, 160, 1 },
	    { 161, 161, 2 }, { 306, 306, 2 }, { 307, 307, 3 },
	    { 1530, 1530, 10 } };
	static const struct vector escaped[] = { { 80, 160, 1 },
	    { 81, 162, 2 } };

	(void)state;
	check("a", SMS_GSM7, plain, sizeof plain / sizeof plain[0]);
	check("\n", SMS_GSM7, plain, sizeof plain / sizeof plain[0]);
	check("|", SMS_GSM7, escaped, sizeof escaped / sizeof escaped[0]);
	check("\\", SMS_GSM7, escaped, sizeof escaped / sizeof escaped[0]);
}

static void
emoji_count_twice(void **state)
{
	struct sms_size size = measure("", "😀", 35);

	(void)state;
	assert_int_equal(size.units, 70);
	assert_int_equal(size.segments, 1);
	size = measure("", "😀", 36);
	assert_int_equal(size.units, 72);
	assert_int_equal(size.segments, 2);
	assert_int_equal(size.billing_units, 2);
}

/* 67 emoji are two parts' units, but 33 go into one part. */
static void
no_pair_is_cut(void **state)
{
	struct sms_size size = measure("", "😀", 67);

	(void)state;
	assert_int_equal(size.units, 134);
	assert_int_equal(size.billing_units, 2);
	assert_int_equal(size.segments, 3);
	size = measure("", "{", 153);
	assert_int_equal(size.units, 306);
	assert_int_equal(size.billing_units, 2);
	assert_int_equal(size.segments, 3);
}

static void
one_character_decides(void **state)
{
	static const char *const other[] = { "あ", "`", "é", "¥", "\t", "ｱ" };

	(void)state;
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		struct sms_size size = measure(other[i], "a", 70);

		assert_int_equal(size.encoding, SMS_UCS2);
		assert_int_equal(size.units, 71);
		assert_int_equal(size.segments, 2);
	}
	assert_int_equal(measure("@_$#!~", "a", 1).encoding, SMS_GSM7);
}

static void
line_break_counts_one(void **state)
{
	(void)state;
	assert_int_equal(measure("あ\nい", "", 0).units, 3);
}

static void
the_cap(void **state)
{
	struct sms_size size = measure("", "", 0);

	(void)state;
	assert_int_equal(size.units, 0);
	assert_int_equal(size.segments, 0);
	assert_int_equal(size.billing_units, 0);
	assert_false(sms_text_fits(&size));
	size = measure("", "あ", 660);
	assert_true(sms_text_fits(&size));
	size = measure("", "あ", 661);
	assert_false(sms_text_fits(&size));
	size = measure("あ", "😀", 330);
	assert_false(sms_text_fits(&size));
	size = measure("", "a", 661);
	assert_false(sms_text_fits(&size));
}

static void
bytes_that_are_no_text(void **state)
{
	struct sms_size size = { .units = 7 };

	(void)state;
	assert_int_equal(sms_text_measure("a\xFF", &size), -1);
	assert_int_equal(sms_text_measure("\xE3\x81", &size), -1);
	assert_int_equal(sms_text_measure("\xED\xA0\x80", &size), -1);
	assert_int_equal(size.units, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(japanese_text),
		cmocka_unit_test(ascii_text),
		cmocka_unit_test(emoji_count_twice),
		cmocka_unit_test(no_pair_is_cut),
		cmocka_unit_test(one_character_decides),
		cmocka_unit_test(line_break_counts_one),
		cmocka_unit_test(the_cap),
		cmocka_unit_test(bytes_that_are_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
