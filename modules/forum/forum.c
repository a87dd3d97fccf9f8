/* Forums: groups of people, about no patient. */
#include "forum.h"

#include "forum_pages.h"
#include "member_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input show_in[] = {
	{ .name = "older", .kind = CURSOR, .optional = 1 },
	{ 0 }
};

static const struct input make_in[] = {
	{ .name = "name", .kind = TEXT, .min = 1, .max = NAME_MAX_CHARS,
	  .label = N_("グループの名前") },
	{ .name = "about", .kind = TEXT, .max = ABOUT_MAX,
	  .label = N_("何のためのグループか") },
	{ .name = "open_to", .kind = CHOICE,
	  .choices = "network|profession|office|members",
	  .label = N_("入る人") },
	{ .name = "profession", .kind = TEXT, .max = 3, .label = N_("職種") },
	{ 0 }
};

static const struct input write_in[] = {
	{ .name = "body", .kind = LINES, .min = 1, .max = BODY_MAX,
	  .label = N_("本文") },
	{ .name = "reply_to", .kind = REF, .optional = 1,
	  .label = N_("返信先") },
	{ 0 }
};

static const struct input read_in[] = {
	{ .name = "upto", .kind = REF, .label = N_("ここまで読んだ") },
	{ 0 }
};

static const struct input add_in[] = {
	{ .name = "person", .kind = REF, .label = N_("加える人") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/forums", USER, NULL, forums_show,
	  .page = "forums.html", .title = N_("グループ") },
	{ POST, "/forums", USER, make_in, forums_make, .then = "/forums" },
	{ GET, "/forums/{forum}", USER, show_in, entries_show,
	  .page = "forum.html", .title = N_("グループ") },
	{ POST, "/forums/{forum}", USER, write_in, entries_write,
	  .then = "/forums/{forum}" },
	{ POST, "/forums/{forum}/read", USER, read_in, entries_read,
	  .then = "/forums/{forum}" },
	{ POST, "/forums/{forum}/{entry}/withdraw", USER, NULL,
	  entries_withdraw, .then = "/forums/{forum}" },
	{ GET, "/forums/{forum}/members", USER, NULL, members_show,
	  .page = "forum-members.html", .title = N_("グループの人") },
	{ POST, "/forums/{forum}/members", USER, add_in, members_add,
	  .then = "/forums/{forum}/members" },
	{ POST, "/forums/{forum}/leave", USER, NULL, members_leave,
	  .then = "/forums" },
	{ POST, "/forums/{forum}/close", USER, NULL, forums_close,
	  .then = "/forums" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	forum_queries, member_queries, NULL
};

static const struct module forum = {
	.name = "forum",
	.routes = routes,
	.queries = queries,
	.pages = forum_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&forum, argc, argv);
}
