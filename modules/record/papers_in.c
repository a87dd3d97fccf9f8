/* Inputs of the papers; the parts are those of papers.c. */
#include "papers_in.h"

#include "page.h"

#define PART(part, said) { .name = part, .kind = LINES, .max = 2000, .label = said }

const struct input opinion_in[] = {
	PART("last_seen", N_("最終診察日")),
	PART("diagnoses", N_("診断名と発症年月日")),
	PART("stability", N_("症状としての安定性")),
	PART("course", N_("傷病の経過と治療内容")),
	PART("special_care", N_("特別な医療（過去14日間）")),
	PART("independence_physical", N_("障害高齢者の日常生活自立度")),
	PART("independence_cognitive", N_("認知症高齢者の日常生活自立度")),
	PART("cognition", N_("認知症の中核症状")),
	PART("behaviour", N_("認知症の行動・心理症状")),
	PART("body", N_("身体の状態（麻痺・拘縮・褥瘡など）")),
	PART("mobility", N_("移動")),
	PART("nutrition", N_("栄養・食生活")),
	PART("outlook", N_("生活機能の見通しと対処")),
	PART("services", N_("医学的管理の必要性と留意事項")),
	PART("infection", N_("感染症の有無")),
	PART("remarks", N_("特記すべき事項")),
	{ 0 }
};

const struct input order_in[] = {
	{ .name = "station", .kind = REF, .label = N_("どの訪問看護ステーションに") },
	{ .name = "valid_from", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のはじめ") },
	{ .name = "valid_to", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のおわり") },
	PART("diagnoses", N_("主たる傷病名")),
	PART("condition", N_("病状・治療状態")),
	PART("medications", N_("投与中の薬剤の用量・用法")),
	PART("independence_physical", N_("障害高齢者の日常生活自立度")),
	PART("independence_cognitive", N_("認知症高齢者の日常生活自立度")),
	PART("care_level", N_("要介護認定の状況")),
	PART("bedsore", N_("褥瘡の深さ")),
	PART("equipment", N_("装着・使用医療機器等")),
	PART("instructions", N_("療養生活指導上の留意事項")),
	PART("rehabilitation", N_("リハビリテーション")),
	PART("treatment", N_("処置・機器等の操作援助・管理")),
	PART("emergency", N_("緊急時の連絡先・不在時の対応法")),
	PART("remarks", N_("特記すべき留意事項")),
	{ 0 }
};

const struct input special_in[] = {
	{ .name = "station", .kind = REF, .label = N_("どの訪問看護ステーションに") },
	{ .name = "valid_from", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のはじめ") },
	{ .name = "valid_to", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のおわり") },
	PART("condition", N_("病状・主訴")),
	PART("reason", N_("一時的に訪問看護が頻回に必要な理由")),
	PART("instructions", N_("留意事項及び指示事項")),
	PART("drip", N_("点滴注射指示内容")),
	PART("emergency", N_("緊急時の連絡先等")),
	{ 0 }
};

const struct input month_in[] = {
	{ .name = "month", .kind = DATE, .optional = 1, .min = 2000,
	  .max = 2200 },
	{ 0 }
};
