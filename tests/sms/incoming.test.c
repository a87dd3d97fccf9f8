#include "unit.h"

#include "../../gateways/sms/incoming_text.c"

static void
words_that_stop(void **state)
{
	static const struct {
		const char *text;
		enum incoming_word word;
	} v[] = {
		{ "停止", WORD_STOP }, { "　停止。\n", WORD_STOP },
		{ "配信停止", WORD_STOP }, { "stop", WORD_STOP },
		{ "ＳＴＯＰ！", WORD_STOP }, { "ストップ", WORD_STOP },
		{ "ｽﾄｯﾌﾟ", WORD_STOP },
		{ "再開", WORD_RESUME }, { "Start", WORD_RESUME },
		{ "停止しないで", WORD_OTHER }, { "心肺停止です", WORD_OTHER },
		{ "Don't stop", WORD_OTHER }, { "1", WORD_OTHER },
		{ "", WORD_OTHER }, { "\xff", WORD_OTHER }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++)
		assert_int_equal(incoming_word_of(v[i].text), v[i].word);
}

static void
utf16(void **state)
{
	struct arena *mem = arena_new(1 << 16);

	(void)state;
	assert_string_equal(incoming_utf16(mem, "\x50\x5c\x6b\x62", 4), "停止");
	assert_string_equal(incoming_utf16(mem, "\xd8\x3d\xde\x00", 4), "😀");
	assert_string_equal(incoming_utf16(mem, "", 0), "");
	assert_null(incoming_utf16(mem, "\x50", 1));
	assert_null(incoming_utf16(mem, "\xd8\x3d", 2));
	assert_null(incoming_utf16(mem, "\xd8\x3d\x00\x31", 4));
	assert_null(incoming_utf16(mem, "\xde\x00\x00\x31", 4));
	arena_free(mem);
}

static void
account(void **state)
{
	(void)state;
	assert_true(incoming_allowed("Basic dG9tb3p1bmE6cHcx", "tomozuna", "pw1"));
	assert_false(incoming_allowed("Basic dG9tb3p1bmE6cHcx", "tomozuna", "pw2"));
	assert_false(incoming_allowed("Basic dG9tb3p1bmE6cHc", "tomozuna", "pw1"));
	assert_false(incoming_allowed("Bearer dG9tb3p1bmE6cHcx", "tomozuna", "pw1"));
	assert_false(incoming_allowed("", "tomozuna", "pw1"));
	assert_true(incoming_allowed("Basic YTo/Pz8+", "a",
	    "?" "?" "?" ">"));
	assert_false(incoming_allowed("Basic %%%%", "a", "b"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_stop),
		cmocka_unit_test(utf16),
		cmocka_unit_test(account)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
