/* Disasters: inputs, routes, main(). */
#include "area_sql.h"
#include "areas.h"
#include "asking_sql.h"
#include "code_sql.h"
#include "disaster_pages.h"
#include "incident.h"
#include "message_sql.h"
#include "notice_sql.h"
#include "paper.h"
#include "plan_sql.h"
#include "register.h"
#include "register_sql.h"
#include "relative_sql.h"
#include "shelter.h"
#include "shelter_sql.h"
#include "sms_reply.h"
#include "viewer.h"
#include "who.h"

static const struct input read_in[] = {
	{ .name = "district", .kind = REF, .optional = 1, .label = N_("地区") },
	{ .name = "older", .kind = CURSOR },
	{ 0 }
};

static const struct input due_in[] = {
	{ .name = "district", .kind = REF, .optional = 1, .label = N_("地区") },
	{ 0 }
};

static const struct input rows_in[] = {
	{ .name = "rows", .kind = LINES, .min = 1, .max = ROWS_MAX,
	  .label = N_("住民記録の行") },
	{ 0 }
};

static const struct input change_in[] = {
	{ .name = "mayor", .kind = BOOLEAN, .label = N_("町長が必要と認める") },
	{ .name = "objects", .kind = BOOLEAN, .label = N_("平時の提供を望まない") },
	{ .name = "note", .kind = LINES, .max = 400,
	  .label = N_("そのほか必要なこと") },
	{ 0 }
};

#define THRESHOLD(n, m, l) { .name = n, .kind = INTEGER, .min = 0, .max = m,	\
	  .optional = 1, .label = l }

static const struct input criteria_in[] = {
	THRESHOLD("care_level", 5, N_("要介護度")),
	THRESHOLD("physical_disability", 6, N_("身体障害者手帳")),
	THRESHOLD("intellectual_disability", 2, N_("療育手帳")),
	THRESHOLD("mental_disability", 3, N_("精神障害者保健福祉手帳")),
	THRESHOLD("intractable_disease", 1, N_("指定難病")),
	THRESHOLD("power_dependent", 1, N_("電源が必要な機器")),
	THRESHOLD("lives_alone", 120, N_("独居の年齢")),
	{ 0 }
};

static const struct input supply_in[] = {
	{ .name = "supply", .kind = CHOICE, .label = N_("平時の提供の根拠"),
	  .choices = "consent|ordinance|opt_out_ordinance" },
	{ 0 }
};

static const struct input body_in[] = {
	{ .name = "office", .kind = REF, .label = N_("事業所・機関") },
	{ .name = "district", .kind = REF, .optional = 1, .label = N_("地区") },
	{ 0 }
};

static const struct input secrecy_in[] = {
	{ .name = "incident", .kind = REF, .optional = 1 },
	{ 0 }
};

static const struct input prepare_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("災害の種類"),
	  .choices = "weather|landslide|flood|earthquake|tsunami|volcano|"
	      "outage|other" },
	{ .name = "title", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("災害の名前") },
	{ .name = "drill", .kind = BOOLEAN, .label = N_("訓練") },
	{ 0 }
};

#define AREAS { .name = "area", .kind = REF, .many = 400,			\
	  .label = N_("地区") }

static const struct input open_in[] = {
	{ .name = "basis", .kind = LINES, .min = 1, .max = 400,
	  .label = N_("ひらく理由") },
	{ .name = "hours", .kind = INTEGER, .min = 1, .max = OPEN_HOURS_MOST,
	  .optional = 1, .label = N_("何時間") },
	AREAS,
	{ .name = "whole", .kind = BOOLEAN, .label = N_("町全体") },
	{ .name = "secrecy", .kind = BOOLEAN,
	  .label = N_("秘密を守る義務を負うこと") },
	{ 0 }
};

static const struct input longer_in[] = {
	{ .name = "hours", .kind = INTEGER, .min = 1, .max = OPEN_HOURS_MOST,
	  .label = N_("何時間") },
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("のばす理由") },
	{ 0 }
};

static const struct input outage_in[] = {
	AREAS,
	{ .name = "minutes_ago", .kind = INTEGER, .min = 0, .max = 72 * 60,
	  .optional = 1, .label = N_("何分前から") },
	{ 0 }
};

static const struct input show_in[] = {
	{ .name = "show", .kind = CHOICE, .optional = 1,
	  .choices = "waiting|done|lacking" },
	{ 0 }
};

static const struct input status_in[] = {
	{ .name = "patient", .kind = REF },
	{ .name = "status", .kind = CHOICE, .label = N_("安否"),
	  .choices = "contacting|safe|injured|rescue_needed|evacuated|"
	      "hospital|missing|deceased|unknown" },
	{ .name = "place_kind", .kind = CHOICE, .optional = 1,
	  .label = N_("いる場所"), .choices = "home|shelter|welfare_shelter|"
	      "relative|hospital|car|other" },
	{ .name = "place", .kind = TEXT, .max = 80, .label = N_("場所の名前") },
	{ .name = "needs", .kind = CHOICE, .many = 7, .label = N_("足りないもの"),
	  .choices = "water|food|medicine|power|oxygen|transport|other" },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ .name = "method", .kind = CHOICE, .optional = 1,
	  .label = N_("確かめ方"), .choices = "call|visit|sensor|family" },
	{ .name = "settles", .kind = BOOLEAN,
	  .label = N_("食いちがいを確かめた") },
	{ .name = "met", .kind = BOOLEAN,
	  .label = N_("足りなかったものが届いた") },
	{ .name = "seconds_ago", .kind = INTEGER, .min = 0,
	  .max = LATE_SECONDS, .optional = 1 },
	{ 0 }
};

static const struct input take_in[] = {
	{ .name = "patient", .kind = REF },
	{ .name = "give_back", .kind = BOOLEAN },
	{ 0 }
};

static const struct input paper_in[] = {
	{ .name = "district", .kind = REF, .optional = 1, .label = N_("地区") },
	{ .name = "after", .kind = INTEGER, .min = 0, .max = INT32_MAX,
	  .optional = 1 },
	{ 0 }
};

static const struct input typed_in[] = {
	{ .name = "rows", .kind = LINES, .min = 1, .max = 8000,
	  .label = N_("番号と状況") },
	{ 0 }
};

static const struct input result_in[] = {
	{ .name = "patient", .kind = REF },
	{ .name = "result", .kind = CHOICE, .label = N_("電話の結果"),
	  .choices = "safe|injured|rescue_needed|evacuated|hospital|"
	      "no_answer|later|wrong_number" },
	{ 0 }
};

#define WORDS(n, most, l) { .name = n, .kind = TEXT, .max = most, .label = l }

static const struct input plan_in[] = {
	{ .name = "state", .kind = CHOICE, .label = N_("計画の状態"),
	  .choices = "drafting|agreed|provided|refused|revoked" },
	WORDS("agreed_by", 80, N_("承諾した方")),
	WORDS("supporter", 80, N_("避難を支援する人")),
	WORDS("supporter_address", 200, N_("その住所")),
	WORDS("supporter_phone", 20, N_("その電話")),
	{ .name = "supporter_agreed", .kind = BOOLEAN,
	  .label = N_("支援する人の承諾") },
	WORDS("second_supporter", 80, N_("二人目の支援する人")),
	WORDS("second_phone", 20, N_("二人目の電話")),
	WORDS("shelter", 120, N_("避難する場所")),
	{ .name = "route", .kind = LINES, .max = 400,
	  .label = N_("避難の道すじ") },
	{ .name = "transport", .kind = CHOICE, .optional = 1,
	  .label = N_("移動の方法"), .choices = "walk|wheelchair|stretcher|car" },
	{ .name = "medicine_days", .kind = INTEGER, .min = 0, .max = 120,
	  .optional = 1, .label = N_("薬の備え（日）") },
	{ .name = "note", .kind = LINES, .max = 400,
	  .label = N_("そのほか必要なこと") },
	{ .name = "review_on", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("見直す日") },
	{ 0 }
};

static const struct input relative_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("お名前") },
	{ .name = "relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("続柄") },
	{ .name = "mobile", .kind = TEXT, .min = 1, .max = 20,
	  .label = N_("携帯電話") },
	{ .name = "agreed_by", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("承諾した方") },
	{ 0 }
};

static const struct input map_in[] = {
	{ .name = "hazard", .kind = REF, .optional = 1 },
	{ 0 }
};

static const struct input shelter_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("避難所の名前") },
	{ .name = "welfare", .kind = BOOLEAN, .label = N_("福祉避難所") },
	{ .name = "municipality", .kind = TEXT, .min = 5, .max = 5,
	  .label = N_("市町村コード") },
	{ .name = "address", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("住所") },
	WORDS("phone", 20, N_("電話")),
	{ .name = "designated_on", .kind = DATE, .min = 1945, .max = 2200,
	  .optional = 1, .label = N_("指定した日") },
	{ .name = "targets", .kind = CHOICE, .many = 5,
	  .label = N_("受け入れる方"),
	  .choices = "elderly|disabled|medical_care|maternity|infant" },
	{ .name = "capacity", .kind = INTEGER, .min = 1, .max = 20000,
	  .label = N_("定員") },
	{ .name = "family_most", .kind = INTEGER, .min = 0, .max = 20,
	  .optional = 1, .label = N_("付きそう家族の人数まで") },
	{ .name = "generator", .kind = BOOLEAN, .label = N_("自家発電") },
	{ .name = "wheelchair_toilet", .kind = BOOLEAN,
	  .label = N_("車いすのトイレ") },
	{ .name = "medical_staff", .kind = BOOLEAN,
	  .label = N_("医療の職員") },
	{ .name = "office", .kind = REF, .optional = 1,
	  .label = N_("運営する事業所") },
	{ 0 }
};

#define OUTLINE_MAX 9600	/* 400 corners */

static const struct input district_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("地区の名前") },
	{ .name = "outline", .kind = LINES, .max = OUTLINE_MAX,
	  .label = N_("区域の角") },
	{ 0 }
};

static const struct input hazard_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("災害の種類"),
	  .choices = "flood|landslide|tsunami|storm_surge" },
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("区域の名前") },
	{ .name = "outline", .kind = LINES, .min = 1, .max = OUTLINE_MAX,
	  .label = N_("区域の角") },
	{ 0 }
};

static const struct input place_in[] = {
	WORDS("place", 40, N_("緯度,経度")),
	{ 0 }
};

static const struct input message_in[] = {
	{ .name = "message", .kind = REF, .optional = 1 },
	{ .name = "audience", .kind = CHOICE, .label = N_("だれへ"),
	  .choices = "teams|offices" },
	{ .name = "body", .kind = LINES, .min = 1, .max = 400,
	  .label = N_("知らせの文") },
	{ 0 }
};

static const struct input code_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("お名前") },
	{ .name = "relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("続柄") },
	{ .name = "known_by", .kind = TEXT, .min = 1, .max = 120,
	  .label = N_("本人の家族と確かめた方法") },
	{ 0 }
};

static const struct input ask_in[] = {
	{ .name = "code", .kind = SECRET, .min = 1, .max = 20,
	  .label = N_("符号（数字12けた）") },
	{ 0 }
};

static const struct input stand_in[] = {
	{ .name = "shelter", .kind = REF },
	{ .name = "state", .kind = CHOICE, .label = N_("避難所の状況"),
	  .choices = "not_open|preparing|open|full|closed" },
	{ .name = "people", .kind = INTEGER, .min = 0, .max = 20000,
	  .optional = 1, .label = N_("いる人数") },
	WORDS("note", 200, N_("ひとこと")),
	{ 0 }
};

static const struct input office_report_in[] = {
	{ .name = "office", .kind = REF, .optional = 1,
	  .label = N_("事業所・機関") },
	{ .name = "quick", .kind = BOOLEAN, .label = N_("速報") },
	{ .name = "service", .kind = CHOICE, .label = N_("サービスの状況"),
	  .choices = "normal|reduced|stopped|unknown" },
	{ .name = "damage", .kind = CHOICE, .optional = 1,
	  .label = N_("建物・設備の被害"),
	  .choices = "none|slight|heavy|unknown" },
	{ .name = "hurt", .kind = INTEGER, .min = 0, .max = 9999,
	  .optional = 1, .label = N_("けがをした人の数") },
	{ .name = "needs", .kind = CHOICE, .many = 7, .label = N_("足りないもの"),
	  .choices = "water|food|medicine|power|oxygen|transport|other" },
	WORDS("note", 400, N_("ひとこと")),
	WORDS("told_by", 80, N_("だれから聞いたか")),
	{ 0 }
};

#define WHY .purpose = "DISASTER"
#define THEN_TOWN .then = "/disaster/town", WHY
#define THEN_AREAS .then = "/disaster/town/areas", WHY
#define THEN_SHELTERS .then = "/disaster/shelters", WHY
#define THEN_ROOM .then = "/disaster/{incident}", WHY

static const struct route routes[] = {
	{ GET, "/disaster", USER, NULL, home_show,
	  .page = "home.html", .title = N_("災害"), WHY },
	{ POST, "/disaster", DISASTER_OFFICER, prepare_in, incident_prepare,
	  .then = "/disaster", WHY },
	{ GET, "/disaster/register", USER, read_in, registrations_show,
	  .page = "register.html", .title = N_("避難行動要支援者名簿"), WHY },
	{ POST, "/disaster/register/read", DISASTER_OFFICER, rows_in,
	  import_read, .page = "import.html", .title = N_("名簿の更新"),
	  .reads = 1, WHY },
	{ POST, "/disaster/register/import", DISASTER_OFFICER, rows_in,
	  import_apply, .page = "import.html", .title = N_("名簿の更新"), WHY },
	{ POST, "/disaster/register/refresh", DISASTER_OFFICER, NULL,
	  registrations_refresh, .then = "/disaster/register", WHY },
	{ GET, "/disaster/register/plans", DISASTER_OFFICER, due_in, plans_due,
	  .page = "plans.html", .title = N_("見直す計画"), WHY },
	{ GET, "/disaster/register/{registration}/plan", DISASTER_OFFICER, NULL,
	  plan_show_alone, .page = "plan.html", .title = N_("個別避難計画"),
	  WHY },
	{ POST, "/disaster/register/{registration}/plan", DISASTER_OFFICER,
	  plan_in, plan_write_alone,
	  .then = "/disaster/register/{registration}/plan", WHY },
	{ POST, "/disaster/register/{registration}", DISASTER_OFFICER,
	  change_in, registrations_change, .then = "/disaster/register", WHY },
	{ POST, "/disaster/secrecy", USER, secrecy_in, secrecy_accept,
	  .then = "/disaster/register", WHY },
	{ GET, "/disaster/town", DISASTER_OFFICER, NULL, town_show,
	  .page = "town.html", .title = N_("名簿の決まり"), WHY },
	{ POST, "/disaster/town/criteria", DISASTER_OFFICER, criteria_in,
	  town_criteria, THEN_TOWN },
	{ POST, "/disaster/town/supply", DISASTER_OFFICER, supply_in,
	  town_supply, THEN_TOWN },
	{ POST, "/disaster/town/support_bodies", DISASTER_OFFICER, body_in,
	  town_add_body, THEN_TOWN },
	{ POST, "/disaster/town/support_bodies/{support_body}/end",
	  DISASTER_OFFICER, NULL, town_end_body, THEN_TOWN },
	{ GET, "/disaster/town/areas", DISASTER_OFFICER, NULL, areas_show,
	  .page = "areas.html", .title = N_("地区・区域・避難所の場所"), WHY },
	{ POST, "/disaster/town/districts", DISASTER_OFFICER, district_in,
	  district_add, THEN_AREAS },
	{ POST, "/disaster/town/districts/{district}", DISASTER_OFFICER,
	  district_in, district_change, THEN_AREAS },
	{ POST, "/disaster/town/hazards", DISASTER_OFFICER, hazard_in,
	  hazard_add, THEN_AREAS },
	{ POST, "/disaster/town/hazards/{hazard}", DISASTER_OFFICER,
	  hazard_in, hazard_change, THEN_AREAS },
	{ POST, "/disaster/town/hazards/{hazard}/end", DISASTER_OFFICER, NULL,
	  hazard_end, THEN_AREAS },
	{ POST, "/disaster/shelters/{shelter}/place", DISASTER_OFFICER,
	  place_in, shelter_put_place, THEN_AREAS },
	{ GET, "/disaster/shelters", USER, NULL, shelters_show,
	  .page = "shelters.html", .title = N_("避難所"), WHY },
	{ POST, "/disaster/shelters", DISASTER_OFFICER, shelter_in,
	  shelter_begin, THEN_SHELTERS },
	{ POST, "/disaster/shelters/{shelter}", DISASTER_OFFICER, shelter_in,
	  shelter_alter, THEN_SHELTERS },
	{ POST, "/disaster/shelters/{shelter}/end", DISASTER_OFFICER, NULL,
	  shelter_finish, THEN_SHELTERS },
	{ GET, "/disaster/key", USER, NULL, room_key, WHY },
	{ GET, "/disaster/relative", PUBLIC, NULL, code_ask,
	  .page = "relative-ask.html", .title = N_("ご家族の安否"),
	  .per_minute = 60, WHY },
	{ POST, "/disaster/relative", PUBLIC, ask_in, code_answer,
	  .page = "relative-answer.html", .title = N_("ご家族の安否"),
	  .per_minute = 60, WHY },
	{ GET, "/disaster/of/{patient}", TEAM, NULL, relatives_show,
	  .page = "relatives.html", .title = N_("災害の備え"), WHY },
	{ GET, "/disaster/of/{patient}/plan", TEAM, NULL, plan_show,
	  .page = "plan.html", .title = N_("個別避難計画"), WHY },
	{ POST, "/disaster/of/{patient}/plan", TEAM, plan_in, plan_write,
	  .then = "/disaster/of/{patient}/plan", WHY },
	{ POST, "/disaster/of/{patient}/relatives", TEAM, relative_in,
	  relative_register, .then = "/disaster/of/{patient}", WHY },
	{ POST, "/disaster/of/{patient}/relatives/{relative}/end", TEAM, NULL,
	  relative_dismiss, .then = "/disaster/of/{patient}", WHY },
	{ GET, "/disaster/{incident}", USER, show_in, room_show,
	  .page = "incident.html", .title = N_("災害の対応"), WHY },
	{ GET, "/disaster/{incident}/counts", USER, NULL, room_counts, WHY },
	{ GET, "/disaster/{incident}/map", USER, map_in, map_show,
	  .page = "map.html", .title = N_("災害の地図"), WHY },
	{ GET, "/disaster/{incident}/report", USER, NULL, report_show,
	  .page = "report.html", .title = N_("災害の対応の報告"), WHY },
	{ GET, "/disaster/{incident}/report/paper", USER, NULL, report_paper,
	  WHY },
	{ GET, "/disaster/{incident}/paper", USER, paper_in, paper_show,
	  .page = "paper.html", .title = N_("地区ごとの一覧"), WHY },
	{ POST, "/disaster/{incident}/paper", USER, typed_in, paper_type,
	  .page = "typed.html", .title = N_("一覧からの書きうつし"), WHY },
	{ GET, "/disaster/{incident}/people/{person}", USER, NULL,
	  person_show, .page = "person.html", .title = N_("安否"), WHY },
	{ POST, "/disaster/{incident}/people/{person}/codes", USER, code_in,
	  code_give, .page = "code.html", .title = N_("ご家族への符号"), WHY },
	{ POST, "/disaster/{incident}/status", USER, status_in, status_mark,
	  THEN_ROOM },
	{ POST, "/disaster/{incident}/take", USER, take_in, person_take,
	  THEN_ROOM },
	{ POST, "/disaster/{incident}/ask", DISASTER_OFFICER, NULL,
	  asking_begin, .then = "/disaster/{incident}/calls", WHY },
	{ GET, "/disaster/{incident}/calls", USER, NULL, calls_show,
	  .page = "calls.html", .title = N_("電話で確かめる"), WHY },
	{ POST, "/disaster/{incident}/calls", USER, result_in, calls_result,
	  .then = "/disaster/{incident}/calls", WHY },
	{ POST, "/disaster/{incident}/messages", DISASTER_OFFICER, message_in,
	  message_send, THEN_ROOM },
	{ GET, "/disaster/{incident}/shelters", USER, NULL, stand_show,
	  .page = "stand.html", .title = N_("避難所の状況"), WHY },
	{ POST, "/disaster/{incident}/shelters", USER, stand_in, stand_say,
	  .then = "/disaster/{incident}/shelters", WHY },
	{ GET, "/disaster/{incident}/offices", USER, NULL, offices_show,
	  .page = "offices.html", .title = N_("事業所の状況"), WHY },
	{ POST, "/disaster/{incident}/offices", USER, office_report_in,
	  offices_report, .then = "/disaster/{incident}/offices", WHY },
	{ POST, "/disaster/{incident}/open", DISASTER_OFFICER, open_in,
	  incident_open, THEN_ROOM },
	{ POST, "/disaster/{incident}/lengthen", DISASTER_OFFICER, longer_in,
	  incident_lengthen, THEN_ROOM },
	{ POST, "/disaster/{incident}/outage", DISASTER_OFFICER, outage_in,
	  incident_outage, THEN_ROOM },
	{ POST, "/disaster/{incident}/close", DISASTER_OFFICER, NULL,
	  incident_close, THEN_ROOM },
	{ POST, "/disaster/{incident}/discard", DISASTER_OFFICER, NULL,
	  incident_discard, .then = "/disaster", WHY },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	incident_queries, register_queries, asking_queries, relative_queries,
	plan_queries, shelter_queries, message_queries,
	code_queries, area_queries, notice_queries, sms_reply_queries, NULL
};

static const struct module disaster = {
	.name = "disaster",
	.routes = routes,
	.queries = queries,
	.pages = disaster_pages,
	.words = &tomozuna_words,
	.reactions = disaster_reactions,
	.tidy = asking_tidy,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	return module_main(&disaster, argc, argv);
}
