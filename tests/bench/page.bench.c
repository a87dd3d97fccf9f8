/* How long a page of 50 entries takes to render, and as JSON: the least of many. */
#include "../lib/visit_rows.h"
#include "arena.h"
#include "page.h"
#include "text.h"

enum { ROWS = 50, ROUNDS = 20000, CAP_BYTES = 4 * 1024 * 1024 };

static const struct page_source source[] = {
	{ "layout.html", "<!doctype html><html lang=\"ja\"><body>\n{{>page}}"
	    "<nav>{{#t}}往診{{/t}}</nav></body></html>\n" },
	{ "show.html", "{{#entries}}\n{{#at.new_day}}<p class=\"day\">{{at.relative}}</p>"
	    "{{/at.new_day}}\n<article id=\"{{id}}\"{{#urgent}} class=\"urgent\""
	    "{{/urgent}}><header><b>{{author.name}}</b> <i>{{author.office.name}}"
	    "</i><time datetime=\"{{at.iso}}\">{{at.time}}</time></header>\n"
	    "{{#kind.note}}<span>{{#t}}訪問{{/t}}</span>{{/kind.note}}"
	    "{{#kind.report}}<span>R</span>{{/kind.report}}\n<p>{{body}}</p>"
	    "{{#note}}<p>{{note}}</p>{{/note}}<p>{{due.day}}</p>\n"
	    "<a href=\"/timeline/{{patient}}/{{id}}\">{{replies}}</a>\n"
	    "{{#files}}<a href=\"/f/{{id}}\">{{name}}</a>{{/files}}"
	    "{{#seen}}{{seen.time}}{{/seen}}</article>\n{{/entries}}\n" },
	{ 0 }
};

static struct model *
say(struct arena *mem, struct db_set *entries, struct db_set *files)
{
	struct model *m = model_new(mem);

	put_ref(m, "patient", &some_ref);
	for (int i = 0; i < 20; i++)
		put_i64(m, arena_printf(mem, "frame_%d", i), i);
	put_rows(m, "entries", entries);
	put_children(m, "entries", "files", files, "entry_id");
	return m;
}

static double
now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Keeps the least: others use the machine too. */
static void
least(double *us, double since)
{
	double t = now_us() - since;

	if (*us == 0 || t < *us)
		*us = t;
}

int
main(void)
{
	const struct page_source *list = source;
	char why[128];
	struct pages *pages = pages_new(&list, 1, NULL, why, sizeof why);
	struct page_call call = { "layout.html", "show.html", LANG_JA, NOON, 1 };
	static struct entry e[ROWS];
	static struct file f[ROWS];
	struct db_set entries = { e, ROWS, &entry_row };
	struct db_set files = { f, ROWS, &file_row };
	struct arena *mem = arena_new(CAP_BYTES);
	struct buf b = { 0 };
	double us[3] = { 0 }, t;
	size_t html = 0;

	if (pages == NULL)
		return puts(why), 1;
	for (int i = 0; i < ROWS; i++) {
		e[i] = (struct entry){ i, &some_ref, i % 2 ? "note" : "report",
		    "右下腿の腫れと熱感が昨日より強いです。体温37.8℃、SpO₂ 93%。",
		    NULL, NOON - i * HOUR_MS, { 0, 0 }, 20779, i % 9 == 0,
		    "三好 かえで", "むつみ訪問看護", i };
		f[i] = (struct file){ i / 2, i, "photo.jpg" };
	}
	for (int i = 0; i < ROUNDS; i++) {
		struct model *m;

		arena_reset(mem);
		t = now_us();
		m = say(mem, &entries, &files);
		least(&us[0], t);
		buf_reset(&b);
		t = now_us();
		if (page_render(pages, &call, m, &b) == -1)
			return puts(buf_text(&b)), 1;
		least(&us[1], t);
		html = b.n;
		buf_reset(&b);
		t = now_us();
		model_json(m, &b);
		least(&us[2], t);
	}
	printf("model %.1f us, page of %zu bytes %.1f us, JSON of %zu bytes %.1f us\n",
	    us[0], html, us[1], b.n, us[2]);
	buf_free(&b);
	arena_free(mem);
	pages_free(pages);
	return 0;
}
