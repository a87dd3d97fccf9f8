/* Pages: what is escaped, what a value can say of itself, languages, layout. */
#include "arena.h"
#include "page.h"
#include "text.h"
#include "unit.h"
#include "visit_rows.h"

enum { CAP_BYTES = 4 * 1024 * 1024 };

static const struct word word[] = {
	{ "{{n}}件の未読", "{{n}} unread" },
	{ "往診", "Doctor's <visit>" },
	{ "訪問", "Visit" },
};

static const struct words words = { 3, word };

static int
start(void **state)
{
	*state = arena_new(CAP_BYTES);
	return 0;
}

static int
finish(void **state)
{
	arena_free(*state);
	return 0;
}

static struct pages *
read_pages(const struct page_source *source, char *why)
{
	return pages_new(&source, 1, &words, why, 128);
}

/* Renders the first of `source`, or the second inside it. */
static void
renders_in(enum lang lang, const struct page_source *source,
    const struct model *m, const char *expected)
{
	char why[128] = "";
	struct pages *pages = read_pages(source, why);
	struct page_call call = { .page = source->name, .lang = lang,
	    .now = NOON, .strict = 1 };
	struct buf b = { 0 };

	assert_string_equal(why, "");
	assert_non_null(pages);
	if (source[1].name != NULL && strcmp(source->name, "layout.html") == 0) {
		call.layout = source->name;
		call.page = source[1].name;
	}
	(void)page_render(pages, &call, m, &b);
	assert_string_equal(buf_text(&b), expected);
	buf_free(&b);
	pages_free(pages);
}

static void
renders(enum lang lang, const char *page, const struct model *m,
    const char *expected)
{
	struct page_source source[] = { { "show.html", page }, { 0 } };

	renders_in(lang, source, m, expected);
}

static void
escapes(void **state)
{
	struct model *m = model_new(*state);

	put_text(m, "x", "<b a=\"1\" c='2'>&amp;</b>");
	put_text(m, "none", NULL);
	put_i64(m, "n", -5);
	put_tenths(m, "t", -368);
	put_bool(m, "yes", 1);
	put_ref(m, "id", &some_ref);
	renders(LANG_JA, "<p title=\"{{x}}\">{{ x }}|{{none}}|{{n}}|{{t}}|{{yes}}|{{id}}",
	    m, "<p title=\"&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"
	    "&lt;/b&gt;\">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"
	    "&lt;/b&gt;||-5|-36.8|true|" SOME_REF);
}

static void
instants(void **state)
{
	struct model *m = model_new(*state);
	const char *page = "{{at.time}} {{at.day}} {{at.date}} {{at.iso}} {{at}} "
	    "{{day.day}} {{day.date}} {{day.iso}} {{day}}{{null.day}}";

	put_utc(m, "at", NOON);
	put_date(m, "day", 20779);
	put_text(m, "null", NULL);
	renders(LANG_JA, page, m, "12:00 11月22日（日） 2026年11月22日 "
	    "2026-11-22T03:00:00Z 2026-11-22T03:00:00.000Z "
	    "11月22日（日） 2026年11月22日 2026-11-22 2026-11-22");
	renders(LANG_EN, page, m, "12:00 Sun 22 Nov 22 Nov 2026 "
	    "2026-11-22T03:00:00Z 2026-11-22T03:00:00.000Z "
	    "Sun 22 Nov 22 Nov 2026 2026-11-22 2026-11-22");
	put_utc(m, "at", NOON + 12 * HOUR_MS - MINUTE_MS);
	renders(LANG_JA, "{{at.time}} {{at.day}}", m, "23:59 11月22日（日）");
	put_utc(m, "at", NOON + 12 * HOUR_MS);
	renders(LANG_JA, "{{at.time}} {{at.day}}", m, "0:00 11月23日（月）");
}

static void
relative(void **state)
{
	static const struct { utc_ms ago; const char *ja, *en; } day[] = {
		{ 0, "今日", "Today" },
		{ 12 * HOUR_MS, "今日", "Today" },
		{ 12 * HOUR_MS + 1, "昨日", "Yesterday" },
		{ 2 * DAY_MS, "11月20日（金）", "Fri 20 Nov" },
		{ -12 * HOUR_MS, "11月23日（月）", "Mon 23 Nov" },
		{ 365 * DAY_MS, "2025年11月22日", "22 Nov 2025" },
	};

	for (size_t i = 0; i < sizeof day / sizeof day[0]; i++) {
		struct model *m = model_new(*state);

		put_utc(m, "at", NOON - day[i].ago);
		renders(LANG_JA, "{{at.relative}}", m, day[i].ja);
		renders(LANG_EN, "{{at.relative}}", m, day[i].en);
	}
}

static void
lists(void **state)
{
	struct model *m = model_new(*state);
	struct entry e[] = {
		{ .entry_id = 1, .kind = "note", .body = "a", .at = NOON },
		{ .entry_id = 2, .kind = "report", .body = "b", .at = NOON - 1,
		  .author__name = "三好" },
		{ .entry_id = 3, .kind = "note", .body = "c", .at = NOON - DAY_MS,
		  .author__office__name = "むつみ" },
	};
	struct file f[] = { { 2, 1, "x" }, { 2, 2, "y" }, { 3, 3, "z" } };

	put_text(m, "body", "outer");
	put_text(m, "who", "me");
	put_rows(m, "entries", &(struct db_set){ e, 3, &entry_row });
	put_children(m, "entries", "files", &(struct db_set){ f, 3, &file_row },
	    "entry_id");
	renders(LANG_JA, "{{#entries}}{{#at.new_day}}[{{at.relative}}]{{/at.new_day}}"
	    "{{body}}{{#kind.note}}N{{/}}{{^kind.note}}-{{/}}"
	    "{{#author}}{{name}}@{{office.name}}{{/author}}{{author.name}}"
	    "{{#files}} {{name}}{{body}}{{who}}{{/files}}{{#files.many}}!{{/}}"
	    "{{files.count}};{{/entries}}{{entries.count}}{{body}}", m,
	    "[今日]aN0;b-三好@三好 xbme ybme!2;[昨日]cN@むつみ zcme1;3outer");
	for (int i = 0; i < 3; i++)
		put_utc(put_item(m, "items"), "at", NOON - i * 8 * HOUR_MS);
	renders(LANG_JA, "{{#items}}{{#at.new_day}}*{{/}}{{at.time}} {{/items}}",
	    m, "*12:00 4:00 *20:00 ");
}

static void
truth(void **state)
{
	struct model *m = model_new(*state);

	put_i64(m, "zero", 0);
	put_i64(m, "one", 1);
	put_text(m, "empty", "");
	put_text(m, "null", NULL);
	put_items(m, "list");
	(void)put_object(m, "object");
	put_utc(m, "at", 0);
	renders(LANG_JA, "{{#zero}}0{{/}}{{#one}}1{{/}}{{#empty}}e{{/}}{{#null}}n"
	    "{{/}}{{#list}}l{{/}}{{#object}}o{{/}}{{#at}}a{{/}}{{^zero}}!{{/}}",
	    m, "1oa!");
}

static void
languages(void **state)
{
	struct model *m = model_new(*state);
	const char *page = "<a title=\"{{#t}}往診{{/t}}\">{{#t}}{{n}}件の未読{{/t}} "
	    "{{kind.t}} {{other.t}} {{#t}}A & B{{/t}}";

	put_i64(m, "n", 3);
	put_text(m, "kind", "訪問");
	put_text(m, "other", "未知");
	renders(LANG_JA, page, m, "<a title=\"往診\">3件の未読 訪問 未知 A &amp; B");
	renders(LANG_EN, page, m, "<a title=\"Doctor&#39;s &lt;visit&gt;\">"
	    "3 unread Visit 未知 A &amp; B");
}

static void
layout(void **state)
{
	struct model *m = model_new(*state);
	static const struct page_source source[] = {
		{ "layout.html", "<main>\n  {{>page}}\n</main>\n" },
		{ "show.html", "<p>{{x}}</p>\n{{>foot}}\n" },
		{ "foot.html", "<hr>{{x}}\n" },
		{ 0 }
	};

	put_text(m, "x", "1");
	renders_in(LANG_EN, source, m, "<main>\n<p>1</p>\n<hr>1\n</main>\n");
}

static void
later_list_wins(void **state)
{
	static const struct page_source a[] = { { "x.html", "a" }, { 0 } };
	static const struct page_source b[] = { { "x.html", "b" }, { 0 } };
	const struct page_source *const lists[] = { a, b };
	struct pages *pages = pages_new(lists, 2, NULL, NULL, 0);
	struct page_call call = { .page = "x.html" };
	struct buf out = { 0 };

	assert_int_equal(pages_has(pages, "x.html"), 1);
	assert_int_equal(pages_has(pages, "y.html"), 0);
	assert_int_equal(page_render(pages, &call, model_new(*state), &out), 0);
	assert_string_equal(buf_text(&out), "b");
	buf_free(&out);
	pages_free(pages);
}

static void
strict(void **state)
{
	static const struct page_source source[] = {
		{ "show.html", "a{{#x}}{{y}}{{/x}}{{^z}}!{{/z}}b" },
		{ "self.html", "x{{>self}}" }, { 0 }
	};
	struct model *m = model_new(*state);
	char why[128];
	struct pages *pages = read_pages(source, why);
	struct page_call call = { .page = "show.html", .strict = 1 };
	struct buf b = { 0 };

	buf_puts(&b, "HEAD ");
	put_text(m, "x", "1");
	assert_int_equal(page_render(pages, &call, m, &b), -1);
	assert_string_equal(buf_text(&b), "HEAD show.html: no y");
	call.strict = 0;
	buf_reset(&b);
	assert_int_equal(page_render(pages, &call, m, &b), 0);
	assert_string_equal(buf_text(&b), "a!b");
	call.page = "none.html";
	assert_int_equal(page_render(pages, &call, m, &b), -1);
	call.page = "self.html";
	assert_int_equal(page_render(pages, &call, m, &b), -1);
	buf_free(&b);
	pages_free(pages);
}

static void
refusals(void **state)
{
	static const struct { const char *page, *why; } bad[] = {
		{ "{{{x}}}", "bad.html:1: there is no raw form" },
		{ "\n\n{{&x}}", "bad.html:3: there is no raw form" },
		{ "{{=<% %>=}}", "bad.html:1: not supported: {{=" },
		{ "{{<x}}{{/x}}", "bad.html:1: not supported: {{<" },
		{ "{{$x}}{{/x}}", "bad.html:1: not supported: {{$" },
		{ "{{>*x}}", "bad.html:1: no page *x.html" },
		{ "{{x", "bad.html:1: a tag without its end" },
		{ "{{}}", "bad.html:1: a tag without a name" },
		{ "{{x y}}", "bad.html:1: not a key: x y" },
		{ "{{x..y}}", "bad.html:1: not a key: x..y" },
		{ "{{#x}}\na", "bad.html:2: {{#x}} is not closed" },
		{ "{{#x}}{{/y}}", "bad.html:1: {{/y}} closes {{#x}}" },
		{ "{{/x}}", "bad.html:1: nothing to close" },
		{ "{{>none}}", "bad.html:1: no page none.html" },
		{ "{{#t}}a\nb{{/t}}",
		  "bad.html:1: a message ends with {{/t}} on its line" },
		{ "{{#t}}a{{#b}}{{/b}}{{/t}}",
		  "bad.html:1: a message holds only values: a{{#b}}{{/b}}" },
		{ "{{#a}}\n {{>bad}}\n{{/a}}",
		  "bad.html:2: includes itself, each time further in" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct page_source source[] = { { "bad.html", bad[i].page }, { 0 } };
		char why[128] = "";

		assert_null(read_pages(source, why));
		assert_string_equal(why, bad[i].why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes),
		cmocka_unit_test(instants),
		cmocka_unit_test(relative),
		cmocka_unit_test(lists),
		cmocka_unit_test(truth),
		cmocka_unit_test(languages),
		cmocka_unit_test(layout),
		cmocka_unit_test(later_list_wins),
		cmocka_unit_test(strict),
		cmocka_unit_test(refusals),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
