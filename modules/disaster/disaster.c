/* Disasters: inputs, routes, main(). */
#include "disaster_pages.h"
#include "incident.h"
#include "notice_sql.h"
#include "register.h"
#include "register_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input read_in[] = {
	{ .name = "district", .kind = REF, .optional = 1, .label = N_("地区") },
	{ .name = "older", .kind = CURSOR },
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
	  .choices = "waiting|done" },
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

static const struct input map_in[] = {
	{ .name = "hazard", .kind = REF, .optional = 1 },
	{ 0 }
};

#define WHY .purpose = "DISASTER"
#define THEN_TOWN .then = "/disaster/town", WHY
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
	{ GET, "/disaster/{incident}", USER, show_in, room_show,
	  .page = "incident.html", .title = N_("災害の対応"), WHY },
	{ GET, "/disaster/{incident}/counts", USER, NULL, room_counts, WHY },
	{ GET, "/disaster/{incident}/map", USER, map_in, map_show,
	  .page = "map.html", .title = N_("災害の地図"), WHY },
	{ GET, "/disaster/{incident}/report", USER, NULL, report_show,
	  .page = "report.html", .title = N_("災害の対応の報告"), WHY },
	{ GET, "/disaster/{incident}/paper", USER, paper_in, paper_show,
	  .page = "paper.html", .title = N_("地区ごとの一覧"), WHY },
	{ POST, "/disaster/{incident}/paper", USER, typed_in, paper_type,
	  .page = "typed.html", .title = N_("一覧からの書きうつし"), WHY },
	{ GET, "/disaster/{incident}/people/{person}", USER, NULL,
	  person_show, .page = "person.html", .title = N_("安否"), WHY },
	{ POST, "/disaster/{incident}/status", USER, status_in, status_mark,
	  THEN_ROOM },
	{ POST, "/disaster/{incident}/take", USER, take_in, person_take,
	  THEN_ROOM },
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
	incident_queries, register_queries, notice_queries, NULL
};

static const struct module disaster = {
	.name = "disaster",
	.routes = routes,
	.queries = queries,
	.pages = disaster_pages,
	.words = &tomozuna_words,
	.reactions = disaster_reactions,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&disaster, argc, argv);
}
