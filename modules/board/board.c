/* The review board: inputs, routes, main(). */
#include "board.h"

#include "after_sql.h"
#include "aggregate_sql.h"
#include "board_pages.h"
#include "held_sql.h"
#include "leaf.h"
#include "member_sql.h"
#include "session_sql.h"
#include "paper.h"
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
	  .optional = 1, .label = N_("要介護度・障害支援区分") },
	{ .name = "months", .kind = INTEGER, .min = 3, .max = 48,
	  .optional = 1, .label = N_("有効期間（月）") },
	{ .name = "state_image", .kind = CHOICE, .choices = STATE_IMAGES,
	  .optional = 1, .label = N_("状態像") },
	{ .name = "comment", .kind = TEXT, .max = 400, .label = N_("理由") },
	{ .name = "act", .kind = CHOICE, .choices = "propose|keep",
	  .label = N_("判定の扱い") },
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

static const struct input reopen_in[] = {
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 400,
	  .label = N_("取りあげなおす理由") },
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
	{ .name = "item", .kind = INTEGER, .min = 0, .max = 80, .optional = 1,
	  .label = N_("根拠の調査項目") },
	{ .name = "board_opinion", .kind = TEXT, .max = 400,
	  .label = N_("審査会の意見") },
	{ 0 }
};


static const struct input page_in[] = {
	{ .name = "page", .kind = INTEGER, .min = 1, .max = LEAVES_MOST,
	  .optional = 1, .label = N_("ページ") },
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
	{ GET, "/board/applications/{application}/papers/{paper}", BOARD_MEMBER,
	  page_in, leaf_show, .page = "leaf.html", .title = N_("資料"),
	  .purpose = "HOPERAT" },
	{ GET, "/board/applications/{application}/papers/{paper}/page",
	  BOARD_MEMBER, page_in, leaf_page, .purpose = "HOPERAT" },
	{ POST, "/board/applications/{application}/proposal", BOARD_MEMBER,
	  proposal_in, proposal_write,
	  .then = "/board/applications/{application}", .purpose = "HOPERAT" },
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
	  .page = "board-minutes.html", .title = N_("議事録"), .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}/minutes/paper", BOARD, NULL,
	  minutes_paper, .purpose = "HOPERAT" },
	{ GET, "/board/session/{sitting}/{application}", BOARD, NULL,
	  heard_show, .page = "heard.html", .title = N_("審査"),
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/{application}/step", BOARD, step_in,
	  heard_step, .then = "/board/session/{sitting}/{application}",
	  .purpose = "HOPERAT" },
	{ POST, "/board/session/{sitting}/{application}/reopen", BOARD,
	  reopen_in, heard_reopen,
	  .then = "/board/session/{sitting}/{application}",
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
	member_queries, aggregate_queries, session_queries, after_queries,
	held_queries, NULL
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
	if (argc == 2 && strcmp(argv[1], LEAF_ARGUMENT) == 0)
		return leaf_main();
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	return module_main(&board, argc, argv);
}
