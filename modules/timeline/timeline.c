/* The timeline: what the people around one patient see and do. */
#include "timeline.h"

#include "attachment_sql.h"
#include "file.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "own_sql.h"
#include "timeline_pages.h"
#include "timeline_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input show_in[] = {
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input write_in[] = {
	{ .name = "body", .kind = LINES, .max = BODY_MAX,
	  .label = N_("本文") },
	{ .name = "kind", .kind = CHOICE, .optional = 1, .label = N_("種類"),
	  .choices = "note|observation|medication|daily_life|plan|report" },
	{ .name = "audience", .kind = CHOICE, .optional = 1,
	  .label = N_("公開範囲"), .choices = "team" },
	{ .name = "urgent", .kind = BOOLEAN, .optional = 1,
	  .label = N_("至急") },
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

static const struct route routes[] = {
	{ GET, "/timeline/{patient}", TEAM, show_in, entries_show,
	  .page = "entries.html", .title = N_("記録") },
	{ POST, "/timeline/{patient}", TEAM, write_in, entries_write,
	  .then = "/timeline/{patient}" },
	{ POST, "/timeline/{patient}/{entry}/read", TEAM, NULL,
	  receipts_read, .then = "/timeline/{patient}" },
	{ POST, "/timeline/{patient}/{entry}/acknowledge", TEAM, NULL,
	  receipts_acknowledge, .then = "/timeline/{patient}" },
	{ GET, "/timeline/{patient}/{entry}/readers", TEAM, NULL,
	  receipts_show, .page = "readers.html", .title = N_("既読と了解") },
	{ GET, "/timeline/{patient}/own", USER, show_in, own_show,
	  .page = "own.html", .title = N_("自分たちの記録") },
	{ GET, "/timeline/{patient}/{entry}/files", TEAM, NULL, files_show,
	  .page = "files.html", .title = N_("写真・ファイル") },
	{ GET, "/timeline/{patient}/{entry}/files/{file}", TEAM, file_in,
	  files_open },
	{ GET, "/timeline/{patient}/{entry}/files/{file}/thumbnail", TEAM,
	  NULL, files_thumbnail },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	timeline_queries, own_queries, attachment_queries, file_queries,
	mark_queries, notice_queries, NULL
};

static const struct module timeline = {
	.name = "timeline",
	.routes = routes,
	.queries = queries,
	.pages = timeline_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = file_tidy
};

int
main(int argc, char **argv)
{
	return module_main(&timeline, argc, argv);
}
