/* An export as a table, and whom a text names. */
#include "unit.h"

#include "anonymity.h"
#include "items.h"
#include "table.h"

#include <string.h>

static struct arena *mem;

static int
begin(void **state)
{
	(void)state;
	mem = arena_new(16 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static const struct table *
read_text(const char *text)
{
	const char *why;

	return table_read(mem, text, strlen(text), &why);
}

static void
cells_with_quotes_commas_and_lines(void **state)
{
	const struct table *t = read_text("\xef\xbb\xbf" "a,b,c\r\n1,\"x,\"\"y\"\"\nz\",3\r\n,,\n4\n");

	(void)state;
	assert_non_null(t);
	assert_int_equal(t->columns, 3);
	assert_int_equal(t->rows, 3);
	assert_int_equal(table_column(t, "b"), 1);
	assert_int_equal(table_column(t, "z"), -1);
	assert_string_equal(table_cell(t, 0, 1), "x,\"y\"\nz");
	assert_string_equal(table_cell(t, 0, 2), "3");
	assert_string_equal(table_cell(t, 1, 0), "");
	assert_string_equal(table_cell(t, 2, 0), "4");
	assert_string_equal(table_cell(t, 2, 2), "");		/* a short line */
	assert_string_equal(table_cell(t, 3, 0), "");		/* beyond it */
	assert_string_equal(table_cell(t, 0, -1), "");
}

/* 髙 and ① are CP932's own: 0xFB 0xFC and 0x87 0x40. */
static void
cp932_with_its_own_letters(void **state)
{
	static const char bytes[] = "a,b\r\n\xfb\xfc\x87\x40,\x95\x5c\r\n";
	const struct table *t = read_text(bytes);

	(void)state;
	assert_non_null(t);
	assert_string_equal(table_cell(t, 0, 0), "髙①");
	assert_string_equal(table_cell(t, 0, 1), "表");		/* its second byte is a backslash */
	assert_int_equal(t->replaced, 0);
	t = read_text("a,b\r\nx\xff,1\r\n");
	assert_non_null(t);
	assert_int_equal(t->replaced, 1);
}

static void
what_is_no_table(void **state)
{
	const char *why;

	(void)state;
	assert_null(read_text(""));
	assert_null(read_text("one column\n1\n"));
	assert_null(table_read(mem, "a,b\0c", 5, &why));
	assert_string_equal(why, "not_utf8");
	assert_non_null(read_text("a,b"));
	assert_int_equal(read_text("a,b")->rows, 0);
	assert_non_null(read_text("a,b\n\"never ended"));
}

static int
named(const char *text, struct identity who)
{
	struct model *m = model_new(mem);

	put_items(m, "hits");
	return names_in(mem, m, "hits", text, &who);
}

static void
names_are_found_however_written(void **state)
{
	const struct identity who = { .family = "髙﨑", .given = "一郎", .kana = "タカサキ　イチロウ",
		.address = "むつみ町見本9-9", .phone = "000-000-1234", .insured_number = "9950000001" };

	(void)state;
	assert_int_equal(named("本人は一人で歩く", who), 0);
	assert_int_equal(named("髙﨑さんは歩く", who), 1);
	assert_int_equal(named("髙 﨑　一　郎", who), 2);
	assert_int_equal(named("ﾀｶｻｷ ｲﾁﾛｳ", who), 1);
	assert_int_equal(named("むつみ町見本９－９に住む", who), 1);
	assert_int_equal(named("電話は０００−０００-１２３４", who) + named("00000001234", who), 1);
	assert_int_equal(named("番号 9950000001", who), 1);
	assert_int_equal(named("", who), 0);
	assert_int_equal(named("何もない", (struct identity){ .family = "" }), 0);
}

/* 林 stands in many words; before さん it is a name. */
static void
a_name_of_one_character(void **state)
{
	const struct identity who = { .family = "林" };

	(void)state;
	assert_int_equal(named("林業に長く携わり、山林を歩いた", who), 0);
	assert_int_equal(named("林さんは歩く", who), 1);
	assert_int_equal(named("林業の林様", who), 1);
}

static void
seventy_four_items(void **state)
{
	const struct scheme *care = scheme_find("care_level");

	(void)state;
	assert_string_equal(item_name(mem, care, 1), "1-1 麻痺（左上肢）");
	assert_string_equal(item_name(mem, care, 20), "1-13 聴力");
	assert_string_equal(item_name(mem, care, 21), "2-1 移乗");
	assert_string_equal(item_name(mem, care, 56), "4-15 話がまとまらない");
	assert_string_equal(item_name(mem, care, 62), "5-6 簡単な調理");
	assert_string_equal(item_name(mem, care, 74), "6 カテーテル");
	assert_null(item_name(mem, care, 0));
	assert_null(item_name(mem, care, 75));
}

static void
eighty_items(void **state)
{
	const struct scheme *support = scheme_find("support_level");

	(void)state;
	assert_string_equal(item_name(mem, support, 1), "1-1 寝返り");
	assert_string_equal(item_name(mem, support, 12), "1-12 えん下");
	assert_string_equal(item_name(mem, support, 28), "2-16 交通手段の利用");
	assert_string_equal(item_name(mem, support, 34), "3-6 感覚過敏・感覚鈍麻");
	assert_string_equal(item_name(mem, support, 68), "4-34 多飲水・過飲水");
	assert_string_equal(item_name(mem, support, 80), "5-12 カテーテル");
	assert_null(item_name(mem, support, 81));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_with_quotes_commas_and_lines),
		cmocka_unit_test(cp932_with_its_own_letters),
		cmocka_unit_test(what_is_no_table),
		cmocka_unit_test(names_are_found_however_written),
		cmocka_unit_test(a_name_of_one_character),
		cmocka_unit_test(seventy_four_items),
		cmocka_unit_test(eighty_items),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
