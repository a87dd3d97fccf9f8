/* Figures in the words of health bodies: what may be taken, and what may not. */
#include "unit.h"

#include "arena.h"
#include "figure.h"

#define AT ((utc_ms)1795316400000)	/* 2026-11-22, a Sunday of week 47 */

struct expectation {
	const char *title, *summary, *found;
};

/* "influenza 2026-11-09 12.34, …"; J: of all Japan. */
static const char *
found(struct arena *mem, const char *title, const char *summary)
{
	const struct item item = { .title = title, .summary = summary };
	struct figure v[FIGURES_MAX];
	size_t n = figures_read(&item, AT, mem, v);
	const char *all = "";
	char day[INSTANT_TEXT];

	for (size_t i = 0; i < n; i++)
		all = arena_printf(mem, "%s%s%s%s %s %d.%02d", all,
		    i == 0 ? "" : ", ", v[i].of_japan ? "J:" : "",
		    v[i].disease, date_iso(v[i].week_on, day),
		    v[i].hundredths / 100, v[i].hundredths % 100);
	return all;
}

static void
hold(const struct expectation *v, size_t n)
{
	struct arena *mem = arena_new(1024 * 1024);

	for (size_t i = 0; i < n; i++)
		assert_string_equal(found(mem, v[i].title, v[i].summary),
		    v[i].found);
	arena_free(mem);
}

#define HOLD(table) hold(table, sizeof table / sizeof table[0])

static void
test_what_is_said_plainly(void **state)
{
	static const struct expectation v[] = {
	{ "インフルエンザの発生状況（第46週）",
	  "定点当たり報告数は12.34人でした。",
	  "influenza 2026-11-09 12.34" },
	{ "インフルエンザ定点当たり１２．３４（２０２６年第４６週）", NULL,
	  "influenza 2026-11-09 12.34" },
	{ "感染症週報 令和8年第46週",
	  "定点あたりの報告数は、手足口病3.5、RSウイルス感染症0.40。",
	  "hand_foot_mouth 2026-11-09 3.50, rsv 2026-11-09 0.40" },
	{ "新型コロナウイルス感染症", "第46週 1.56人/定点、第45週 2.00人/定点",
	  "covid19 2026-11-09 1.56, covid19 2026-11-02 2.00" },
	{ "定点医療機関当たりの患者報告数（第46週）",
	  "インフルエンザ 12.34\n感染性胃腸炎 4.56\nCOVID-19 0.78",
	  "influenza 2026-11-09 12.34, gastroenteritis 2026-11-09 4.56, "
	  "covid19 2026-11-09 0.78" },
	{ "ヘルパンギーナ", "定点当たり0.12（第46週）",
	  "herpangina 2026-11-09 0.12" },
	{ "インフルエンザ", "全国の定点当たり報告数は第46週で10.12、"
	  "県内の定点当たり報告数は12.34です。",
	  "J:influenza 2026-11-09 10.12, influenza 2026-11-09 12.34" },
	};

	(void)state;
	HOLD(v);
}

static void
test_what_is_another_s_is_left_out(void **state)
{
	static const struct expectation v[] = {
	{ "インフルエンザ（第46週）", "定点当たり報告数は、前週の10.12から"
	  "増加し、注意報の基準となる10.00を超えて、12.34となりました。",
	  "influenza 2026-11-09 12.34" },
	{ "インフルエンザ（第46週）", "定点当たり報告数は、沖縄県（45.67）、"
	  "佐賀県は34.56、全国では12.34でした。",
	  "J:influenza 2026-11-09 12.34" },
	{ "インフルエンザ（第46週）", "定点当たり10.00以上で注意報、30.00人を"
	  "超えると警報です。", "" },
	{ "インフルエンザ（第46週）", "定点当たり報告数は前週比1.25倍、"
	  "陽性率は12.34％です。", "" },
	{ "鳥インフルエンザ（第46週）", "定点当たり12.34", "" },
	{ "手足口病（第46週）", "定点当たりは突発性発しん0.30、手足口病0.50。",
	  "hand_foot_mouth 2026-11-09 0.50" },
	{ "インフルエンザ菌（第46週）", "定点当たり12.34", "" },
	{ "インフルエンザ（第46週）", "報告数は12.34でした。", "" },
	};

	(void)state;
	HOLD(v);
}

static void
test_what_is_not_certain_is_left_out(void **state)
{
	static const struct expectation v[] = {
	{ "インフルエンザ及び新型コロナウイルス感染症（第46週）",
	  "定点当たり報告数は12.34でした。", "" },
	{ "インフルエンザ・手足口病の定点当たり報告数は12.34（第46週）", NULL,
	  "" },
	{ "インフルエンザ", "定点当たり12.34（週の記載なし）", "" },
	{ "インフルエンザ（2019年第46週）", "定点当たり12.34", "" },
	{ "インフルエンザ（第54週）", "定点当たり12.34", "" },
	{ "インフルエンザ（第46週）", "定点当たり123456.78", "" },
	{ "インフルエンザ（第46週）", "定点当たり 2026.11.16 公表", "" },
	{ "感染症（第46週）", "定点当たり12.34", "" },
	{ NULL, NULL, "" }, { "", "", "" }, { "定点", "定", "" },
	};

	(void)state;
	HOLD(v);
}

static void
test_weeks_at_the_turn_of_the_year(void **state)
{
	struct arena *mem = arena_new(1024 * 1024);
	const struct item item = { .title = "水痘 第53週 定点当たり0.50" };
	struct figure v[FIGURES_MAX];
	char day[INSTANT_TEXT];

	(void)state;
	/* 2027-01-06: week 53 is of 2026, which has one, and begins in it. */
	assert_int_equal(figures_read(&item, AT + 45 * DAY_MS, mem, v), 1);
	assert_string_equal(date_iso(v[0].week_on, day), "2026-12-28");
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_said_plainly),
		cmocka_unit_test(test_what_is_another_s_is_left_out),
		cmocka_unit_test(test_what_is_not_certain_is_left_out),
		cmocka_unit_test(test_weeks_at_the_turn_of_the_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
