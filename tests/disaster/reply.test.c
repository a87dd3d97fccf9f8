#include "unit.h"

#include "../../modules/disaster/reply.h"

static void
statuses(void **state)
{
	static const struct {
		const char *text, *status;
	} v[] = {
		{ "1", "safe" }, { "１", "safe" }, { "1 4827", "safe" },
		{ "4827、1", "safe" }, { "1無事", "safe" }, { "無事です。", "safe" },
		{ "2", "injured" }, { "ケガ", "injured" },
		{ "３番", "rescue_needed" }, { "4 避難しました", "evacuated" },
		{ "5", NULL }, { "1 か 2", NULL }, { "1か3", NULL },
		{ "無事ではありません", NULL }, { "わからない", NULL },
		{ "11", NULL }, { "", NULL }, { "\xff", NULL }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		const char *got = reply_status(v[i].text);

		if (v[i].status == NULL)
			assert_null(got);
		else {
			assert_non_null(got);
			assert_string_equal(got, v[i].status);
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
