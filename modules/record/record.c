/* The record: what is known of a patient, on one screen, and its parts. */
#include "record.h"

#include "facts_sql.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "offices.h"
#include "offices_sql.h"
#include "papers.h"
#include "papers_in.h"
#include "papers_sql.h"
#include "plans_sql.h"
#include "record_pages.h"
#include "record_sql.h"
#include "reminders.h"
#include "reminders_sql.h"
#include "viewer.h"
#include "visits.h"
#include "visits_sql.h"
#include "vitals.h"
#include "who.h"

#include <malloc.h>

enum { HEAPS = 4 };

/* The row that a correction takes the place of. */
#define REPLACES { .name = "replaces", .kind = REF, .optional = 1 }

#define FIELD_NAMES "infection|independence_physical|independence_cognitive|" \
	"mobility|eating|toileting|bathing|communication|vision_hearing|"     \
	"behaviour|family_caregiver|dwelling|preferred_hospital|blood_group"
#define SECTION_NAMES "allergies|medications|equipment|health_conditions|"    \
	"advance_directives|emergency_contacts"

static const struct input field_in[] = {
	{ .name = "field", .kind = CHOICE, .choices = FIELD_NAMES,
	  .label = N_("項目") },
	{ .name = "state", .kind = CHOICE, .choices = "not_asked|none|present",
	  .label = N_("確かめたこと") },
	{ .name = "value", .kind = TEXT, .max = 400, .label = N_("内容") },
	REPLACES,
	{ 0 }
};

static const struct input confirm_in[] = {
	{ .name = "field", .kind = CHOICE,
	  .choices = SECTION_NAMES "|" FIELD_NAMES, .label = N_("項目") },
	{ .name = "state", .kind = CHOICE, .choices = "not_asked|none|present",
	  .label = N_("確かめたこと") },
	{ 0 }
};

static const struct input whereabouts_in[] = {
	{ .name = "whereabouts", .kind = CHOICE, .label = N_("いまの居所"),
	  .choices = "home|hospital|short_stay|facility|moved|deceased" },
	{ .name = "since", .kind = DATE, .min = 1990, .max = 2200,
	  .label = N_("いつから") },
	{ .name = "place", .kind = TEXT, .max = 80, .label = N_("病院・施設の名前") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input level_in[] = {
	{ .name = "care_level", .kind = CHOICE, .label = N_("要介護度"),
	  .choices = "none|support1|support2|care1|care2|care3|care4|care5" },
	{ .name = "valid_from", .kind = DATE, .min = 2000, .max = 2200,
	  .optional = 1, .label = N_("有効期間のはじめ") },
	{ .name = "valid_to", .kind = DATE, .min = 2000, .max = 2200,
	  .optional = 1, .label = N_("有効期間のおわり") },
	{ 0 }
};

static const struct input allergy_in[] = {
	{ .name = "substance", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("何に") },
	{ .name = "reaction", .kind = TEXT, .max = 120, .label = N_("どうなるか") },
	{ .name = "category", .kind = CHOICE, .optional = 1,
	  .choices = "medication|food|latex|other", .label = N_("種類") },
	{ .name = "criticality", .kind = CHOICE, .optional = 1,
	  .choices = "high|low|unknown", .label = N_("危険の大きさ") },
	REPLACES,
	{ 0 }
};

static const struct input condition_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 120,
	  .label = N_("病名") },
	{ .name = "since", .kind = TEXT, .max = 20, .label = N_("いつから") },
	{ .name = "past", .kind = BOOLEAN, .label = N_("治ったもの（既往）") },
	{ .name = "facility", .kind = TEXT, .max = 80,
	  .label = N_("かかっているところ") },
	REPLACES,
	{ 0 }
};

static const struct input medication_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 120,
	  .label = N_("薬の名前") },
	{ .name = "dose", .kind = TEXT, .max = 60, .label = N_("量") },
	{ .name = "dosage", .kind = TEXT, .max = 120, .label = N_("飲み方・使い方") },
	{ .name = "prescriber", .kind = TEXT, .max = 120,
	  .label = N_("処方した医療機関") },
	{ .name = "dispensed_on", .kind = DATE, .optional = 1, .min = 1990,
	  .max = 2200, .label = N_("調剤した日") },
	{ .name = "blood_thinner", .kind = BOOLEAN,
	  .label = N_("血を固まりにくくする薬") },
	REPLACES,
	{ 0 }
};

#define CODES { .name = "codes", .kind = LINES, .min = 1, .max = 40000,	\
	  .label = N_("二次元コードの中身") }

static const struct input read_in[] = { CODES, { 0 } };

static const struct input import_in[] = {
	CODES,
	{ .name = "missing", .kind = CHOICE, .choices = "keep|end",
	  .label = N_("手帳にない薬") },
	{ 0 }
};

static const struct input equipment_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("機器の名前") },
	{ .name = "power_dependent", .kind = BOOLEAN,
	  .label = N_("電源が要る") },
	{ .name = "battery_minutes", .kind = INTEGER, .optional = 1, .min = 0,
	  .max = 10080, .label = N_("電池でもつ時間（分）") },
	{ .name = "settings", .kind = TEXT, .max = 120, .label = N_("設定") },
	{ .name = "supplier", .kind = TEXT, .max = 80, .label = N_("業者") },
	{ .name = "supplier_phone", .kind = TEXT, .max = 20,
	  .label = N_("業者の電話") },
	REPLACES,
	{ 0 }
};

static const struct input directive_in[] = {
	{ .name = "summary", .kind = TEXT, .min = 1, .max = 400,
	  .label = N_("本人の願い") },
	{ .name = "author", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("書いた人・聞きとった人") },
	{ .name = "stated_on", .kind = DATE, .min = 1990, .max = 2200,
	  .label = N_("書いた日") },
	{ .name = "place", .kind = TEXT, .max = 120, .label = N_("原本のある所") },
	{ .name = "resuscitation", .kind = CHOICE, .optional = 1,
	  .choices = "wanted|not_wanted|undecided", .label = N_("心肺蘇生") },
	{ .name = "review_on", .kind = DATE, .optional = 1, .min = 1990,
	  .max = 2200, .label = N_("次に話し合う日") },
	REPLACES,
	{ 0 }
};

static const struct input contact_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("名前") },
	{ .name = "relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("続柄") },
	{ .name = "phone", .kind = TEXT, .min = 3, .max = 20,
	  .label = N_("電話") },
	{ .name = "hours", .kind = TEXT, .max = 60, .label = N_("出られる時間") },
	{ .name = "position", .kind = INTEGER, .min = 1, .max = 20,
	  .label = N_("かける順番") },
	{ .name = "key_person", .kind = BOOLEAN, .label = N_("キーパーソン") },
	{ .name = "lives_with", .kind = BOOLEAN, .label = N_("同居") },
	REPLACES,
	{ 0 }
};

#define VALUE(sign, said) { .name = sign, .kind = TEXT, .max = 6, .label = said }

static const struct input vital_in[] = {
	VALUE("temperature", N_("体温")), VALUE("systolic", N_("血圧（上）")),
	VALUE("diastolic", N_("血圧（下）")), VALUE("pulse", N_("脈拍")),
	VALUE("spo2", "SpO2"), VALUE("respiration", N_("呼吸数")),
	VALUE("weight", N_("体重")), VALUE("glucose", N_("血糖")),
	{ .name = "jcs", .kind = CHOICE, .optional = 1, .label = N_("意識（JCS）"),
	  .choices = "0|1|2|3|10|20|30|100|200|300" },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ .name = "measured_on", .kind = DATE, .optional = 1, .min = 1990,
	  .max = 2200, .label = N_("測った日") },
	{ .name = "measured_time", .kind = TEXT, .max = 5,
	  .label = N_("測った時刻") },
	REPLACES,
	{ 0 }
};

static const struct input vitals_in[] = {
	{ .name = "span", .kind = CHOICE, .optional = 1,
	  .choices = "days14|days90|year|all" },
	{ 0 }
};

static const struct input own_in[] = {
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input limit_in[] = {
	{ .name = "sign", .kind = CHOICE, .label = N_("項目"),
	  .choices = "temperature|systolic|diastolic|pulse|spo2|respiration|"
	      "weight|glucose" },
	{ .name = "low", .kind = TEXT, .max = 6,
	  .label = N_("これより低いと知らせる") },
	{ .name = "high", .kind = TEXT, .max = 6,
	  .label = N_("これより高いと知らせる") },
	{ 0 }
};

static const struct input watch_in[] = {
	{ .name = "user", .kind = REF, .label = N_("知らせる人") },
	{ .name = "wanted", .kind = BOOLEAN, .label = N_("知らせる") },
	{ 0 }
};

static const struct input end_in[] = {
	{ .name = "reason", .kind = CHOICE, .choices = "ended|mistake",
	  .label = N_("どうして終えるか") },
	{ 0 }
};

#define PLAN_TEXT(part, said) { .name = part, .kind = LINES, .min = 1,		\
	  .max = 4000, .label = said }

static const struct input plan_in[] = {
	{ .name = "newest", .kind = INTEGER, .min = 0, .max = 10000 },
	{ .name = "valid_from", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のはじめ") },
	{ .name = "valid_to", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("期間のおわり") },
	PLAN_TEXT("wishes", N_("本人と家族の意向")),
	PLAN_TEXT("policy", N_("援助の方針")), PLAN_TEXT("goals", N_("目標")),
	PLAN_TEXT("services", N_("サービス")),
	{ .name = "what_changed", .kind = TEXT, .max = 400,
	  .label = N_("前の版から変えたこと") },
	{ 0 }
};

#define VISITOR(n, may) { .name = "visitor" n, .kind = REF, .optional = may,	\
	  .label = N_("訪問する人") }

static const struct input visit_in[] = {
	{ .name = "day", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("日") },
	{ .name = "begins", .kind = TEXT, .min = 5, .max = 5,
	  .label = N_("はじめ") },
	{ .name = "ends", .kind = TEXT, .min = 5, .max = 5,
	  .label = N_("おわり") },
	{ .name = "weeks", .kind = INTEGER, .optional = 1, .min = 1, .max = 26,
	  .label = N_("毎週くり返す回数") },
	{ .name = "kind", .kind = CHOICE, .label = N_("種類"),
	  .choices = "nursing|medical|care|rehabilitation|pharmacy|dental|"
	      "care_management|other" },
	VISITOR("1", 0), VISITOR("2", 1), VISITOR("3", 1), VISITOR("4", 1),
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input calendar_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("どこで使うか") },
	{ 0 }
};

static const struct input office_in[] = {
	{ .name = "phone", .kind = TEXT, .max = 20, .label = N_("電話") },
	{ .name = "fax", .kind = TEXT, .max = 20, .label = N_("ファクス") },
	{ .name = "address", .kind = TEXT, .max = 200, .label = N_("住所") },
	{ .name = "lat", .kind = TEXT, .max = 12, .label = N_("緯度") },
	{ .name = "lon", .kind = TEXT, .max = 12, .label = N_("経度") },
	{ .name = "hours", .kind = TEXT, .max = 120, .label = N_("営業時間") },
	{ .name = "services", .kind = TEXT, .max = 400,
	  .label = N_("できること") },
	{ 0 }
};

/* Reading, writing and ending one kind of facts. */
#define FACTS(kind, inputs, name)						\
	{ GET, "/record/{patient}/" kind, TEAM, NULL, facts_show,		\
	  .page = "facts.html", .title = name },				\
	{ POST, "/record/{patient}/" kind, TEAM, inputs, facts_write,		\
	  .then = "/record/{patient}/" kind },					\
	{ POST, "/record/{patient}/" kind "/{fact}/end", TEAM, end_in,		\
	  facts_end, .then = "/record/{patient}/" kind }

static const struct route routes[] = {
	{ GET, "/record/{patient}", TEAM, NULL, summary_show,
	  .page = "summary.html", .title = N_("サマリー") },
	{ POST, "/record/{patient}/seen", TEAM, NULL, summary_seen,
	  .then = "/record/{patient}" },
	{ GET, "/record/{patient}/changes", TEAM, NULL, changes_show,
	  .page = "changes.html", .title = N_("サマリーの変更") },
	{ POST, "/record/{patient}/confirm", TEAM, confirm_in, fields_confirm,
	  .then = "/record/{patient}" },
	{ GET, "/record/{patient}/fields", TEAM, NULL, fields_show,
	  .page = "fields.html", .title = N_("生活と介護") },
	{ POST, "/record/{patient}/fields", TEAM, field_in, fields_write,
	  .then = "/record/{patient}/fields" },
	{ GET, "/record/{patient}/whereabouts", TEAM, NULL, whereabouts_show,
	  .page = "whereabouts-moves.html", .title = N_("いまの居所") },
	{ POST, "/record/{patient}/whereabouts", TEAM, whereabouts_in,
	  whereabouts_write, .then = "/record/{patient}" },
	{ GET, "/record/{patient}/care_level", TEAM, NULL, care_level_show,
	  .page = "care-levels.html", .title = N_("要介護認定") },
	{ POST, "/record/{patient}/care_level", TEAM, level_in,
	  care_level_write, .then = "/record/{patient}" },
	{ GET, "/record/{patient}/vital_signs", TEAM, vitals_in, vitals_show,
	  .page = "vital_signs.html", .title = N_("バイタル") },
	{ POST, "/record/{patient}/vital_signs", TEAM, vital_in, vitals_write,
	  .then = "/record/{patient}/vital_signs" },
	{ POST, "/record/{patient}/vital_signs/{vital_sign}/end", TEAM, NULL,
	  vitals_strike, .then = "/record/{patient}/vital_signs" },
	{ POST, "/record/{patient}/vital_signs/{vital_sign}/acknowledge", TEAM,
	  NULL, vitals_acknowledge, .then = "/record/{patient}" },
	{ POST, "/record/{patient}/vital_signs/limits", TEAM, limit_in,
	  vitals_limit_write, .then = "/record/{patient}/vital_signs" },
	{ POST, "/record/{patient}/vital_signs/watch", TEAM, watch_in,
	  vitals_watch_write, .then = "/record/{patient}/vital_signs" },
	{ POST, "/record/{patient}/medications/read", TEAM, read_in,
	  medications_read, .page = "medications-import.html",
	  .title = N_("お薬手帳と見くらべる"), .reads = 1 },
	{ POST, "/record/{patient}/medications/import", TEAM, import_in,
	  medications_import, .then = "/record/{patient}/medications" },
	FACTS("allergies", allergy_in, N_("アレルギー")),
	FACTS("health_conditions", condition_in, N_("病気・既往歴")),
	FACTS("medications", medication_in, N_("くすり")),
	FACTS("equipment", equipment_in, N_("在宅医療機器")),
	FACTS("advance_directives", directive_in,
	    N_("本人の願い（事前指示・人生会議）")),
	FACTS("emergency_contacts", contact_in, N_("緊急連絡先")),
	{ GET, "/record/{patient}/care_plans", TEAM, NULL, plans_show,
	  .page = "care_plans.html", .title = N_("ケアプラン") },
	{ POST, "/record/{patient}/care_plans", TEAM, plan_in, plans_write_new,
	  .then = "/record/{patient}/care_plans" },
	{ POST, "/record/{patient}/care_plans/{care_plan}/receive", TEAM, NULL,
	  plans_receive_one, .then = "/record/{patient}/care_plans" },
	{ GET, "/record/{patient}/papers", TEAM, NULL, papers_show,
	  .page = "papers.html", .title = N_("書類") },
	{ GET, "/record/{patient}/papers/care_summary", TEAM, NULL,
	  papers_care_summary },
	{ GET, "/record/{patient}/papers/medication_summary", TEAM, NULL,
	  papers_medication },
	{ GET, "/record/{patient}/papers/visit_report", TEAM, month_in,
	  papers_visit_report },
	{ GET, "/record/{patient}/papers/management_report", TEAM, month_in,
	  papers_management },
	{ POST, "/record/{patient}/papers/physician_opinion", TEAM, opinion_in,
	  papers_issue, .then = "/record/{patient}/papers" },
	{ POST, "/record/{patient}/papers/nursing_order", TEAM, order_in,
	  papers_issue, .then = "/record/{patient}/papers" },
	{ POST, "/record/{patient}/papers/special_nursing_order", TEAM,
	  special_in, papers_issue, .then = "/record/{patient}/papers" },
	{ GET, "/record/{patient}/papers/{paper}", TEAM, NULL, papers_one },
	{ GET, "/record/{patient}/own", USER, own_in, own_show,
	  .page = "own-papers.html",
	  .title = N_("自分たちの書類とバイタル") },
	{ GET, "/record/{patient}/own/{paper}", USER, NULL, own_paper },
	{ GET, "/record/{patient}/visits", TEAM, NULL, visits_show,
	  .page = "visits.html", .title = N_("訪問の予定") },
	{ POST, "/record/{patient}/visits", TEAM, visit_in, visits_plan,
	  .then = "/record/{patient}/visits" },
	{ POST, "/record/{patient}/visits/{visit}/cancel", TEAM, NULL,
	  visits_cancel_one, .then = "/record/{patient}/visits" },
	{ GET, "/visits", USER, NULL, visits_mine_show,
	  .page = "my-visits.html", .title = N_("訪問の予定") },
	{ POST, "/visits/calendars", USER, calendar_in, calendar_make,
	  .page = "calendar-made.html", .title = N_("カレンダーのアドレス"),
	  .per_minute = 10 },
	{ POST, "/visits/calendars/{calendar}/revoke", USER, NULL,
	  calendar_revoke, .then = "/visits" },
	{ GET, "/calendar/{token}", PUBLIC, NULL, calendar_feed,
	  .per_minute = 60 },
	{ GET, "/offices", USER, NULL, offices_show, .page = "offices.html",
	  .title = N_("事業所の一覧") },
	{ GET, "/offices/{office}", USER, NULL, offices_one_show,
	  .page = "office-entry.html", .title = N_("事業所") },
	{ POST, "/offices/{office}", OFFICE_MANAGER, office_in,
	  offices_correct_own, .then = "/offices/{office}" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	record_queries, facts_queries, vitals_queries, mark_queries,
	notice_queries, plans_queries, visits_queries, offices_queries,
	reminders_queries, papers_queries, NULL
};

static const struct module record = {
	.name = "record",
	.routes = routes,
	.queries = queries,
	.pages = record_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = reminders_tell
};

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	/* A heap a thread would keep what its largest page took, 16 times over. */
	(void)mallopt(M_ARENA_MAX, HEAPS);
	return module_main(&record, argc, argv);
}
