#include "disease.h"

#include "page.h"

#include <string.h>

static const struct disease diseases[DISEASES] = {
	{ "influenza", N_("インフルエンザ"), "インフルエンザ" },
	{ "covid19", N_("新型コロナウイルス感染症"),
	  "新型コロナウイルス感染症|新型コロナウイルス|新型コロナ|COVID-19" },
	{ "respiratory", N_("急性呼吸器感染症（かぜなど）"),
	  "急性呼吸器感染症" },
	{ "rsv", N_("RSウイルス感染症"), "RSウイルス感染症|RSウイルス" },
	{ "gastroenteritis", N_("感染性胃腸炎（ノロなど）"),
	  "感染性胃腸炎" },
	{ "streptococcus", N_("溶連菌感染症"),
	  "A群溶血性レンサ球菌咽頭炎|A群溶血性連鎖球菌咽頭炎|溶連菌感染症" },
	{ "pharyngoconjunctival", N_("咽頭結膜熱（プール熱）"),
	  "咽頭結膜熱" },
	{ "hand_foot_mouth", N_("手足口病"), "手足口病" },
	{ "herpangina", N_("ヘルパンギーナ"), "ヘルパンギーナ" },
	{ "varicella", N_("水痘（みずぼうそう）"), "水痘" },
	{ "erythema", N_("伝染性紅斑（りんご病）"), "伝染性紅斑" },
	{ "mycoplasma", N_("マイコプラズマ肺炎"), "マイコプラズマ肺炎" },
	{ "pertussis", N_("百日せき"), NULL },
	{ "scabies", N_("疥癬"), NULL },
	{ "other", N_("そのほかの感染症"), NULL }
};

const struct disease *
disease_at(size_t i)
{
	return i < DISEASES ? &diseases[i] : NULL;
}

const char *
disease_name(const char *code)
{
	for (size_t i = 0; i < DISEASES; i++)
		if (strcmp(diseases[i].code, code) == 0)
			return diseases[i].ja;
	return "";
}
