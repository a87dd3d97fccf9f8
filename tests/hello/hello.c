/* hello - the smallest complete module: a visitor leaves a name. */
#include "hello_pages.h"
#include "hello_sql.h"
#include "module.h"

enum { RECENT = 10 };	/* visits shown */

static int
show(struct req *r, struct model *m)
{
	struct visit_rows recent;

	hello_recent_visits(r->db, &recent, RECENT);
	put_rows(m, "visits", &recent.set);
	return 200;
}

static int
note(struct req *r, struct model *m)
{
	hello_note_visit(r->db, r->id, in_text(r, "name"), in_text(r, "note"),
	    r->now);
	event_publish(r->db, &(struct event){
		.topic = "hello.visited", .ref = r->id, .at = r->now,
		.sentence_ja = "訪問がありました。",
		.sentence_en = "Somebody came by.",
	});
	put_id(m, r->id);
	return 201;
}

static void
greet(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	(void)id;
	hello_greet(db, e->ref, now);
}

static const struct input note_in[] = {
	/* name   kind   min max, in characters */
	{ "name", TEXT,  1, 40,  .label = "名前" },
	{ "note", LINES, 0, 200, .label = "ひとこと" },
	{ 0 }
};

static const struct route routes[] = {
	/* method path      who     inputs   handler page        then */
	{ GET,    "/hello", PUBLIC, NULL,    show,   "show.html",
	    .title = "こんにちは" },
	{ POST,   "/hello", PUBLIC, note_in, note,   NULL,       "/hello",
	    .per_minute = 60 },
	{ 0 }
};

/* Who reacts to what; 0001-visit.sql registers it. */
static const struct reaction reactions[] = {
	{ "hello.visited", greet },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	hello_queries, NULL
};

static const struct module hello = {
	.name = "hello",
	.routes = routes,
	.queries = queries,
	.pages = hello_pages,
	.reactions = reactions,
};

int
main(int argc, char **argv)
{
	return module_main(&hello, argc, argv);
}
