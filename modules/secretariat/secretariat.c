/*
 * The secretariat of the review board: inputs, routes, main(). A program of its own, so
 * that the account which serves members cannot read whose an application is.
 */
#include "secretariat.h"

#include "board_pages.h"
#include "file.h"
#include "held_sql.h"
#include "leaf.h"
#include "notice_sql.h"
#include "office_sql.h"
#include "paper.h"
#include "video_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input settings_in[] = {
	{ .name = "notice_days", .kind = INTEGER, .min = 0, .max = 30,
	  .label = N_("開催通知（日前まで）") },
	{ .name = "reveal_days", .kind = INTEGER, .min = 0, .max = 14,
	  .label = N_("事前審査の締切（日前）") },
	{ .name = "purge_hours", .kind = INTEGER, .min = 0, .max = 72,
	  .label = N_("委員の写しの消去（時間後）") },
	{ .name = "longest_months", .kind = INTEGER, .min = 3, .max = 48,
	  .label = N_("有効期間の上限（月）") },
	{ .name = "chair_fee", .kind = INTEGER, .min = 0, .max = 999999,
	  .label = N_("報酬（議事をつかさどる人、円）") },
	{ .name = "member_fee", .kind = INTEGER, .min = 0, .max = 999999,
	  .label = N_("報酬（委員、円）") },
	{ .name = "by_physician", .kind = BOOLEAN,
	  .label = N_("主治医である委員を除斥する") },
	{ .name = "by_facility", .kind = BOOLEAN,
	  .label = N_("入所・入院先の委員を除斥する") },
	{ .name = "slight_simplified", .kind = BOOLEAN,
	  .label = N_("要支援2・要介護1も簡素化の対象にする") },
	{ .name = "hard_to_find", .kind = BOOLEAN,
	  .label = N_("委員の確保がむずかしい（5人未満を認める）") },
	{ 0 }
};

static const struct input insurer_in[] = {
	{ .name = "insurer_number", .kind = TEXT, .min = 6, .max = 6,
	  .label = N_("保険者番号") },
	{ .name = "name", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("保険者の名前") },
	{ 0 }
};

static const struct input reopen_in[] = {
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 400,
	  .label = N_("取りあげなおす理由") },
	{ 0 }
};

static const struct input headings_in[] = {
	{ .name = "scheme", .kind = CHOICE, .choices = SCHEME_WORDS,
	  .label = N_("審査の種類") },
	{ .name = "field", .kind = TEXT, .min = 1, .max = 24,
	  .label = N_("項目") },
	{ .name = "heading", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("列の見出し") },
	{ 0 }
};

static const struct input import_in[] = {
	{ .name = "scheme", .kind = CHOICE, .choices = SCHEME_WORDS,
	  .label = N_("審査の種類") },
	{ .name = "table", .kind = FILES, .max = 1,
	  .max_bytes = 4 * 1024 * 1024,
	  .choices = "text/plain|text/csv|application/csv",
	  .label = N_("保険者のCSV") },
	{ 0 }
};

static const struct input member_in[] = {
	{ .name = "user", .kind = REF, .label = N_("委員") },
	{ .name = "field", .kind = CHOICE, .choices = "health|medicine|welfare|none",
	  .label = N_("分野（要介護認定）") },
	{ .name = "support_field", .kind = CHOICE, .optional = 1,
	  .choices = "physical|intellectual|mental|intractable",
	  .label = N_("分野（障害支援区分）") },
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
	{ .name = "scheme", .kind = CHOICE, .choices = SCHEME_WORDS,
	  .label = N_("審査の種類") },
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

static const struct input file_in[] = {
	{ .name = "kind", .kind = CHOICE, .choices = "survey_note|physician_opinion",
	  .label = N_("資料の種類") },
	{ .name = "paper", .kind = FILES, .max = 1,
	  .max_bytes = 64 * 1024 * 1024, .choices = "application/pdf",
	  .label = N_("PDF") },
	{ 0 }
};

static const struct input page_in[] = {
	{ .name = "page", .kind = INTEGER, .min = 1, .max = LEAVES_MOST,
	  .optional = 1, .label = N_("ページ") },
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

static const struct route routes[] = {
	{ GET, "/board/office", SECRETARY, NULL, office_show,
	  .page = "board-office.html", .title = N_("認定事務"), .purpose = "HOPERAT" },
	{ GET, "/board/office/settings", SECRETARY, NULL, settings_show,
	  .page = "settings.html", .title = N_("審査会の設定"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/settings", SECRETARY, settings_in,
	  settings_write, .then = "/board/office/settings",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/headings", SECRETARY, headings_in,
	  headings_write, .then = "/board/office/settings",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/insurers", SECRETARY, insurer_in, insurer_write,
	  .then = "/board/office/settings", .purpose = "HOPERAT" },
	{ GET, "/board/office/calibration", SECRETARY, NULL, calibration_show,
	  .page = "calibration.html", .title = N_("判定の傾向"),
	  .purpose = "HOPERAT" },
	{ GET, "/board/office/members", SECRETARY, NULL, members_show,
	  .page = "board-members.html", .title = N_("委員と合議体"),
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
	{ POST, "/board/office/sittings/{sitting}/video", SECRETARY, NULL,
	  convene_video, .then = "/board/office/sittings/{sitting}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/sittings/{sitting}/substitutes", SECRETARY,
	  user_in, convene_substitute,
	  .then = "/board/office/sittings/{sitting}", .purpose = "HOPERAT" },
	{ GET, "/board/office/sittings/{sitting}/results", SECRETARY, NULL,
	  results_show, .purpose = "HOPERAT" },
	{ GET, "/board/office/sittings/{sitting}/attendance", SECRETARY, NULL,
	  attendance_paper, .purpose = "HOPERAT" },
	{ GET, "/board/office/applications/{application}", SECRETARY, NULL,
	  person_show, .page = "board-person.html", .title = N_("申請"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/papers", SECRETARY,
	  papers_in, person_papers,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/files", SECRETARY,
	  file_in, paper_add,
	  .then = "/board/office/applications/{application}",
	  .purpose = "HOPERAT" },
	{ GET, "/board/office/applications/{application}/files/{paper}",
	  SECRETARY, page_in, paper_show, .page = "leaf.html",
	  .title = N_("資料"), .purpose = "HOPERAT" },
	{ GET, "/board/office/applications/{application}/files/{paper}/page",
	  SECRETARY, page_in, paper_page, .purpose = "HOPERAT" },
	{ POST, "/board/office/applications/{application}/files/{paper}/remove",
	  SECRETARY, NULL, paper_remove,
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
	{ POST, "/board/office/applications/{application}/reopen", SECRETARY,
	  reopen_in, person_reopen,
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
	{ GET, "/board/office/applications/{application}/delay/{letter}/paper",
	  SECRETARY, NULL, delay_paper, .purpose = "HOPERAT" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	office_queries, video_queries, held_queries, notice_queries, file_queries, NULL
};

static const struct module secretariat = {
	.name = "secretariat",
	.routes = routes,
	.queries = queries,
	.pages = board_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = file_tidy
};

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], LEAF_ARGUMENT) == 0)
		return leaf_main();
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	return module_main(&secretariat, argc, argv);
}
