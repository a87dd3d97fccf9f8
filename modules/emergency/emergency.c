/* Look-up by ambulance crews: inputs, routes, main(). */
#include "emergency.h"

#include "emergency_pages.h"
#include "copy.h"
#include "copy_sql.h"
#include "hospital.h"
#include "hospital_sql.h"
#include "keys.h"
#include "kit_sql.h"
#include "looked_sql.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "opening_sql.h"
#include "paper.h"
#include "prepare.h"
#include "prepare_sql.h"
#include "search_sql.h"
#include "summary_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input search_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("電話番号・かなと年齢・住所・カードの番号") },
	{ 0 }
};

#define NUMBER(least) { .name = "dispatch_number", .kind = TEXT, .min = least,	\
	  .max = 20, .label = N_("出動番号") }

static const struct input open_in[] = {
	{ .name = "patient", .kind = REF },
	{ .name = "reason", .kind = CHOICE, .optional = 1, .label = N_("理由"),
	  .choices = "unconscious|consent_oral|family_consent|dispatch_preinfo|"
	      "disaster|other" },
	{ .name = "reason_text", .kind = TEXT, .max = 200,
	  .label = N_("ほかの理由") },
	NUMBER(0),
	{ 0 }
};

static const struct input number_in[] = { NUMBER(1), { 0 } };

static const struct input call_in[] = {
	{ .name = "callee", .kind = REF, .label = N_("電話した先") },
	{ .name = "result", .kind = CHOICE, .choices = "answered|no_answer",
	  .label = N_("つながったか") },
	{ 0 }
};

static const struct input report_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("知らせること"),
	  .choices = "called|on_scene|departed|arrived|family_arrived|"
	      "not_transported|closed" },
	{ .name = "hospital", .kind = TEXT, .max = 80,
	  .label = N_("搬送先の病院") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input answer_in[] = {
	{ .name = "body", .kind = TEXT, .min = 1, .max = 400,
	  .label = N_("救急隊に伝えること") },
	{ 0 }
};

static const struct input review_in[] = {
	{ .name = "verdict", .kind = CHOICE, .label = N_("判定"),
	  .choices = "justified|unjustified|needs_info" },
	{ .name = "note", .kind = TEXT, .max = 400, .label = N_("判定の理由") },
	{ 0 }
};

#define DEPARTMENT { .name = "department", .kind = CHOICE,			\
	  .label = N_("診療科"),							\
	  .choices = "emergency|internal|cardiology|neurology|surgery|"		\
	      "orthopaedics|obstetrics|paediatrics|psychiatry" }

static const struct input request_in[] = {
	DEPARTMENT,
	{ .name = "complaint", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("症状（名前や住所は書かない）") },
	{ .name = "vitals", .kind = TEXT, .max = 200,
	  .label = N_("バイタル（意識・血圧・脈拍・SpO2など）") },
	{ .name = "minutes", .kind = INTEGER, .max = 240, .optional = 1,
	  .label = N_("着くまでの分") },
	{ .name = "hospital", .kind = REF, .many = HOSPITALS_ASKED,
	  .label = N_("きく病院（10まで）") },
	{ 0 }
};

static const struct input reply_in[] = {
	{ .name = "answer", .kind = CHOICE, .label = N_("病院の返事"),
	  .choices = "accept|conditional|decline" },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input status_in[] = {
	DEPARTMENT,
	{ .name = "state", .kind = CHOICE, .choices = "open|limited|closed",
	  .label = N_("いまの受入状況") },
	{ .name = "note", .kind = TEXT, .max = 120, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input told_in[] = {
	{ .name = "agreed_by", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("本人の指定と相手の承諾を、だれから聞いたか") },
	{ 0 }
};

static const struct input alone_in[] = {
	{ .name = "keyholder", .kind = TEXT, .max = 80,
	  .label = N_("かぎをあずかる人（続柄も）") },
	{ .name = "keyholder_phone", .kind = TEXT, .max = 20,
	  .label = N_("その人の電話") },
	{ .name = "watcher", .kind = TEXT, .max = 120,
	  .label = N_("見守り（だれが、どのくらい）") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ .name = "agreed_by", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("のせることを承諾した人") },
	{ .name = "agreed_relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("本人との続柄") },
	{ 0 }
};

static const struct input alone_end_in[] = {
	{ .name = "reason", .kind = CHOICE, .label = N_("台帳からはずす理由"),
	  .choices = "with_family|facility|deceased|unwanted" },
	{ 0 }
};

static const struct input after_in[] = {
	{ .name = "after", .kind = CURSOR, .label = N_("次の100人") },
	{ 0 }
};

static const struct input card_end_in[] = {
	{ .name = "reason", .kind = CHOICE, .choices = "lost|replaced|unwanted",
	  .label = N_("使えなくする理由") },
	{ 0 }
};

static const struct input code_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("お名前") },
	{ .name = "relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("本人との続柄") },
	{ .name = "known_by", .kind = TEXT, .min = 1, .max = 120,
	  .label = N_("本人か家族と確かめた方法") },
	{ 0 }
};

static const struct input look_in[] = {
	{ .name = "code", .kind = SECRET, .min = 1, .max = 20,
	  .label = N_("符号（数字12けた）") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/emergency", EMERGENCY, NULL, search_home,
	  .page = "lookup.html", .title = N_("救急"), .purpose = "ETREAT",
	  .away = 1 },
	{ POST, "/emergency/search", EMERGENCY, search_in, search_find,
	  .page = "lookup.html", .title = N_("さがす"), .reads = 1,
	  .per_minute = 60, .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/open", EMERGENCY, open_in, open_patient,
	  .then = "/emergency", .per_minute = 30, .purpose = "ETREAT",
	  .away = 1 },
	{ GET, "/emergency/card/{card}", EMERGENCY, NULL, search_card,
	  .page = "lookup.html", .title = N_("さがす"), .per_minute = 60,
	  .purpose = "ETREAT", .away = 1 },
	{ GET, "/emergency/alone", OFFICER, after_in, alone_list,
	  .page = "alone.html", .title = N_("独居台帳"),
	  .purpose = "HOPERAT" },
	{ POST, "/emergency/alone/{alone}", OFFICER, NULL, alone_confirm,
	  .then = "/emergency/alone", .purpose = "HOPERAT" },
	{ GET, "/emergency/desk", EMERGENCY, NULL, desk_show,
	  .page = "desk.html", .title = N_("指令台"), .purpose = "ETREAT" },
	{ POST, "/emergency/asked/{asked}", EMERGENCY, reply_in, asked_answer,
	  .then = "/emergency", .purpose = "ETREAT" },
	{ POST, "/emergency/asked/{asked}/choose", EMERGENCY, NULL,
	  asked_choose, .then = "/emergency", .purpose = "ETREAT" },
	{ POST, "/emergency/requests/{request}/call-off", EMERGENCY, NULL,
	  request_call_off, .then = "/emergency", .purpose = "ETREAT" },
	{ GET, "/emergency/hospital", HOSPITAL_DESK, NULL, hospital_show,
	  .page = "reception.html", .title = N_("救急の受入"),
	  .purpose = "ETREAT" },
	{ POST, "/emergency/hospital/status", HOSPITAL_DESK, status_in,
	  hospital_status, .then = "/emergency/hospital",
	  .purpose = "ETREAT" },
	{ POST, "/emergency/hospital/{asked}", HOSPITAL_DESK, reply_in,
	  hospital_reply, .then = "/emergency/hospital", .purpose = "ETREAT" },
	{ GET, "/emergency/looked", PUBLIC, NULL, look_ask,
	  .page = "look-ask.html", .title = N_("救急隊の閲覧"),
	  .per_minute = 60, .purpose = "PATRQT" },
	{ POST, "/emergency/looked", PUBLIC, look_in, look_answer,
	  .page = "look-answer.html", .title = N_("救急隊の閲覧"),
	  .per_minute = 60, .purpose = "PATRQT" },
	{ GET, "/emergency/reviews", PRIVACY_OFFICER, NULL, reviews_show,
	  .page = "reviews.html", .title = N_("救急の点検"),
	  .purpose = "HOPERAT" },
	{ POST, "/emergency/reviews/{opening}", PRIVACY_OFFICER, review_in,
	  review_write, .then = "/emergency/reviews", .purpose = "HOPERAT" },
	{ GET, "/emergency/{patient}", EMERGENCY, NULL, summary_show,
	  .page = "emergency.html", .title = N_("救急サマリー"),
	  .purpose = "ETREAT", .away = 1 },
	{ GET, "/emergency/{patient}/handover", EMERGENCY, NULL, handover_show,
	  .page = "handover.html", .title = N_("病院への引きつぎ"),
	  .purpose = "ETREAT", .away = 1 },
	{ GET, "/emergency/{patient}/face", EMERGENCY, NULL, face_show,
	  .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/stop", EMERGENCY, NULL, opening_stop,
	  .then = "/emergency", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/extend", EMERGENCY, NULL, opening_extend,
	  .then = "/emergency/{patient}", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/dispatch", EMERGENCY, number_in,
	  opening_number, .then = "/emergency/{patient}", .purpose = "ETREAT",
	  .away = 1 },
	{ POST, "/emergency/{patient}/calls", EMERGENCY, call_in, call_result,
	  .then = "/emergency/{patient}", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/reports", EMERGENCY, report_in,
	  report_send, .then = "/emergency/{patient}", .purpose = "ETREAT",
	  .away = 1 },
	{ GET, "/emergency/{patient}/hospitals", EMERGENCY, NULL,
	  hospitals_show, .page = "hospitals.html",
	  .title = N_("受入先をさがす"), .purpose = "ETREAT" },
	{ POST, "/emergency/{patient}/hospitals", EMERGENCY, request_in,
	  request_send, .then = "/emergency/{patient}/hospitals",
	  .purpose = "ETREAT" },
	{ GET, "/emergency/{patient}/openings", TEAM, NULL, openings_show,
	  .page = "openings.html", .title = N_("救急隊の閲覧と知らせ") },
	{ POST, "/emergency/{patient}/seen", TEAM, NULL, openings_seen,
	  .then = "/emergency/{patient}/openings" },
	{ POST, "/emergency/{patient}/answers", TEAM, answer_in, answer_crew,
	  .then = "/emergency/{patient}/openings" },
	{ POST, "/emergency/{patient}/codes", TEAM, code_in, look_code_give,
	  .page = "look-code.html", .title = N_("本人・ご家族への符号"),
	  .purpose = "PATRQT" },
	{ GET, "/emergency/{patient}/prepare", TEAM, NULL, prepare_show,
	  .page = "prepare.html", .title = N_("救急のそなえ") },
	{ GET, "/emergency/{patient}/card", TEAM, NULL, card_paper },
	{ POST, "/emergency/{patient}/card", TEAM, NULL, card_issue,
	  .then = "/emergency/{patient}/prepare" },
	{ POST, "/emergency/{patient}/card/end", TEAM, card_end_in, card_end,
	  .then = "/emergency/{patient}/prepare" },
	{ POST, "/emergency/{patient}/told/{contact}", TEAM, told_in,
	  told_agree, .then = "/emergency/{patient}/prepare" },
	{ POST, "/emergency/{patient}/told/{contact}/end", TEAM, NULL,
	  told_end, .then = "/emergency/{patient}/prepare" },
	{ POST, "/emergency/{patient}/alone", TEAM, alone_in, alone_write,
	  .then = "/emergency/{patient}/prepare" },
	{ POST, "/emergency/{patient}/alone/end", TEAM, alone_end_in, alone_end,
	  .then = "/emergency/{patient}/prepare" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	opening_queries, search_queries, summary_queries, copy_queries,
	mark_queries, notice_queries, kit_queries,
	hospital_queries, prepare_queries, looked_queries, NULL
};

static const struct module emergency = {
	.name = "emergency",
	.routes = routes,
	.queries = queries,
	.pages = emergency_pages,
	.words = &tomozuna_words,
	.tidy = keys_make,
	.away = &copy_away,
	.settings = copy_settings,
	.settings_bytes = sizeof(struct emergency_settings)
};

int
main(int argc, char **argv)
{
	struct hooks hooks = care_hooks;
	struct module self = emergency;

	hooks.admit = opening_admit;
	self.hooks = &hooks;
	if (argc > 1 && strcmp(argv[1], "--shut-out") == 0)
		return copy_shut_out(argc - 2, argv + 2);
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	return module_main(&self, argc, argv);
}
