#include "unit.h"

#include "sms_reply.h"

/* The words with a blank between them. */
static const char *
said(const char *text)
{
	static char line[SMS_WORDS * (SMS_WORD_BYTES + 1)];
	char words[SMS_WORDS][SMS_WORD_BYTES];
	size_t n = sms_words(text, words);
	int at = 0;

	line[0] = '\0';
	for (size_t i = 0; i < n; i++)
		at += snprintf(line + at, sizeof line - (size_t)at, "%s%s",
		    i > 0 ? " " : "", words[i]);
	return line;
}

static void
words(void **state)
{
	(void)state;
	assert_string_equal(said("1 4827"), "1 4827");
	assert_string_equal(said("１，４８２７"), "1 4827");
	assert_string_equal(said("①４８２７番"), "1 4827 番");
	assert_string_equal(said("  1です\n"), "1 です");
	assert_string_equal(said("予約 あした"), "予約 あした");
	assert_string_equal(said("Ｙｅｓ!"), "yes");
	assert_string_equal(said(""), "");
	assert_string_equal(said("!?。"), "");
	assert_string_equal(said("1\xff" "2"), "1");
}

static void
bounded(void **state)
{
	char text[81];

	(void)state;
	for (size_t i = 0; i < 40; i++)
		memcpy(text + 2 * i, "1 ", 3);
	assert_int_equal(strlen(said(text)), SMS_WORDS * 2 - 1);
	assert_string_equal(said("12345678901234567890123456789012345 7"), "7");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(bounded)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
