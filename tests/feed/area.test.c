/* Areas of telegrams as municipalities, and codes that have histories. */
#include "unit.h"

#include "area.h"
#include "arena.h"

#define CITY "気象・地震・火山情報／市町村等"
#define FORECAST "気象情報／府県予報区・細分区域等"

/* Municipalities of an area in one text, with blanks between. */
static const char *
towns(struct arena *mem, const char *code, const char *coding, const char *day)
{
	struct item_area a = { .code = code, .coding = coding };
	const char *all = "";
	civil_date date = 0;

	if (day != NULL)
		assert_int_equal(date_parse(day, &date), 0);
	area_towns(mem, &a, day == NULL ? ITEM_NO_TIME : instant_of(date));
	for (size_t i = 0; i < a.n_towns; i++)
		all = arena_printf(mem, "%s%s%s", all, i > 0 ? " " : "",
		    a.towns[i]);
	return all;
}

/* CAP names its lists as it likes; what is known is looked up, the rest is not. */
static void
test_geocodes_of_cap(void **state)
{
	static const struct { const char *code, *list, *day, *towns; } rows[] = {
		{ "131016", "全国地方公共団体コード", NULL, "13101" },
		{ "13101", "JIS X 0402", NULL, "13101" },
		{ "13101", "JISX0402", NULL, "13101" },
		{ "1310100", "JMA", NULL, "13101" },
		{ "1310100", CITY, NULL, "13101" },
		{ "131016", "municipality", NULL, "13101" },
		{ "131017", "municipality", NULL, "" },	/* its check digit */
		{ "14101", "市区町村コード", NULL, "14100" },	/* a ward's city */
		{ "403059", "市町村コード", "2018-09-30", "40305" },
		{ "403059", "市町村コード", "2018-10-01", "40231" },
		{ "22131", "JIS X 0402", "2024-06-01", "22130" },
		{ "47", "JIS X 0401", NULL, NULL },
		{ "470007", "全国地方公共団体コード", NULL, NULL },
		{ "474012", FORECAST, NULL, "47381" },
		{ "474012", "JMA", NULL, "47381" },
		{ "994014", "JIS X 0402", NULL, "99401" },
		{ "006037", "SAME", NULL, "" },
		{ "06037", "FIPS6", NULL, "" },
		{ "13101", NULL, NULL, "" }, { "x", "JIS X 0402", NULL, "" },
		{ "13101", "UGC", NULL, "" },
	};
	struct arena *mem = arena_new(1024 * 1024);

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		struct item_area a = { .code = rows[i].code,
			.coding = rows[i].list };
		civil_date date = 0;

		if (rows[i].day != NULL)
			assert_int_equal(date_parse(rows[i].day, &date), 0);
		area_geocode(mem, &a, rows[i].day == NULL ? ITEM_NO_TIME :
		    instant_of(date));
		if (rows[i].towns == NULL)
			assert_int_equal(a.n_towns, 41);	/* Okinawa */
		else if (a.n_towns != (rows[i].towns[0] != '\0') ||
		    (a.n_towns == 1 && strcmp(a.towns[0], rows[i].towns) != 0))
			fail_msg("%s of %s", rows[i].code, rows[i].list);
	}
	arena_free(mem);
}

/* 津市 is not named where it says 大津市. */
static void
test_a_name_inside_a_name_is_none(void **state)
{
	static const struct { const char *text, *name; int is; } rows[] = {
		{ "滋賀県大津市で停電", "津市", 0 }, { "三重県津市で停電", "津市", 1 },
		{ "大津市と津市", "津市", 1 }, { "津市", "津市", 1 },
		{ "本日津市で停電", "津市", 1 }, { "東村山市", "村山市", 0 },
		{ "武蔵村山市", "村山市", 0 }, { "山形県村山市", "村山市", 1 },
		{ "東むつみ町", "むつみ町", 0 }, { "むつみ町東原", "むつみ町", 1 },
		{ "", "津市", 0 }, { "府中市", "府中市", 1 },
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++)
		if (area_is_named(rows[i].text, rows[i].name,
		    strlen(rows[i].name)) != rows[i].is)
			fail_msg("%s in %s", rows[i].name, rows[i].text);
}

static void
test_areas(void **state)
{
	static const struct { const char *code, *coding, *day, *towns; } rows[] = {
		{ "1310100", CITY, NULL, "13101" },
		{ "1410100", CITY, NULL, "14100" },	/* a ward of Yokohama */
		{ "0520112", CITY, NULL, "05201" },	/* a part of Akita */
		{ "4030500", CITY, "2018-09-30", "40305" },
		{ "4030500", CITY, "2018-10-01", "40231" },
		{ "4030500", CITY, NULL, "40231" },
		{ "2213100", CITY, "2024-06-01", "22130" },
		{ "2213800", CITY, NULL, "22130" },
		{ "0342200", CITY, "2011-09-25", "03422" },
		{ "0342200", CITY, "2011-09-26", "03209" },
		{ "9999900", CITY, NULL, "99999" },	/* newer than the table */
		{ "131", CITY, NULL, "" },
		{ "131010x", CITY, NULL, "" },
		{ "470000", FORECAST, NULL, "" },
		{ "474012", FORECAST, NULL, "47381" },
		{ "474010", FORECAST, NULL, "47207 47381" },
		{ "472000", FORECAST, NULL, "47357 47358" },
		{ "472000", "地震情報／細分区域", NULL, "" },
		{ "801", "津波予報区", NULL, "47357 47358" },
		{ "801", "震央地名", NULL, "" },
		{ "472000", NULL, NULL, "" },
	};
	struct arena *mem = arena_new(1024 * 1024);

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		const char *found = towns(mem, rows[i].code, rows[i].coding,
		    rows[i].day);

		if (strcmp(found, rows[i].towns) != 0)
			fail_msg("%s of %s is %s, not %s", rows[i].code,
			    rows[i].coding, found, rows[i].towns);
	}
	arena_free(mem);
}

/* An area without a code, by its name: heat alerts have no more. */
static void
test_by_name(void **state)
{
	struct arena *mem = arena_new(1024 * 1024);
	struct item_area a = { .name = "大東島地方", .coding = FORECAST };

	(void)state;
	area_towns(mem, &a, ITEM_NO_TIME);
	assert_int_equal(a.n_towns, 2);
	a.name = "どこか";
	area_towns(mem, &a, ITEM_NO_TIME);
	assert_int_equal(a.n_towns, 0);
	arena_free(mem);
}

static void
test_six_digits(void **state)
{
	static const char *const rows[] = { "231002", "232041", "232262", "232238",
		"233021", "131041", "011002", "473821", "271004", "230006" };
	char five[6], six[7];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		(void)snprintf(five, sizeof five, "%.5s", rows[i]);
		area_six_digits(five, six);
		assert_string_equal(six, rows[i]);
	}
	area_six_digits("12a45", six);
	assert_string_equal(six, "");
}

/* All that the list of municipalities of 2024 has, our table knows. */
static void
test_every_municipality(void **state)
{
	const char *root = getenv("TOMOZUNA_REALDATA");
	struct arena *mem = arena_new(16 * 1024 * 1024);
	char path[1000], line[2000];
	int known = 0;
	FILE *list;

	(void)state;
	(void)snprintf(path, sizeof path, "%s/jp_reference/localgov/"
	    "localgovjp-utf8.csv", root == NULL ? "" : root);
	list = fopen(path, "r");
	if (list == NULL)
		nothing_to_try();
	while (fgets(line, sizeof line, list) != NULL) {
		const char *last = strrchr(line, ',');
		char seven[8], six[7];
		const char *town;

		if (last == NULL || strspn(last + 1, "0123456789") != 6)
			continue;
		(void)snprintf(seven, sizeof seven, "%.5s00", last + 1);
		town = towns(mem, seven, CITY, NULL);
		assert_int_equal(strlen(town), 5);
		area_six_digits(town, six);
		assert_int_equal(strlen(six), 6);
		known++;
	}
	assert_in_range(known, 1900, 2000);
	(void)fclose(list);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_geocodes_of_cap),
		cmocka_unit_test(test_a_name_inside_a_name_is_none),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_by_name),
		cmocka_unit_test(test_six_digits),
		cmocka_unit_test(test_every_municipality),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
