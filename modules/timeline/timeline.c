/* The timeline: what the people around one patient see and do. */
#include "timeline.h"

#include "attachment_sql.h"
#include "change_sql.h"
#include "draft_sql.h"
#include "drafts.h"
#include "file.h"
#include "gram_sql.h"
#include "mark_sql.h"
#include "mention_sql.h"
#include "notice_sql.h"
#include "own_sql.h"
#include "paper_sql.h"
#include "question.h"
#include "question_sql.h"
#include "reaction_sql.h"
#include "receipt_sql.h"
#include "timeline_pages.h"
#include "timeline_sql.h"
#include "viewer.h"
#include "who.h"

#define KINDS "note|observation|medication|daily_life|plan|report|diagnosis"
#define AUDIENCES "team|professions|named|disease_network"

static const struct input show_in[] = {
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

/* What an entry is for and for whom; a form and a draft of it have the same. */
#define ENTRY_INPUTS \
	{ .name = "kind", .kind = CHOICE, .optional = 1, .label = N_("種類"), \
	  .choices = KINDS }, \
	{ .name = "audience", .kind = CHOICE, .optional = 1, \
	  .label = N_("公開範囲"), .choices = AUDIENCES }, \
	{ .name = "profession", .kind = TEXT, .min = 3, .max = 3, \
	  .many = ADDRESSED_MAX, .label = N_("見える職種") }, \
	{ .name = "person", .kind = REF, .many = ADDRESSED_MAX, \
	  .label = N_("見える人") }, \
	{ .name = "disease_network", .kind = REF, .optional = 1, \
	  .label = N_("疾患別ネットワーク") }, \
	{ .name = "urgent", .kind = BOOLEAN, .optional = 1, \
	  .label = N_("至急") }

static const struct input write_in[] = {
	{ .name = "body", .kind = LINES, .max = BODY_MAX,
	  .label = N_("本文") },
	ENTRY_INPUTS,
	{ .name = "reply_to", .kind = REF, .optional = 1,
	  .label = N_("返信先") },
	{ .name = "answers", .kind = BOOLEAN, .optional = 1,
	  .label = N_("質問への返事") },
	/* A profession's code, or somebody's id. */
	{ .name = "asked", .kind = TEXT, .max = REF_HEX - 1,
	  .label = N_("質問の相手") },
	{ .name = "due_on", .kind = DATE, .min = 2020, .max = 2999,
	  .optional = 1, .label = N_("返事がほしい日") },
	{ .name = "attachment", .kind = FILES, .max = ATTACHMENTS_MAX,
	  .max_bytes = ATTACHMENT_BYTES, .label = N_("写真・ファイル"),
	  .choices = FILE_PICTURES "|" FILE_VIDEOS "|" FILE_PAPERS },
	/* Made by the browser, each right behind its picture. */
	{ .name = "thumbnail", .kind = FILES, .max = ATTACHMENTS_MAX,
	  .max_bytes = THUMBNAIL_BYTES, .choices = "image/jpeg|image/webp" },
	{ 0 }
};

static const struct input file_in[] = {
	{ .name = "save", .kind = BOOLEAN, .optional = 1 },
	{ 0 }
};

static const struct input state_in[] = {
	{ .name = "since", .kind = REF, .optional = 1 },
	{ 0 }
};

static const struct input correct_in[] = {
	{ .name = "body", .kind = LINES, .min = 1, .max = BODY_MAX,
	  .label = N_("正しい本文") },
	{ 0 }
};

static const struct input draft_of_in[] = {
	{ .name = "reply_to", .kind = REF, .optional = 1 },
	{ 0 }
};

static const struct input draft_in[] = {
	{ .name = "body", .kind = LINES, .max = DRAFT_MAX,
	  .label = N_("本文") },
	ENTRY_INPUTS,
	{ .name = "reply_to", .kind = REF, .optional = 1 },
	{ .name = "stamp", .kind = TEXT, .max = 20 },
	{ 0 }
};

static const struct input withdraw_in[] = {
	{ .name = "reason", .kind = TEXT, .max = REASON_MAX,
	  .label = N_("取り消す理由") },
	{ 0 }
};

static const struct input move_in[] = {
	{ .name = "patient", .kind = REF, .label = N_("正しい方") },
	{ 0 }
};

static const struct input search_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = SEARCH_MAX,
	  .label = N_("さがす言葉") },
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input fax_in[] = {
	{ .name = "sent_to", .kind = TEXT, .min = 1, .max = SENT_TO_MAX,
	  .label = N_("送り先") },
	{ 0 }
};

#define PAGE "/timeline/{patient}"
#define ENTRY "/timeline/{patient}/{entry}"

static const struct route routes[] = {
	{ GET, PAGE, TEAM, show_in, entries_show,
	  .page = "entries.html", .title = N_("記録") },
	{ POST, PAGE, TEAM, write_in, write_entry, .then = PAGE },
	{ GET, PAGE "/write", TEAM, NULL, write_form,
	  .page = "write.html", .title = N_("記録に書く") },
	{ GET, PAGE "/questions", TEAM, NULL, questions_show,
	  .page = "questions.html", .title = N_("あなたへ・返事を待つ質問") },
	{ GET, PAGE "/state", TEAM, state_in, state_show },
	{ POST, PAGE "/search", TEAM, search_in, search_entries,
	  .page = "entries.html", .title = N_("記録をさがす"), .reads = 1,
	  .per_minute = 60 },
	{ GET, PAGE "/draft", TEAM, draft_of_in, drafts_show,
	  .page = "draft.html", .title = N_("下書き") },
	{ POST, PAGE "/draft", TEAM, draft_in, drafts_save,
	  .then = PAGE "/draft" },
	{ GET, ENTRY, TEAM, NULL, entry_show,
	  .page = "entry.html", .title = N_("記録") },
	{ POST, ENTRY "/read", TEAM, NULL, receipts_read, .then = PAGE },
	{ POST, ENTRY "/acknowledge", TEAM, NULL, receipts_acknowledge,
	  .then = PAGE },
	{ POST, ENTRY "/unread", TEAM, NULL, receipts_unread, .then = PAGE },
	{ GET, ENTRY "/readers", TEAM, NULL, receipts_show,
	  .page = "readers.html", .title = N_("既読と了解") },
	{ POST, ENTRY "/correct", TEAM, correct_in, write_correction,
	  .then = PAGE },
	{ POST, ENTRY "/withdraw", TEAM, withdraw_in, changes_withdraw,
	  .then = PAGE },
	{ POST, ENTRY "/recall", TEAM, NULL, changes_recall,
	  .then = PAGE "/draft" },
	{ GET, ENTRY "/move", TEAM, NULL, changes_move_form,
	  .page = "move.html", .title = N_("正しい方へ移す") },
	{ POST, ENTRY "/move", TEAM, move_in, changes_move, .then = PAGE },
	{ POST, ENTRY "/fax", TEAM, fax_in, fax_send, .then = ENTRY },
	{ GET, ENTRY "/fax/{fax}", TEAM, NULL, fax_show,
	  .page = "fax.html", .title = N_("FAX") },
	{ GET, "/timeline/{patient}/own", USER, show_in, own_show,
	  .page = "own.html", .title = N_("自分たちの記録") },
	{ GET, "/timeline/{patient}/own/{entry}/files/{file}", USER, file_in,
	  own_open },
	{ GET, "/timeline/{patient}/{entry}/files", TEAM, NULL, files_show,
	  .page = "files.html", .title = N_("写真・ファイル") },
	{ GET, "/timeline/{patient}/{entry}/files/{file}", TEAM, file_in,
	  files_open },
	{ GET, "/timeline/{patient}/{entry}/files/{file}/thumbnail", TEAM,
	  NULL, files_thumbnail },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	timeline_queries, receipt_queries, change_queries, gram_queries,
	paper_queries, draft_queries, own_queries, attachment_queries,
	reaction_queries, question_queries, mention_queries, file_queries, mark_queries, notice_queries, NULL
};

static int
tidy(const struct settings *s, struct db *db, struct arena *mem, utc_ms now)
{
	int more = file_tidy(s, db, mem, now);

	return question_tidy(db, mem, now) || more;
}

static const struct module timeline = {
	.name = "timeline",
	.routes = routes,
	.queries = queries,
	.pages = timeline_pages,
	.words = &tomozuna_words,
	.reactions = timeline_reactions,
	.hooks = &care_hooks,
	.tidy = tidy
};

int
main(int argc, char **argv)
{
	return module_main(&timeline, argc, argv);
}
