/* Video meetings: one press, and the team is invited. */
#include "meeting.h"

#include "file.h"
#include "invitation_sql.h"
#include "meeting_pages.h"
#include "notice_sql.h"
#include "paper.h"
#include "paper_sql.h"
#include "poll_sql.h"
#include "reminder_sql.h"
#include "room_sql.h"
#include "viewer.h"
#include "who.h"

#define KINDS_OF_PATIENT "care_conference|discharge_conference"
#define KINDS_OF_NOBODY "community_conference|training_course|sitting"

#define WHEN									\
	{ .name = "day", .kind = DATE, .min = 2000, .max = 2200,		\
	  .label = N_("日") },							\
	{ .name = "begins", .kind = TEXT, .min = 5, .max = 5,			\
	  .label = N_("はじめ") },						\
	{ .name = "ends", .kind = TEXT, .min = 5, .max = 5,			\
	  .label = N_("おわり") }

#define WHAT									\
	{ .name = "title", .kind = TEXT, .min = 1, .max = 80,			\
	  .label = N_("会議の名前") },						\
	WHEN,									\
	{ .name = "agenda", .kind = LINES, .max = 4000, .label = N_("次第") }

#define HOW									\
	{ .name = "recording", .kind = BOOLEAN, .label = N_("録画する") },	\
	{ .name = "invite", .kind = BOOLEAN, .label = N_("招待を送る") }

#define CONSENT(least)								\
	{ .name = "consent_signer", .kind = TEXT, .min = least, .max = 80,	\
	  .label = N_("同意した人") },						\
	{ .name = "consent_relation", .kind = TEXT, .min = least, .max = 40,	\
	  .label = N_("続柄") },							\
	{ .name = "consent_recording", .kind = BOOLEAN,			\
	  .label = N_("録画への同意") }

static const struct input list_in[] = {
	{ .name = "past", .kind = BOOLEAN },
	{ .name = "later", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input of_patient_in[] = {
	{ .name = "kind", .kind = CHOICE, .choices = KINDS_OF_PATIENT,
	  .label = N_("会議の種別") },
	WHAT,
	{ .name = "presence", .kind = CHOICE,
	  .choices = "none|patient|family|both",
	  .label = N_("本人・家族の参加") },
	CONSENT(0),
	HOW,
	{ 0 }
};

static const struct input of_nobody_in[] = {
	{ .name = "kind", .kind = CHOICE, .choices = KINDS_OF_NOBODY,
	  .label = N_("会議の種別") },
	WHAT,
	{ .name = "office", .kind = REF, .optional = 1,
	  .label = N_("招く事業所") },
	HOW,
	{ 0 }
};

static const struct input of_forum_in[] = {
	{ .name = "kind", .kind = CHOICE, .choices = KINDS_OF_NOBODY,
	  .label = N_("会議の種別") },
	WHAT,
	HOW,
	{ 0 }
};

static const struct input change_in[] = { WHAT, { 0 } };

static const struct input consent_in[] = {
	{ .name = "presence", .kind = CHOICE, .optional = 1,
	  .choices = "patient|family|both", .label = N_("本人・家族の参加") },
	CONSENT(1),
	{ 0 }
};

static const struct input guest_in[] = {
	{ .name = "guest", .kind = CHOICE, .choices = "family|outsider",
	  .label = N_("どなたか") },
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("名前") },
	{ .name = "office", .kind = TEXT, .max = 80,
	  .label = N_("続柄・所属") },
	{ .name = "mail", .kind = TEXT, .min = 3, .max = 254,
	  .label = N_("メールアドレス") },
	{ 0 }
};

static const struct input answer_in[] = {
	{ .name = "response", .kind = CHOICE,
	  .choices = "accepted|declined|tentative", .label = N_("出欠") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input guest_answer_in[] = {
	{ .name = "response", .kind = CHOICE,
	  .choices = "accepted|declined|tentative", .label = N_("出欠") },
	{ 0 }
};

static const struct input minutes_in[] = {
	{ .name = "minutes", .kind = LINES, .min = 1, .max = 8000,
	  .label = N_("会議の要点") },
	{ 0 }
};

static const struct input date_in[] = {
	WHEN,
	{ 0 }
};

static const struct input vote_in[] = {
	{ .name = "fits", .kind = REF, .many = DATES_MOST,
	  .label = N_("行ける日") },
	{ .name = "perhaps", .kind = REF, .many = DATES_MOST,
	  .label = N_("できれば避けたい日") },
	{ 0 }
};

static const struct input take_in[] = {
	{ .name = "date", .kind = REF, .label = N_("日") },
	{ 0 }
};

static const struct input paper_in[] = {
	{ .name = "paper", .kind = FILES, .max = 1,
	  .max_bytes = PAPER_BYTES, .label = N_("資料"),
	  .choices = FILE_PICTURES "|" FILE_PAPERS },
	{ .name = "last_on", .kind = DATE, .label = N_("いつまで置くか") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/meeting", USER, list_in, meetings_show,
	  .page = "meetings.html", .title = N_("会議") },
	{ GET, "/meeting/new", USER, NULL, meetings_new,
	  .page = "new-meeting.html", .title = N_("会議を開く") },
	{ POST, "/meeting", USER, of_nobody_in, meetings_make,
	  .then = "/meeting/{id}" },
	{ GET, "/meeting/training", USER, NULL, courses_show,
	  .page = "training.html", .title = N_("受けた研修") },
	{ GET, "/meeting/of/{patient}", TEAM, NULL, meetings_of_patient,
	  .page = "patient-meetings.html", .title = N_("会議") },
	{ POST, "/meeting/of/{patient}", TEAM, of_patient_in, meetings_make,
	  .then = "/meeting/{id}" },
	{ GET, "/meeting/in/{forum}", USER, NULL, forum_meetings,
	  .page = "forum-meetings.html", .title = N_("会議") },
	{ POST, "/meeting/in/{forum}", USER, of_forum_in, forum_make,
	  .then = "/meeting/{id}" },
	{ GET, "/meeting/{meeting}", USER, NULL, meetings_one,
	  .page = "meeting.html", .title = N_("会議") },
	{ POST, "/meeting/{meeting}/change", USER, change_in, meetings_change,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/cancel", USER, NULL, meetings_cancel,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/consent", USER, consent_in,
	  meetings_consent, .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/invite", USER, NULL, invitations_send,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/guest", USER, guest_in, invitations_guest,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/answer", USER, answer_in,
	  invitations_answer, .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/sign_up", USER, NULL, invitations_sign_up,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/{invitation}/remove", USER, NULL,
	  invitations_remove, .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/dates", USER, date_in, polls_offer,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/vote", USER, vote_in, polls_vote,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/take", USER, take_in, polls_take,
	  .then = "/meeting/{meeting}" },
	{ POST, "/meeting/{meeting}/papers", USER, paper_in, papers_add,
	  .then = "/meeting/{meeting}" },
	{ GET, "/meeting/{meeting}/papers/{paper}", USER, NULL, papers_open },
	{ POST, "/meeting/{meeting}/papers/{paper}/remove", USER, NULL,
	  papers_take_back, .then = "/meeting/{meeting}" },
	{ GET, "/meeting/{meeting}/room", USER, NULL, room_wait,
	  .page = "room.html", .title = N_("待合") },
	{ POST, "/meeting/{meeting}/enter", USER, NULL, room_enter,
	  .page = "entered.html", .title = N_("会議に入る") },
	{ GET, "/meeting/{meeting}/go", USER, NULL, room_go },
	{ POST, "/meeting/{meeting}/minutes", USER, minutes_in, minutes_write,
	  .then = "/meeting/{meeting}" },
	{ GET, "/meeting/{meeting}/print", USER, NULL, minutes_print,
	  .page = "minutes.html", .title = N_("会議の要点") },
	{ GET, "/meeting/{meeting}/sheet", USER, NULL, minutes_sheet },
	{ GET, "/meeting/guest/{token}", PUBLIC, NULL, guest_wait,
	  .page = "guest.html", .title = N_("待合"), .per_minute = 60 },
	{ POST, "/meeting/guest/{token}/enter", PUBLIC, NULL, guest_enter,
	  .page = "guest-entered.html", .title = N_("会議に入る"),
	  .per_minute = 60 },
	{ GET, "/meeting/guest/{token}/go", PUBLIC, NULL, guest_go,
	  .per_minute = 60 },
	{ POST, "/meeting/guest/{token}/answer", PUBLIC, guest_answer_in,
	  guest_answer, .then = "/meeting/guest/{token}", .per_minute = 60 },
	{ POST, "/meeting/guest/{token}/renew", PUBLIC, NULL, guest_renew,
	  .then = "/meeting/guest/{token}", .per_minute = 60 },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	meeting_queries, invitation_queries, room_queries, poll_queries,
	paper_queries, reminder_queries, notice_queries, file_queries, NULL
};

static const struct module meeting = {
	.name = "meeting",
	.routes = routes,
	.queries = queries,
	.pages = meeting_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = meeting_tidy
};

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PAPER_ARGUMENT) == 0)
		return paper_main();
	return module_main(&meeting, argc, argv);
}
