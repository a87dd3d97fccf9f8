/* Types of telegrams: by the name of a file, by a title. */
#include "unit.h"

#include "type.h"

static void
a_name_says_the_type(void **state)
{
	static const struct { const char *place, *is; } rows[] = {
		{ "https://www.example/data/20260528_0_VPWW55_010000.xml", "VPWW55" },
		{ "/some/where/15_17_01_250630_VPWW57.xml", "VPWW57" },
		{ "VXSE62.xml", "VXSE62" },
		{ "https://www.example/20260528_0_VXKO71_270000.xml", "VXKO" },
		{ "20260528_0_VPTA52_010000.xml", "VPTA" },
		{ "80_01_01_240821_VYSE60.xml", "VYSE60" },
		{ "75_01_04_200512_VYSE52.xml", "VYSE52" },
		{ "https://www.example/VPWW54_0/20260528.xml", NULL },
		{ "20260528_0_VQQQ99_010000.xml", NULL },
		{ "20260528_0_VPWW5_010000.xml", NULL },
		{ "20260528_0_VPWW545_010000.xml", NULL },
		{ "20260528_0_vpww54_010000.xml", NULL },
		{ "", NULL }, { "/", NULL }, { "_._", NULL }, { NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		const char *id = type_of_place(rows[i].place);

		if (rows[i].is == NULL ? id != NULL :
		    id == NULL || strcmp(id, rows[i].is) != 0)
			fail_msg("%s is %s", rows[i].place,
			    id == NULL ? "none" : id);
	}
}

/* As the agency's list has them; those that are not for towns, too. */
static void
a_title_says_the_type(void **state)
{
	static const struct { const char *title, *is; } rows[] = {
		{ "気象警報・注意報", "VPWW50" },
		{ "気象特別警報・警報・注意報", "VPWW53" },
		{ "気象警報・注意報（Ｈ２７）", "VPWW54" },
		{ "気象警報・注意報（Ｒ０６）（大雨）", "VPWW55" },
		{ "気象警報・注意報（Ｒ０８）（土砂）", "VPWW56" },
		{ "気象警報・注意報（Ｒ０６）（その他注意報）", "VPWW61" },
		{ "気象警報・注意報（Ｒ０６）（集約通報）", "VPWS50" },
		{ "気象警報・注意報（Ｒ０６）（竜巻）", NULL },
		{ "気象警報・注意報時系列情報（Ｒ０６）", "VPWP50" },
		{ "府県気象防災速報", "VPBS50" },
		{ "府県気象防災速報（潮位）", "VPBS51" },
		{ "竜巻注意情報（目撃情報付き）", "VPHW51" },
		{ "竜巻注意情報", "VPHW50" },
		{ "北海道・三陸沖後発地震注意情報", "VYSE60" },
		{ "推定噴煙流向報", "VFVO60" },
		{ "早期天候情報", "VPAW51" },
		{ "異常天候早期警戒情報", "VPAW50" },
		{ "府県天気概況", "VPFG50" },
		{ "府県天気予報（Ｒ１）", "VPFD51" },
		{ "府県天気予報", "VPFD50" },
		{ "府県週間天気予報", "VPFW50" },
		{ "地方週間天気予報", "VPCW50" },
		{ "全般週間天気予報", "VPZW50" },
		{ "全般季節予報（２週間気温予報）", "VPZK70" },
		{ "地方季節予報（２週間気温予報）", "VPCK70" },
		{ "全般１か月予報", "VPZK50" },
		{ "地方３か月予報", "VPCK50" },
		{ "全般暖・寒候期予報", "VPZK50" },
		{ "府県天候情報", "VPFI50" },
		{ "台風の暴風域に入る確率", "VPTA" },
		{ "大雨危険度通知", "VPRN50" },
		{ "地上実況図", "VZSA50" },
		{ "アジア太平洋地上実況図", "VZSA60" },
		{ "地上２４時間予想図", "VZSF50" },
		{ "地上４８時間予想図", "VZSF51" },
		{ "アジア太平洋海上悪天２４時間予想図", "VZSF60" },
		{ "アジア太平洋海上悪天４８時間予想図", "VZSF61" },
		{ "全般スモッグ気象情報", "VPZS50" },
		{ "スモッグ気象情報", "VPSG50" },
		{ "地方高温注意情報", "VPCT50" },
		{ "津波警報・注意報・予報a", "VTSE41" },
		{ "新型警報（試行）", NULL }, { "", NULL }, { NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		const char *id = type_of_title(rows[i].title);

		if (rows[i].is == NULL ? id != NULL :
		    id == NULL || strcmp(id, rows[i].is) != 0)
			fail_msg("%s is %s", rows[i].title,
			    id == NULL ? "none" : id);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_says_the_type),
		cmocka_unit_test(a_title_says_the_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
