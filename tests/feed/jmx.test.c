/* Telegrams: which may be acted on, and what their codes mean where they stand. */
#include "unit.h"

#include "feed_world.h"

/* What differs between the telegrams of these tests. */
struct text {
	const char *title, *status, *info_type, *headline, *body;
};

static const struct item *
telegram(struct world *w, struct text t)
{
	struct reading *r = world_read(w, arena_printf(w->r.mem,
	    "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control>"
	    "<Title>%s</Title><DateTime>2026-05-28T00:00:01Z</DateTime>"
	    "<Status>%s</Status><EditorialOffice>架空地方気象台"
	    "</EditorialOffice></Control>"
	    "<Head xmlns=\"http://xml.kishou.go.jp/jmaxml1/informationBasis1/\">"
	    "<Title>架空県の電文</Title>"
	    "<ReportDateTime>2026-05-28T09:00:00+09:00</ReportDateTime>"
	    "<EventID>E7</EventID><InfoType>%s</InfoType><Serial>2</Serial>"
	    "<Headline><Text>見出し</Text>%s</Headline></Head>"
	    "<Body xmlns=\"http://xml.kishou.go.jp/jmaxml1/body/meteorology1/\">"
	    "%s</Body></Report>",
	    t.title == NULL ? "気象警報・注意報（Ｈ２７）" : t.title,
	    t.status == NULL ? "通常" : t.status,
	    t.info_type == NULL ? "発表" : t.info_type,
	    t.headline == NULL ? "" : t.headline, t.body == NULL ? "" : t.body));

	if (r->refused != NULL)
		fail_msg("%s", r->refused);
	assert_int_equal(r->n_items, 1);
	return &r->items[0];
}

static void
test_only_what_is_ordinary_may_be_acted_on(void **state)
{
	static const struct { const char *status, *type; enum item_status is;
	    enum item_message message; } rows[] = {
		{ "通常", "発表", STATUS_ACTUAL, MESSAGE_ALERT },
		{ "通常", "遅延", STATUS_ACTUAL, MESSAGE_ALERT },
		{ "通常", "訂正", STATUS_ACTUAL, MESSAGE_UPDATE },
		{ "通常", "取消", STATUS_CANCELLED, MESSAGE_CANCEL },
		{ "訓練", "発表", STATUS_EXERCISE, MESSAGE_ALERT },
		{ "訓練", "取消", STATUS_EXERCISE, MESSAGE_CANCEL },
		{ "試験", "発表", STATUS_TEST, MESSAGE_ALERT },
		{ "不明", "発表", STATUS_TEST, MESSAGE_ALERT },
		{ "", "発表", STATUS_TEST, MESSAGE_ALERT },
	};

	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		const struct item *it = telegram(*state, (struct text){
		    .status = rows[i].status, .info_type = rows[i].type });

		assert_int_equal(it->status, rows[i].is);
		assert_int_equal(it->message, rows[i].message);
	}
}

static void
test_the_envelope(void **state)
{
	const struct item *it = telegram(*state, (struct text){ 0 });
	char iso[INSTANT_TEXT];

	assert_int_equal(it->source, SOURCE_JMX);
	assert_string_equal(it->title, "架空県の電文");
	assert_string_equal(it->head.type, "VPWW54");
	assert_string_equal(it->head.event, "E7");
	assert_string_equal(it->head.serial, "2");
	assert_string_equal(it->head.headline, "見出し");
	assert_string_equal(instant_iso(it->published, iso),
	    "2026-05-28T00:00:00.000Z");
	assert_string_equal(instant_iso(it->updated, iso),
	    "2026-05-28T00:00:01.000Z");
	assert_non_null(strstr(it->id, "E7"));
}

#define AREA "<Area><Name>架空町</Name><Code>9999900</Code></Area>"
#define LIST(kinds) "<Warning type=\"気象警報・注意報（市町村等）\"><Item>" \
	kinds AREA "</Item></Warning>"
#define KIND(name, code, more) "<Kind><Name>" name "</Name><Code>" code \
	"</Code>" more "</Kind>"

static void
test_kinds_that_were_or_will_be_are_not_in_force(void **state)
{
	const struct item *it = telegram(*state, (struct text){ .body = LIST(
	    KIND("大雨警報", "03", "<Status>発表</Status><LastKind><Name>大雨特別警報"
	    "</Name><Code>33</Code></LastKind><NextKinds><NextKind><Name>x</Name>"
	    "<Code>37</Code></NextKind></NextKinds>")
	    "<LastKind><Name>x</Name><Code>38</Code></LastKind>") });

	assert_int_equal(it->n_warnings, 1);
	assert_string_equal(it->warnings[0].code, "03");
	assert_int_equal(it->warnings[0].kind, KIND_WARNING);
	assert_int_equal(it->warnings[0].level, 3);
	assert_int_equal(it->n_areas, 1);
	assert_string_equal(it->areas[0].coding, "気象・地震・火山情報／市町村等");
}

static void
test_lifted_and_none(void **state)
{
	const struct item *it = telegram(*state, (struct text){ .body = LIST(
	    KIND("大雨警報", "03", "<Status>解除</Status>")
	    KIND("雷注意報", "14", "<Status>警報から注意報</Status>")
	    "<Kind><Status>発表警報・注意報はなし</Status></Kind>") });

	assert_int_equal(it->n_warnings, 2);
	assert_int_equal(it->warnings[0].kind, KIND_NONE);
	assert_int_equal(it->warnings[0].level, 0);
	assert_int_equal(it->warnings[1].kind, KIND_ADVISORY);
	assert_int_equal(it->severity, SEVERITY_MODERATE);
}

/* The same digits in two lists, and in two generations of one list. */
static void
test_codes_mean_what_their_list_says(void **state)
{
	const struct item *it = telegram(*state, (struct text){
	    .title = "指定河川洪水予報", .headline = "<Information "
	    "type=\"指定河川洪水予報（河川）\"><Item>" KIND("氾濫警戒情報", "30", "")
	    "<Areas codeType=\"河川\"><Area><Name>架空川</Name><Code>1</Code>"
	    "</Area></Areas></Item></Information>" });

	assert_int_equal(it->warnings[0].kind, KIND_FLOOD);
	assert_int_equal(it->warnings[0].level, 3);
	it = telegram(*state, (struct text){ .body = LIST(
	    KIND("高潮警報", "08", "")) });
	assert_int_equal(it->warnings[0].level, 4);
	it = telegram(*state, (struct text){
	    .title = "気象警報・注意報（Ｒ０８）（高潮）", .body = LIST(
	    KIND("レベル３高潮警報", "08", "")) });
	assert_string_equal(it->head.type, "VPWW57");
	assert_int_equal(it->warnings[0].level, 3);
	it = telegram(*state, (struct text){ .title = "土砂災害警戒情報",
	    .body = "<Warning type=\"土砂災害警戒情報\"><Item>"
	    KIND("警戒", "3", "<Status>発表</Status>") AREA "</Item></Warning>" });
	assert_int_equal(it->warnings[0].kind, KIND_LANDSLIDE);
	assert_int_equal(it->warnings[0].level, 4);
}

static void
test_the_code_counts_not_the_name(void **state)
{
	struct world *w = *state;
	const struct item *it = telegram(w, (struct text){ .body = LIST(
	    KIND("高潮特別警報", "37", "<Status>発表</Status>")) });

	assert_string_equal(it->warnings[0].code, "37");
	assert_int_equal(it->warnings[0].level, 0);
	assert_int_equal(w->r.n_dropped, 1);
	assert_non_null(strstr(w->r.dropped[0], "the code counts"));
}

/* A warning of 2026 has classes of danger in it, whose codes are no warnings. */
static void
test_classes_of_danger_are_no_warnings(void **state)
{
	const struct item *it = telegram(*state, (struct text){
	    .title = "気象警報・注意報時系列情報（Ｒ０６）", .body =
	    "<MeteorologicalInfos type=\"量的予想時系列（市町村等）\">"
	    "<TimeSeriesInfo><TimeDefines><TimeDefine timeId=\"1\"><DateTime>"
	    "2026-05-28T12:00:00+09:00</DateTime><Duration>PT3H</Duration>"
	    "</TimeDefine><TimeDefine timeId=\"2\"><DateTime>"
	    "2026-05-28T15:00:00+09:00</DateTime><Duration>PT3H</Duration>"
	    "</TimeDefine></TimeDefines><Item><Kind><Property><SignificancyPart>"
	    "<Base><Significancy refID=\"1\" type=\"大雨浸水危険度\"><Name>"
	    "警戒レベル２</Name><Code>21</Code></Significancy>"
	    "<Significancy refID=\"2\" type=\"大雨浸水危険度\"><Name>"
	    "警戒レベル４相当</Name><Code>41</Code></Significancy></Base>"
	    "</SignificancyPart></Property></Kind>" AREA "</Item>"
	    "</TimeSeriesInfo></MeteorologicalInfos>" });
	char iso[INSTANT_TEXT];

	assert_int_equal(it->n_warnings, 1);
	assert_int_equal(it->warnings[0].kind, KIND_OUTLOOK);
	assert_int_equal(it->warnings[0].level, 4);
	assert_string_equal(it->warnings[0].name, "大雨浸水危険度 警戒レベル４相当");
	assert_string_equal(instant_iso(it->warnings[0].from, iso),
	    "2026-05-28T06:00:00.000Z");
	assert_string_equal(instant_iso(it->warnings[0].until, iso),
	    "2026-05-28T09:00:00.000Z");
}

static void
test_intensities(void **state)
{
	const struct item *it = telegram(*state, (struct text){
	    .title = "震源・震度に関する情報", .body =
	    "<Intensity><Observation><MaxInt>6-</MaxInt><Pref><Code>22</Code>"
	    "<Area><Name>静岡県西部</Name><Code>443</Code><MaxInt>6-</MaxInt>"
	    "<City><Name>浜松中央区</Name><Code>2213800</Code><MaxInt>6-</MaxInt>"
	    "<IntensityStation><Code>2213001</Code><Int>6-</Int>"
	    "</IntensityStation></City><City><Name>湖西市</Name>"
	    "<Code>2222100</Code><Condition>震度５弱以上未入電</Condition></City>"
	    "</Area></Pref></Observation></Intensity>" });

	assert_int_equal(it->n_warnings, 2);
	assert_string_equal(it->warnings[0].code, "6-");
	assert_string_equal(it->warnings[0].name, "震度６弱");
	assert_int_equal(it->warnings[0].n_areas, 2);
	assert_string_equal(it->warnings[1].code, "5-");
	assert_string_equal(it->warnings[1].name, "震度５弱以上未入電");
	assert_int_equal(it->severity, SEVERITY_SEVERE);
	assert_int_equal(it->n_areas, 3);
}

/* 00 is "none" in the headline of an early warning, a forecast in its body. */
static void
test_early_warning(void **state)
{
	const struct item *it = telegram(*state, (struct text){
	    .title = "緊急地震速報（警報）", .body = "<Intensity><Forecast><Pref>"
	    "<Area><Name>a</Name><Code>442</Code><Category>"
	    KIND("緊急地震速報（警報）", "10", "") "<LastKind><Code>00</Code>"
	    "</LastKind></Category></Area><Area><Name>b</Name><Code>443</Code>"
	    "<Category>" KIND("緊急地震速報（予報）", "00", "") "</Category></Area>"
	    "</Pref></Forecast></Intensity>" });

	assert_int_equal(it->n_warnings, 2);
	assert_int_equal(it->warnings[0].kind, KIND_EARTHQUAKE);
	assert_int_equal(it->warnings[0].severity, SEVERITY_EXTREME);
	assert_int_equal(it->warnings[1].kind, KIND_EARTHQUAKE);
	assert_int_equal(it->warnings[1].severity, SEVERITY_MINOR);
}

/* What a report is about is no warning, but the areas are the report's. */
static void
test_tags(void **state)
{
	static const char tags[] = "<Information type=\"情報タグ\"><Item><Kind>"
	    "<Name>情報タグ</Name><Condition>線状降水帯発生</Condition></Kind>"
	    "<Areas codeType=\"気象情報／府県予報区・細分区域等\"><Area><Name>x</Name>"
	    "<Code>180010</Code></Area></Areas></Item></Information>";
	const struct item *it = telegram(*state, (struct text){
	    .title = "府県気象解説情報", .headline = tags });

	assert_int_equal(it->n_warnings, 0);
	assert_int_equal(it->n_areas, 1);
	it = telegram(*state, (struct text){ .title = "府県気象防災速報",
	    .headline = tags });
	assert_int_equal(it->n_warnings, 1);
	assert_string_equal(it->warnings[0].name, "線状降水帯発生");
	assert_int_equal(it->warnings[0].kind, KIND_RECORD_RAIN);
}

static void
test_tsunami(void **state)
{
	const struct item *it = telegram(*state, (struct text){
	    .title = "津波警報・注意報・予報a", .headline = "<Information "
	    "type=\"津波予報領域表現\"><Item>" KIND("大津波警報", "52", "")
	    "</Item></Information>", .body = "<Tsunami><Forecast><Item><Area>"
	    "<Name>静岡県</Name><Code>380</Code></Area><Category>"
	    KIND("大津波警報：発表", "53", "") "<LastKind><Name>津波なし</Name>"
	    "<Code>00</Code></LastKind></Category></Item></Forecast></Tsunami>" });

	assert_int_equal(it->n_warnings, 1);
	assert_string_equal(it->warnings[0].code, "53");
	assert_int_equal(it->warnings[0].kind, KIND_TSUNAMI_MAJOR);
	assert_string_equal(it->areas[0].coding, "津波予報区");
}

static void
test_no_kind_is_an_evacuation_order(void **state)
{
	(void)state;
	for (int k = KIND_OTHER; k <= KIND_OUTLOOK; k++)
		assert_null(strstr(warning_kind_word((enum warning_kind)k),
		    "evacuation"));
}

#define IN_WORLD(t) cmocka_unit_test_setup_teardown(t, world_begin, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_only_what_is_ordinary_may_be_acted_on),
		IN_WORLD(test_the_envelope),
		IN_WORLD(test_kinds_that_were_or_will_be_are_not_in_force),
		IN_WORLD(test_lifted_and_none),
		IN_WORLD(test_codes_mean_what_their_list_says),
		IN_WORLD(test_the_code_counts_not_the_name),
		IN_WORLD(test_classes_of_danger_are_no_warnings),
		IN_WORLD(test_intensities),
		IN_WORLD(test_early_warning),
		IN_WORLD(test_tags),
		IN_WORLD(test_tsunami),
		cmocka_unit_test(test_no_kind_is_an_evacuation_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
