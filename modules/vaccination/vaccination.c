/* Vaccination: from the plan over the kitchen table to the record. */
#include "booking.h"
#include "circular.h"
#include "coverage.h"
#include "history.h"
#include "pass.h"
#include "register.h"
#include "reminder.h"
#include "report.h"
#include "vaccination.h"

#include "booking_sql.h"
#include "circular_sql.h"
#include "coverage_sql.h"
#include "file.h"
#include "immunization_sql.h"
#include "list_sql.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "paper.h"
#include "pass_sql.h"
#include "register_sql.h"
#include "reminder_sql.h"
#include "report_sql.h"
#include "sms_reply_sql.h"
#include "vaccination_pages.h"
#include "viewer.h"
#include "visit_sql.h"
#include "who.h"

enum { PHOTOS = 4, PHOTO_BYTES = 10 * 1024 * 1024, CIRCULAR_FILES = 4, YEAR_MIN = 1950, YEAR_MAX = 2200 };

#define AT(member) offsetof(struct vaccination_settings, member)

static const struct setting settings[] = {
	{ "schedule_file", SETTING_FILE, AT(schedule), 1, 200,
	  SYSCONFDIR "/vaccination-schedule.xml", "when which dose is due" },
	{ "schedule_schema", SETTING_FILE, AT(schema), 1, 200,
	  SYSCONFDIR "/vaccination-schedule.xsd", "what that file must be like" },
	{ "remote_screening", SETTING_NUMBER, AT(remote_screening), 0, 1, "0",
	  "1: a doctor may screen from a distance" },
	{ 0 }
};

static const struct input plan_in[] = {
	{ .name = "vaccine", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("ワクチンの種類") },
	{ .name = "planned_on", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("予定の日") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

#define ANSWER(question) { .name = question, .kind = CHOICE, .optional = 1,	\
	  .choices = "yes|no|unknown" }

static const struct input screening_in[] = {
	{ .name = "temperature", .kind = TEXT, .max = 5, .label = N_("体温") },
	ANSWER("leaflet"), ANSWER("illness"), ANSWER("immunosuppressed"),
	ANSWER("bleeding"), ANSWER("doctor_agreed"), ANSWER("recent_illness"),
	ANSWER("unwell"), ANSWER("convulsion"), ANSWER("severe_allergy"),
	ANSWER("component_allergy"), ANSWER("past_reaction"),
	ANSWER("fainting"), ANSWER("pregnant"), ANSWER("recent_vaccine"),
	ANSWER("has_question"),
	{ .name = "wish", .kind = CHOICE, .choices = "wishes|declines",
	  .optional = 1, .label = N_("本人の希望") },
	{ .name = "signer", .kind = CHOICE, .choices = "self|other",
	  .label = N_("署名した人") },
	{ .name = "signer_name", .kind = TEXT, .max = 80,
	  .label = N_("代わりに署名した人の名前") },
	{ .name = "signer_relation", .kind = TEXT, .max = 40,
	  .label = N_("続柄") },
	{ .name = "sign_reason", .kind = TEXT, .max = 200,
	  .label = N_("本人が署名できない理由") },
	{ .name = "intent_confirmed_by", .kind = TEXT, .max = 80,
	  .label = N_("本人の意思を確かめた人") },
	{ .name = "note", .kind = LINES, .max = 400,
	  .label = N_("くわしい内容（病名・薬・いつ・どんな症状）") },
	{ 0 }
};

static const struct input judgement_in[] = {
	{ .name = "form", .kind = REF },
	{ .name = "judgement", .kind = CHOICE, .choices = "possible|deferred",
	  .label = N_("医師の判断") },
	{ .name = "mode", .kind = CHOICE, .choices = "present|remote",
	  .label = N_("予診のしかた") },
	{ .name = "explained", .kind = BOOLEAN,
	  .label = N_("効果・副反応・救済制度を説明した") },
	{ .name = "acute_illness", .kind = BOOLEAN,
	  .label = N_("重い急性の病気にかかっている") },
	{ .name = "remark", .kind = LINES, .max = 400, .label = N_("医師の所見") },
	{ .name = "reason", .kind = LINES, .max = 400,
	  .label = N_("副反応があっても接種する理由") },
	{ 0 }
};

/* What was in the syringe; of a dose of ours all but lot or product is asked. */
#define SITE(may) { .name = "site", .kind = CHOICE, .optional = may,		\
	  .choices = "left_arm|right_arm|left_thigh|right_thigh",		\
	  .label = N_("接種した場所") }
#define ROUTE(may) { .name = "route", .kind = CHOICE, .optional = may,		\
	  .choices = "im|sc", .label = N_("接種の方法") }
#define PRODUCT { .name = "product", .kind = TEXT, .max = 24,			\
	  .label = N_("製品") }
#define LOT { .name = "lot_number", .kind = TEXT, .max = 20,			\
	  .label = N_("製造番号（ロット）") }
#define EXPIRES { .name = "expires_on", .kind = DATE, .optional = 1,		\
	  .min = YEAR_MIN, .max = YEAR_MAX, .label = N_("有効期限") }

static const struct input dose_in[] = {
	{ .name = "lot", .kind = REF, .optional = 1 },
	PRODUCT, LOT, EXPIRES, SITE(0), ROUTE(0),
	{ .name = "dose_ml", .kind = TEXT, .min = 3, .max = 4,
	  .label = N_("接種量（mL）") },
	{ .name = "programme", .kind = TEXT, .max = 24,
	  .label = N_("定期・任意") },
	{ .name = "condition", .kind = BOOLEAN,
	  .label = N_("60〜64歳で、法令の障害がある") },
	{ .name = "minutes_ago", .kind = INTEGER, .optional = 1, .min = 0,
	  .max = 60, .label = N_("接種してから何分たったか") },
	{ 0 }
};

static const struct input close_in[] = {
	{ .name = "watched_by", .kind = TEXT, .max = 81,
	  .label = N_("見守った人") },
	{ .name = "condition_after", .kind = CHOICE,
	  .choices = "well|concern|adverse", .label = N_("ようす") },
	{ .name = "early_reason", .kind = TEXT, .max = 200,
	  .label = N_("早く終える理由") },
	{ 0 }
};

static const struct input not_given_in[] = {
	{ .name = "reason", .kind = CHOICE, .label = N_("接種しなかった理由"),
	  .choices = "deferral|refused|absent|unwell" },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input paper_in[] = {
	{ .name = "kind", .kind = CHOICE, .choices = "form|voucher|label",
	  .label = N_("何の写真か") },
	{ .name = "photo", .kind = FILES, .max = PHOTOS,
	  .max_bytes = PHOTO_BYTES, .choices = FILE_PICTURES "|application/pdf",
	  .label = N_("写真") },
	{ 0 }
};

#define GIVEN_ON { .name = "given_on", .kind = DATE, .min = YEAR_MIN,		\
	  .max = YEAR_MAX, .label = N_("接種した日") }
#define DOSE_NUMBER { .name = "dose_number", .kind = INTEGER, .optional = 1,	\
	  .min = 1, .max = 30, .label = N_("何回目") }
#define DOSE_ML { .name = "dose_ml", .kind = TEXT, .max = 4,			\
	  .label = N_("接種量（mL）") }

static const struct input reported_in[] = {
	{ .name = "vaccine", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("ワクチンの種類") },
	GIVEN_ON, DOSE_NUMBER, PRODUCT, LOT, EXPIRES, SITE(1), ROUTE(1), DOSE_ML,
	{ .name = "place", .kind = TEXT, .max = 80, .label = N_("接種した会場") },
	{ .name = "doctor_name", .kind = TEXT, .max = 80,
	  .label = N_("医師の名前") },
	{ 0 }
};

static const struct input correct_in[] = {
	GIVEN_ON, DOSE_NUMBER, PRODUCT, LOT, EXPIRES, SITE(1), ROUTE(1), DOSE_ML,
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("なおす理由") },
	{ 0 }
};

static const struct input strike_in[] = {
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("まちがいだった理由") },
	{ 0 }
};

static const struct input adverse_in[] = {
	{ .name = "event", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("症状") },
	{ .name = "other", .kind = TEXT, .max = 60, .label = N_("その他の症状") },
	{ .name = "began_on", .kind = DATE, .min = 2000, .max = YEAR_MAX,
	  .label = N_("始まった日") },
	{ .name = "began_hour", .kind = INTEGER, .min = 0, .max = 23,
	  .label = N_("始まった時（0〜23）") },
	{ .name = "note", .kind = LINES, .max = 400, .label = N_("経過") },
	{ 0 }
};

static const struct input report_in[] = {
	{ .name = "reference", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("副反応疑い報告の番号") },
	{ 0 }
};

static const struct input form_in[] = {
	{ .name = "reporter", .kind = CHOICE,
	  .choices = "vaccinator|attending|other", .label = N_("報告者の区分") },
	{ .name = "reporter_name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("報告者の氏名") },
	{ .name = "course", .kind = LINES, .min = 1, .max = 2000,
	  .label = N_("概要（症状・経過・診断・検査・治療）") },
	{ .name = "severity", .kind = CHOICE, .label = N_("症状の程度"),
	  .choices = "not_severe|hospital|death_feared|disability_feared|"
	  "as_severe|disability|death|birth_defect" },
	{ .name = "hospital", .kind = TEXT, .max = 80,
	  .label = N_("入院した病院") },
	{ .name = "admitted_on", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("入院した日") },
	{ .name = "discharged_on", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("退院した日") },
	{ .name = "outcome", .kind = CHOICE, .label = N_("症状の転帰"),
	  .choices = "recovered|improved|not_recovered|sequelae|died|unknown" },
	{ .name = "outcome_on", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("転帰の日") },
	{ .name = "causality", .kind = CHOICE,
	  .label = N_("接種との因果関係"),
	  .choices = "related|unrelated|undetermined" },
	{ .name = "other_cause", .kind = LINES, .max = 400,
	  .label = N_("ほかの原因の可能性") },
	{ .name = "before_note", .kind = LINES, .max = 1000,
	  .label = N_("予診票での留意点") },
	{ .name = "opinion", .kind = LINES, .max = 400,
	  .label = N_("報告者の意見") },
	{ 0 }
};

static const struct input lot_in[] = {
	{ .name = "product", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("製品") },
	{ .name = "lot_number", .kind = TEXT, .min = 1, .max = 20,
	  .label = N_("製造番号（ロット）") },
	{ .name = "expires_on", .kind = DATE, .min = 2000, .max = YEAR_MAX,
	  .label = N_("有効期限") },
	{ .name = "stock", .kind = INTEGER, .min = 1, .max = 10000,
	  .label = N_("本数（接種回数）") },
	{ 0 }
};

static const struct input count_in[] = {
	{ .name = "stock", .kind = INTEGER, .min = 0, .max = 10000,
	  .label = N_("本数（接種回数）") },
	{ 0 }
};

static const struct input find_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("よみがな、または生年月日") },
	{ 0 }
};

#define WANTED(n, said) { .name = "wanted_" n, .kind = DATE, .optional = 1,	\
	  .min = 2000, .max = YEAR_MAX, .label = said }

static const struct input request_in[] = {
	{ .name = "vaccine", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("ワクチンの種類") },
	{ .name = "clinic", .kind = REF, .label = N_("医療機関") },
	{ .name = "place", .kind = CHOICE, .choices = "clinic|home",
	  .label = N_("どこで") },
	WANTED("1", N_("希望の日（1）")), WANTED("2", N_("希望の日（2）")),
	WANTED("3", N_("希望の日（3）")),
	{ .name = "wanted_note", .kind = TEXT, .max = 200,
	  .label = N_("時間帯など") },
	{ .name = "caller", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("電話をかけた人") },
	{ .name = "caller_relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("続柄") },
	{ .name = "caller_phone", .kind = TEXT, .max = 20,
	  .label = N_("折り返す電話番号") },
	{ 0 }
};

static const struct input step_in[] = {
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input why_in[] = {
	{ .name = "note", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("理由") },
	{ 0 }
};

static const struct input offer_in[] = {
	{ .name = "offered_on", .kind = DATE, .min = 2000, .max = YEAR_MAX,
	  .label = N_("日") },
	{ .name = "offered_time", .kind = TEXT, .min = 4, .max = 5,
	  .label = N_("時刻") },
	{ .name = "offer_note", .kind = TEXT, .max = 200,
	  .label = N_("本人に知らせること（はがきに印刷されます）") },
	{ 0 }
};

static const struct input agreement_in[] = {
	{ .name = "mobile", .kind = TEXT, .min = 10, .max = 24,
	  .label = N_("携帯番号") },
	{ .name = "agreed_by", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("承諾した人") },
	{ .name = "agreed_relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("続柄") },
	{ 0 }
};

static const struct input call_in[] = {
	{ .name = "result", .kind = CHOICE, .label = N_("電話の結果"),
	  .choices = "will_book|declined|no_answer|wrong_number|later" },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input due_in[] = {
	{ .name = "vaccine", .kind = INTEGER, .optional = 1, .min = 0,
	  .max = DUE_ROWS - 1, .label = N_("ワクチンの種類") },
	{ .name = "overdue", .kind = BOOLEAN },
	{ .name = "clinic", .kind = REF, .optional = 1,
	  .label = N_("医療機関") },
	{ .name = "older", .kind = CURSOR },
	{ 0 }
};

static const struct input coverage_in[] = {
	{ .name = "vaccine", .kind = INTEGER, .optional = 1, .min = 0,
	  .max = DUE_ROWS - 1, .label = N_("ワクチンの種類") },
	{ 0 }
};

static const struct input areas_in[] = {
	{ .name = "names", .kind = LINES, .max = COVERAGE_AREAS * 41,
	  .label = N_("地域の名前（1行に1つ）") },
	{ 0 }
};

static const struct input circular_in[] = {
	{ .name = "subject", .kind = TEXT, .min = 1, .max = 120,
	  .label = N_("件名") },
	{ .name = "body", .kind = LINES, .min = 1, .max = 4000,
	  .label = N_("本文") },
	{ .name = "attachment", .kind = FILES, .max = CIRCULAR_FILES,
	  .max_bytes = PHOTO_BYTES, .choices = FILE_PICTURES "|" FILE_PAPERS,
	  .label = N_("添付のファイル") },
	{ 0 }
};

static const struct input register_in[] = {
	{ .name = "since", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("いつから") },
	{ .name = "until", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX, .label = N_("いつまで") },
	{ 0 }
};

static const struct input column_in[] = {
	{ .name = "field", .kind = TEXT, .min = 1, .max = 24 },
	{ .name = "heading", .kind = TEXT, .max = 40, .label = N_("見出し") },
	{ 0 }
};

static const struct input doses_in[] = {
	{ .name = "since", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX,
	  .label = N_("いつから") },
	{ .name = "until", .kind = DATE, .optional = 1, .min = 2000,
	  .max = YEAR_MAX,
	  .label = N_("いつまで") },
	{ .name = "after", .kind = CURSOR },
	{ .name = "encoding", .kind = CHOICE, .optional = 1,
	  .choices = "utf8|cp932",
	  .label = N_("文字コード") },
	{ 0 }
};

static const struct input number_in[] = {
	{ .name = "resident_number", .kind = TEXT, .max = 15,
	  .label = N_("宛名番号") },
	{ 0 }
};

/*
 * libmagic takes CP932 that begins with 個 (0x8C), as VRS's headings do, for a DOS program.
 * Whatever it is, it is read as text and given to nobody.
 */
static const struct input table_in[] = {
	{ .name = "table", .kind = FILES, .max = 1,
	  .max_bytes = REGISTER_FILE_BYTES, .label = N_("台帳のファイル（CSV）"),
	  .choices = "text/plain|text/csv|application/csv|"
	  "application/x-dosexec|application/octet-stream" },
	{ 0 }
};

static const struct input history_in[] = {
	{ .name = "history", .kind = FILES, .max = 1,
	  .max_bytes = HISTORY_BYTES, .label = N_("前の町の接種の記録"),
	  .choices = "application/json|text/plain" },
	{ 0 }
};

#define ONE "/vaccination/{patient}"
#define VISIT ONE "/visits/{visit}"
#define DOSE ONE "/doses/{immunization}"
#define EVENT ONE "/adverse_events/{adverse_event}"
#define DESK "/vaccination/desk/{patient}"
#define BOOKING DESK "/bookings/{booking}"
#define CIRCULAR "/vaccination/desk/circulars/{circular}"
#define IMPORT "/vaccination/desk/imports/{import}"
#define ASKED "/vaccination/bookings/{booking}"

static const struct route routes[] = {
	{ GET, "/vaccination", USER, NULL, list_show, .page = "vaccinations.html",
	  .title = N_("予防接種") },
	{ GET, "/vaccination/stock", USER, NULL, stock_show,
	  .page = "vaccination-stock.html", .title = N_("ワクチンの在庫") },
	{ POST, "/vaccination/stock", USER, lot_in, stock_receive,
	  .then = "/vaccination/stock" },
	{ POST, "/vaccination/stock/{lot}", USER, count_in, stock_count,
	  .then = "/vaccination/stock" },
	{ GET, "/vaccination/due", USER, NULL, due_office,
	  .page = "vaccination-due.html", .title = N_("接種の時期の方") },
	{ GET, "/vaccination/desk", CLERK, NULL, desk_show,
	  .page = "vaccination-desk.html", .title = N_("予防接種の窓口") },
	{ POST, "/vaccination/desk/find", CLERK, find_in, desk_find,
	  .page = "vaccination-desk-found.html",
	  .title = N_("電話の方をさがす"), .reads = 1, .per_minute = 60 },
	{ GET, "/vaccination/desk/due", CLERK, due_in, due_town,
	  .page = "vaccination-desk-due.html", .title = N_("接種の時期の方") },
	{ GET, "/vaccination/desk/calls", CLERK, NULL, calls_show,
	  .page = "vaccination-calls.html", .title = N_("電話する方") },
	{ GET, "/vaccination/desk/reports", CLERK, NULL, reports_of_town,
	  .page = "vaccination-reports.html",
	  .title = N_("報告を待つ副反応") },
	{ GET, "/vaccination/desk/coverage", CLERK, coverage_in, coverage_show,
	  .page = "vaccination-coverage.html", .title = N_("接種率") },
	{ GET, "/vaccination/desk/coverage/table", CLERK, coverage_in,
	  coverage_table },
	{ POST, "/vaccination/desk/areas", CLERK, areas_in, areas_change,
	  .then = "/vaccination/desk/coverage" },
	{ GET, "/vaccination/desk/circulars", CLERK, NULL, circulars_desk,
	  .page = "vaccination-desk-circulars.html",
	  .title = N_("医療機関への通知") },
	{ POST, "/vaccination/desk/circulars", CLERK, circular_in,
	  circular_send, .then = "/vaccination/desk/circulars/{id}" },
	{ GET, CIRCULAR, CLERK, NULL, circular_readers,
	  .page = "vaccination-circular.html",
	  .title = N_("医療機関への通知") },
	{ POST, CIRCULAR "/end", CLERK, NULL, circular_end, .then = CIRCULAR },
	{ GET, CIRCULAR "/files/{file}", CLERK, NULL, circular_desk_file },
	{ GET, "/vaccination/circulars", USER, NULL, circulars_show,
	  .page = "vaccination-circulars.html", .title = N_("町からの通知") },
	{ POST, "/vaccination/circulars/{circular}/read", USER, NULL,
	  circular_read, .then = "/vaccination/circulars" },
	{ GET, "/vaccination/circulars/{circular}/files/{file}", USER, NULL,
	  circular_file },
	{ GET, "/vaccination/desk/register", CLERK, register_in, register_show,
	  .page = "vaccination-register.html", .title = N_("予防接種台帳") },
	{ POST, "/vaccination/desk/register", CLERK, column_in,
	  register_change, .then = "/vaccination/desk/register" },
	{ GET, "/vaccination/desk/register/doses", CLERK, doses_in,
	  register_doses },
	{ POST, "/vaccination/desk/imports", CLERK, table_in, import_take,
	  .then = "/vaccination/desk/imports/{id}" },
	{ GET, IMPORT, CLERK, NULL, import_show,
	  .page = "vaccination-import.html", .title = N_("台帳の取りこみ") },
	{ POST, IMPORT "/write", CLERK, NULL, import_write, .then = IMPORT },
	{ GET, DESK "/history", CLERK, NULL, history_desk_give },
	{ POST, DESK "/history", CLERK, history_in, history_desk_take,
	  .then = DESK },
	{ POST, DESK "/number", CLERK, number_in, number_change,
	  .then = DESK },
	{ POST, DESK "/calls", CLERK, call_in, call_add,
	  .then = "/vaccination/desk/calls" },
	{ POST, DESK "/agreement", CLERK, agreement_in, agreement_add,
	  .then = DESK },
	{ POST, DESK "/agreement/end", CLERK, why_in, agreement_end,
	  .then = DESK },
	{ GET, DESK, CLERK, NULL, desk_person,
	  .page = "vaccination-desk-person.html",
	  .title = N_("予防接種の窓口") },
	{ POST, DESK "/bookings", CLERK, request_in, booking_request,
	  .then = DESK },
	{ POST, BOOKING "/confirm", CLERK, step_in, booking_confirm,
	  .then = DESK },
	{ POST, BOOKING "/again", CLERK, why_in, booking_again, .then = DESK },
	{ POST, BOOKING "/cancel", CLERK, why_in, booking_cancel,
	  .then = DESK },
	{ GET, BOOKING "/card", CLERK, NULL, booking_card },
	{ GET, "/vaccination/bookings", USER, NULL, clinic_show,
	  .page = "vaccination-bookings.html",
	  .title = N_("町からの予約の依頼") },
	{ POST, ASKED "/offer", USER, offer_in, clinic_offer,
	  .then = "/vaccination/bookings" },
	{ POST, ASKED "/decline", USER, why_in, clinic_decline,
	  .then = "/vaccination/bookings" },
	{ POST, ASKED "/done", USER, step_in, clinic_done,
	  .then = "/vaccination/bookings" },
	{ GET, ONE, TEAM, NULL, person_show, .page = "vaccination-person.html",
	  .title = N_("予防接種") },
	{ POST, ONE, TEAM, reported_in, reported_add, .then = ONE },
	{ GET, ONE "/history", TEAM, NULL, history_give },
	{ POST, ONE "/history", TEAM, history_in, history_take, .then = ONE },
	{ POST, ONE "/visits", TEAM, plan_in, visit_plan,
	  .then = ONE "/visits/{id}" },
	{ GET, VISIT, TEAM, NULL, visit_show, .page = "vaccination-visit.html",
	  .title = N_("接種の記録") },
	{ GET, VISIT "/state", TEAM, NULL, visit_state },
	{ POST, VISIT "/screening", TEAM, screening_in, visit_screen,
	  .then = VISIT },
	{ POST, VISIT "/judgement", TEAM, judgement_in, visit_judge,
	  .then = VISIT },
	{ POST, VISIT "/dose", TEAM, dose_in, visit_give, .then = VISIT },
	{ POST, VISIT "/close", TEAM, close_in, visit_close, .then = VISIT },
	{ POST, VISIT "/not_given", TEAM, not_given_in, visit_not_given,
	  .then = VISIT },
	{ POST, VISIT "/cancel", TEAM, NULL, visit_cancel, .then = ONE },
	{ POST, VISIT "/papers", TEAM, paper_in, visit_paper_add,
	  .then = VISIT },
	{ GET, VISIT "/papers/{paper}", TEAM, NULL, visit_paper },
	{ GET, DOSE, TEAM, NULL, dose_show, .page = "vaccination-dose.html",
	  .title = N_("接種の記録") },
	{ POST, DOSE "/correct", TEAM, correct_in, dose_correct,
	  .then = ONE "/doses/{id}" },
	{ POST, DOSE "/mistake", TEAM, strike_in, dose_strike, .then = DOSE },
	{ POST, DOSE "/adverse_events", TEAM, adverse_in, adverse_add,
	  .then = DOSE },
	{ POST, EVENT "/report", TEAM, report_in, adverse_report,
	  .then = EVENT },
	{ GET, EVENT, TEAM, NULL, report_show, .page = "vaccination-report.html",
	  .title = N_("副反応疑い報告") },
	{ POST, EVENT "/form", TEAM, form_in, report_fill, .then = EVENT },
	{ GET, EVENT "/paper", TEAM, NULL, report_paper },
	{ POST, EVENT "/mistake", TEAM, strike_in, adverse_strike,
	  .then = ONE },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	visit_queries, immunization_queries, list_queries, booking_queries,
	pass_queries, reminder_queries, report_queries, coverage_queries, circular_queries,
	register_queries, sms_reply_queries, mark_queries, notice_queries,
	file_queries, NULL
};

/* The schedule is read before the program serves, and so is what care asks for. */
static int
ready(const struct settings *s, char *why, size_t why_bytes)
{
	if (care_hooks.ready != NULL && care_hooks.ready(s, why, why_bytes) != 0)
		return -1;
	return schedule_ready(s, why, why_bytes);
}

/* Files that nobody kept, the nightly pass, missing reports, old files, reminders. */
static int
tidy(const struct settings *s, struct db *db, struct arena *mem, utc_ms now)
{
	int more = file_tidy(s, db, mem, now);

	more |= pass_tidy(s, db, mem, now);
	more |= report_tidy(s, db, mem, now);
	more |= register_tidy(s, db, mem, now);
	return reminder_tidy(s, db, mem, now) || more;
}

int
main(int argc, char **argv)
{
	struct hooks hooks = care_hooks;
	const struct module vaccination = {
		.name = "vaccination",
		.routes = routes,
		.queries = queries,
		.pages = vaccination_pages,
		.words = &tomozuna_words,
		.hooks = &hooks,
		.tidy = tidy,
		.reactions = reminder_reactions,
		.settings = settings,
		.settings_bytes = sizeof(struct vaccination_settings)
	};

	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	hooks.ready = ready;
	return module_main(&vaccination, argc, argv);
}
