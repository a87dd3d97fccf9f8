/* The timeline: what the people around one patient see and do. */
#include "timeline.h"

#include "mark_sql.h"
#include "notice_sql.h"
#include "timeline_pages.h"
#include "timeline_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input show_in[] = {
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input write_in[] = {
	{ .name = "body", .kind = LINES, .min = 1, .max = BODY_MAX,
	  .label = N_("本文") },
	{ .name = "kind", .kind = CHOICE, .optional = 1, .label = N_("種類"),
	  .choices = "note|observation|medication|daily_life|plan|report" },
	{ .name = "audience", .kind = CHOICE, .optional = 1,
	  .label = N_("公開範囲"), .choices = "team" },
	{ .name = "urgent", .kind = BOOLEAN, .optional = 1,
	  .label = N_("至急") },
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
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	timeline_queries, mark_queries, notice_queries, NULL
};

static const struct module timeline = {
	.name = "timeline",
	.routes = routes,
	.queries = queries,
	.pages = timeline_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&timeline, argc, argv);
}
