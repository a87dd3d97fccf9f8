/* The review board: inputs, routes, main(). */
#include "board.h"

#include "after_sql.h"
#include "aggregate_sql.h"
#include "board_pages.h"
#include "file.h"
#include "member_sql.h"
#include "notice_sql.h"
#include "office_sql.h"
#include "session_sql.h"
#include "viewer.h"
#include "who.h"

#define STATE_IMAGES "cognitive_decline|unstable"

static const struct input answer_in[] = {
	{ .name = "answer", .kind = CHOICE, .choices = "yes|no",
	  .label = N_("出欠") },
	{ 0 }
};

static const struct input proposal_in[] = {
	{ .name = "level", .kind = CHOICE, .choices = LEVEL_WORDS,
	  .optional = 1, .label = N_("要介護度") },
	{ .name = "months", .kind = INTEGER, .min = 3, .max = 48,
	  .optional = 1, .label = N_("有効期間（月）") },
	{ .name = "state_image", .kind = CHOICE, .choices = STATE_IMAGES,
	  .optional = 1, .label = N_("状態像") },
	{ .name = "comment", .kind = TEXT, .max = 400, .label = N_("理由") },
	{ .name = "act", .kind = CHOICE, .choices = "propose|keep",
	  .label = N_("判定の扱い") },
	{ 0 }
};

static const struct input settings_in[] = {
	{ .name = "notice_days", .kind = INTEGER, .min = 0, .max = 30,
	  .label = N_("開催通知（日前まで）") },
	{ .name = "reveal_days", .kind = INTEGER, .min = 0, .max = 14,
	  .label = N_("事前審査の締切（日前）") },
	{ .name = "purge_hours", .kind = INTEGER, .min = 0, .max = 72,
	  .label = N_("委員の写しの消去（時間後）") },
	{ .name = "longest_months", .kind = INTEGER, .min = 3, .max = 48,
	  .label = N_("有効期間の上限（月）") },
	{ .name = "slight_simplified", .kind = BOOLEAN,
	  .label = N_("要支援2・要介護1も簡素化の対象にする") },
	{ .name = "hard_to_find", .kind = BOOLEAN,
	  .label = N_("委員の確保がむずかしい（5人未満を認める）") },
	{ 0 }
};

static const struct input headings_in[] = {
	{ .name = "field", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("項目") },
	{ .name = "heading", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("列の見出し") },
	{ 0 }
};

static const struct input import_in[] = {
	{ .name = "table", .kind = FILES, .max = 1,
	  .max_bytes = 4 * 1024 * 1024,
	  .choices = "text/plain|text/csv|application/csv",
	  .label = N_("保険者のCSV") },
	{ 0 }
};

static const struct input member_in[] = {
	{ .name = "user", .kind = REF, .label = N_("委員") },
	{ .name = "field", .kind = CHOICE, .choices = "health|medicine|welfare",
	  .label = N_("分野") },
	{ .name = "term_from", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("任期のはじめ") },
	{ .name = "term_to", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("任期のおわり") },
	{ .name = "office_number", .kind = TEXT, .max = 10,
	  .label = N_("所属の事業所番号") },
	{ 0 }
};

static const struct input panel_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("合議体の名前") },
	{ 0 }
};

static const struct input post_in[] = {
	{ .name = "user", .kind = REF, .label = N_("委員") },
	{ .name = "post", .kind = CHOICE, .choices = "chair|deputy|member|none",
	  .label = N_("役目") },
	{ 0 }
};

static const struct input sitting_in[] = {
	{ .name = "panel", .kind = REF, .label = N_("合議体") },
	{ .name = "day", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("開催日") },
	{ .name = "time", .kind = TEXT, .min = 4, .max = 5,
	  .label = N_("開始時刻") },
	{ .name = "place", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("場所") },
	{ 0 }
};

static const struct input convene_in[] = {
	{ .name = "act", .kind = CHOICE, .choices = "notice|open|cancel",
	  .label = N_("次の段階") },
	{ 0 }
};

static const struct input put_in[] = {
	{ .name = "application", .kind = REF, .many = 100,
	  .label = N_("申請") },
	{ .name = "off", .kind = BOOLEAN, .label = N_("外す") },
	{ 0 }
};

static const struct input user_in[] = {
	{ .name = "user", .kind = REF, .label = N_("委員") },
	{ 0 }
};

static const struct input papers_in[] = {
	{ .name = "survey_note", .kind = LINES, .max = 20000,
	  .label = N_("特記事項") },
	{ .name = "physician_opinion", .kind = LINES, .max = 20000,
	  .label = N_("主治医意見書") },
	{ 0 }
};

static const struct input check_in[] = {
	{ .name = "sure", .kind = BOOLEAN, .optional = 1,
	  .label = N_("名前などがないことを確かめた") },
	{ 0 }
};

static const struct input simplified_in[] = {
	{ .name = "simplified", .kind = BOOLEAN, .label = N_("簡素化") },
	{ 0 }
};

static const struct input recuse_in[] = {
	{ .name = "user", .kind = REF, .label = N_("委員") },
	{ .name = "reason", .kind = CHOICE, .label = N_("除斥の理由"),
	  .choices = "service|facility|attending_physician|surveyor|relative|"
	      "chair_order" },
	{ 0 }
};

static const struct input end_in[] = {
	{ .name = "state", .kind = CHOICE,
	  .choices = "withdrawn|deceased|notified",
	  .label = N_("申請の終わり") },
	{ 0 }
};

static const struct input delay_in[] = {
	{ .name = "expected_on", .kind = DATE, .min = 2000, .max = 2200,
	  .label = N_("処理見込の日") },
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("延期の理由") },
	{ 0 }
};

static const struct input attend_in[] = {
	{ .name = "letter", .kind = TEXT, .many = 26, .min = 1, .max = 1,
	  .label = N_("出席") },
	{ 0 }
};

static const struct input session_in[] = {
	{ .name = "act", .kind = CHOICE,
	  .choices = "begin|suspend|resume|close|approve",
	  .label = N_("次の段階") },
	{ 0 }
};

static const struct input agreed_in[] = {
	{ .name = "n", .kind = INTEGER, .min = 1, .max = 500,
	  .label = N_("件数") },
	{ 0 }
};

static const struct input step_in[] = {
	{ .name = "step", .kind = INTEGER, .min = 1, .max = 5,
	  .label = N_("順に確かめる") },
	{ .name = "level", .kind = CHOICE, .choices = LEVEL_WORDS,
	  .optional = 1, .label = N_("修正後の一次判定") },
	{ .name = "tenths", .kind = INTEGER, .min = 0, .max = 3000,
	  .optional = 1, .label = N_("修正後の基準時間（0.1分）") },
	{ .name = "reason", .kind = TEXT, .max = 200,
	  .label = N_("修正した項目と理由") },
	{ 0 }
};

static const struct input decision_in[] = {
	{ .name = "outcome", .kind = CHOICE,
	  .choices = "decided|rejected_disease|carried_over|re_survey|re_opinion",
	  .label = N_("結果") },
	{ .name = "vote", .kind = TEXT, .many = 26, .min = 1, .max = 20,
	  .label = N_("議決") },
	{ .name = "months", .kind = INTEGER, .min = 0, .max = 48,
	  .optional = 1, .label = N_("有効期間（月）") },
	{ .name = "state_image", .kind = CHOICE, .choices = STATE_IMAGES,
	  .optional = 1, .label = N_("状態像") },
	{ .name = "reason", .kind = TEXT, .max = 400, .label = N_("理由") },
	{ .name = "item", .kind = INTEGER, .min = 0, .max = 74, .optional = 1,
	  .label = N_("根拠の調査項目") },
	{ .name = "board_opinion", .kind = TEXT, .max = 400,
	  .label = N_("審査会の意見") },
	{ 0 }
};


static const struct route routes[] = {
	{ GET, "/board/sittings", BOARD, NULL, sittings_show,
	  .page = "sittings.html", .title = N_("審査会"), .purpose = "HOPERAT" },
	{ GET, "/board/sittings/{sitting}", BOARD_MEMBER, NULL, sitting_show,
	  .page = "sitting.html", .title = N_("事前審査"), .purpose = "HOPERAT" },
	{ POST, "/board/sittings/{sitting}/answer", BOARD_MEMBER, answer_in,
	  sitting_answer, .then = "/board/sittings", .purpose = "HOPERAT" },
	{ GET, "/board/applications/{application}", BOARD_MEMBER, NULL,
	  application_show, .page = "application.html", .title = N_("審査の資料"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/applications/{application}/read", BOARD_MEMBER, NULL,
	  application_read, .then = "/board/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/applications/{application}/recuse", BOARD_MEMBER, NULL,
	  application_recuse, .then = "/board/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/applications/{application}/proposal", BOARD_MEMBER,
	  proposal_in, proposal_write,
	  .then = "/board/applications/{application}", .purpose = "HOPERAT" },
	{ GET, "/board/office", SECRETARY, NULL, office_show,
	  .page = "office.html", .title = N_("認定事務"), .purpose = "HOPERAT" },
	{ GET, "/board/office/settings", SECRETARY, NULL, settings_show,
	  .page = "settings.html", .title = N_("審査会の設定"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/settings", SECRETARY, settings_in,
	  settings_write, .then = "/board/office/settings",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/headings", SECRETARY, headings_in,
	  headings_write, .then = "/board/office/settings",
	  .purpose = "HOPERAT" },
	{ GET, "/board/office/calibration", SECRETARY, NULL, calibration_show,
	  .page = "calibration.html", .title = N_("判定の傾向"),
	  .purpose = "HOPERAT" },
	{ GET, "/board/office/members", SECRETARY, NULL, members_show,
	  .page = "members.html", .title = N_("委員と合議体"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/members", SECRETARY, member_in, member_write,
	  .then = "/board/office/members", .purpose = "HOPERAT" },
	{ POST, "/board/office/panels", SECRETARY, panel_in, panel_add,
	  .then = "/board/office/members", .purpose = "HOPERAT" },
	{ POST, "/board/office/panels/{panel}", SECRETARY, post_in, panel_seat,
	  .then = "/board/office/members", .purpose = "HOPERAT" },
	{ POST, "/board/office/import", SECRETARY, import_in, import_read,
	  .page = "imported.html", .title = N_("取りこみの結果"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings", SECRETARY, sitting_in, sitting_add,
	  .then = "/board/office/sittings/{id}", .purpose = "HOPERAT" },
	{ GET, "/board/office/sittings/{sitting}", SECRETARY, NULL,
	  convene_show, .page = "convene.html", .title = N_("開催の準備"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings/{sitting}/state", SECRETARY, convene_in,
	  convene_go, .then = "/board/office/sittings/{sitting}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings/{sitting}/applications", SECRETARY,
	  put_in, convene_put, .then = "/board/office/sittings/{sitting}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings/{sitting}/remind", SECRETARY, NULL,
	  convene_remind, .then = "/board/office/sittings/{sitting}",
	  .per_minute = 6, .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings/{sitting}/substitutes", SECRETARY,
	  user_in, convene_substitute,
	  .then = "/board/office/sittings/{sitting}", .purpose = "HOPERAT" },
	{ GET, "/board/office/sittings/{sitting}/results", SECRETARY, NULL,
	  results_show, .purpose = "HOPERAT" },
	{ GET, "/board/office/applications/{application}", SECRETARY, NULL,
	  person_show, .page = "person.html", .title = N_("申請"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/papers", SECRETARY,
	  papers_in, person_papers,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/check", SECRETARY,
	  check_in, person_check,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/simplified",
	  SECRETARY, simplified_in, person_simplify,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/recuse", SECRETARY,
	  recuse_in, person_recuse,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/end", SECRETARY,
	  end_in, person_end,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/delay", SECRETARY,
	  delay_in, delay_write,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ GET, "/board/office/applications/{application}/delay/{letter}",
	  SECRETARY, NULL, delay_show, .page = "delay.html",
	  .title = N_("延期通知書"), .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}", BOARD, NULL, session_show,
	  .page = "session.html", .title = N_("審査会の進行"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/attendance", BOARD, attend_in,
	  session_attend, .then = "/board/session/{sitting}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/state", BOARD, session_in, session_go,
	  .then = "/board/session/{sitting}", .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}/agreed", BOARD, NULL, agreed_show,
	  .page = "agreed.html", .title = N_("一致した件"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/agreed", BOARD, agreed_in,
	  agreed_decide, .then = "/board/session/{sitting}",
	  .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}/minutes", BOARD, NULL, minutes_show,
	  .page = "minutes.html", .title = N_("議事録"), .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}/{application}", BOARD, NULL,
	  heard_show, .page = "heard.html", .title = N_("審査"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/{application}/step", BOARD, step_in,
	  heard_step, .then = "/board/session/{sitting}/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/{application}/check", BOARD,
	  decision_in, decision_check, .page = "decision.html",
	  .title = N_("決定の確認"), .reads = 1, .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/{application}/decision", BOARD,
	  decision_in, decision_write,
	  .then = "/board/session/{sitting}/{application}",
	  .purpose = "HOPERAT" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	member_queries, aggregate_queries, office_queries, session_queries,
	after_queries, notice_queries, file_queries, NULL
};

static const struct module board = {
	.name = "board",
	.routes = routes,
	.queries = queries,
	.pages = board_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = board_tidy
};

int
main(int argc, char **argv)
{
	return module_main(&board, argc, argv);
}
