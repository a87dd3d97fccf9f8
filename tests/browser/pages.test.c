/*
 * Every page with every model of the folder models, in both languages, strictly:
 * a key that a page names and no handler puts fails here. Nothing Japanese is
 * left in an English page but data, which the models hold in Japanese too:
 * so their texts are taken out before looking.
 *
 *   pages.test             the test
 *   pages.test FOLDER      also writes NAME.ja.html, NAME.en.html there, to be
 *                          looked at; pages.t does so
 *
 * A model's file is named after its page, perhaps with a dot and a variant:
 * `entries.many.json`. Its texts "utc:…" and "date:…" are instants and days;
 * {"repeat": 50, "of": {…}} in an array is an item fifty times.
 */
#include "unit.h"

#include "../lib/json_read.h"
#include "page.h"
#include "text.h"

#include <glob.h>

enum { CAP_BYTES = 64 * 1024 * 1024, PAGES = 400, NAME_BYTES = 64,
	TEXTS = 1000 };

#define NOON ((utc_ms)1795316400000)	/* 2026-11-22T03:00:00Z, noon in Japan */

static const char *folder;
static struct arena *keep;	/* of the one test */

static char *
read_all(struct arena *mem, const char *path)
{
	FILE *f = fopen(path, "r");
	struct buf b = { 0 };
	char piece[4096], *text;
	size_t n;

	if (f == NULL)
		fail_msg("%s cannot be read", path);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(&b, piece, n);
	(void)fclose(f);
	text = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return text;
}

static const char *
base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static struct pages *
read_pages(struct arena *mem)
{
	static struct page_source source[PAGES];
	const struct page_source *list = source;
	struct pages *pages;
	char why[256] = "";
	glob_t found;

	if (glob(TESTDATA "/../modules/*/pages/*.html", 0, NULL, &found) != 0 ||
	    found.gl_pathc >= PAGES)
		fail_msg("no pages, or too many");
	for (size_t i = 0; i < found.gl_pathc; i++)
		source[i] = (struct page_source){
		    arena_text(mem, base(found.gl_pathv[i])),
		    read_all(mem, found.gl_pathv[i]) };
	globfree(&found);
	pages = pages_new(&list, 1, &tomozuna_words, why, sizeof why);
	if (pages == NULL)
		fail_msg("%s", why);
	return pages;
}

/* ---- models ---- */

static void put_json(struct model *, const char *key, const struct json *);

static void
fill(struct model *m, const struct json *object)
{
	for (const struct json *j = object->first; j != NULL; j = j->next)
		put_json(m, j->key, j);
}

static void
put_string(struct model *m, const char *key, const char *text)
{
	civil_date day;
	utc_ms at;

	if (strncmp(text, "utc:", 4) == 0 &&
	    instant_parse(text + 4, &at) == 0)
		put_utc(m, key, at);
	else if (strncmp(text, "date:", 5) == 0 &&
	    date_parse(text + 5, &day) == 0)
		put_date(m, key, day);
	else
		put_text(m, key, text);
}

/* One of many: like the others, but with an id of its own. */
static void
fill_one(struct arena *mem, struct model *m, const struct json *object,
    long n)
{
	char id[REF_HEX];

	snprintf(id, sizeof id, "%032lx", n);
	for (const struct json *j = object->first; j != NULL; j = j->next)
		if (strcmp(j->key, "id") == 0)
			put_text(m, "id", arena_text(mem, id));
		else
			put_json(m, j->key, j);
}

static void
put_array(struct model *m, const char *key, const struct json *array)
{
	put_items(m, key);
	for (const struct json *e = array->first; e != NULL; e = e->next) {
		const struct json *times = json_get(e, "repeat"), *of;

		if (times == NULL) {
			fill(put_item(m, key), e);
			continue;
		}
		of = json_get(e, "of");
		for (long n = strtol(times->text, NULL, 10); n > 0; n--)
			fill_one(keep, put_item(m, key), of, n);
	}
}

static void
put_json(struct model *m, const char *key, const struct json *j)
{
	switch (j->kind) {
	case JSON_NULL:
		put_text(m, key, NULL);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		put_bool(m, key, j->kind == JSON_TRUE);
		break;
	case JSON_NUMBER:
		put_i64(m, key, strtoll(j->text, NULL, 10));
		break;
	case JSON_TEXT:
		put_string(m, key, j->text);
		break;
	case JSON_OBJECT:
		fill(put_object(m, key), j);
		break;
	case JSON_ARRAY:
		put_array(m, key, j);
		break;
	}
}

static struct json *
read_json(struct arena *mem, const char *path)
{
	struct json_reader r = { mem, read_all(mem, path) };

	return json_read(&r);
}

/* The frame's keys, then the page's own, which win. */
static struct model *
read_model(struct arena *mem, const char *path, const char *lang)
{
	const struct json *frame, *own = read_json(mem, path);
	struct model *m = model_new(mem);

	frame = read_json(mem, TESTDATA "/browser/models/frame.json");
	for (const struct json *j = frame->first; j != NULL; j = j->next)
		if (json_get(own, j->key) == NULL)
			put_json(m, j->key, j);
	fill(m, own);
	put_text(m, "lang", lang);
	return m;
}

/* ---- what must not be there ---- */

static int
is_japanese(const unsigned char *p)
{
	unsigned c;

	if ((p[0] & 0xf0) != 0xe0)
		return 0;
	c = (p[0] & 0xfU) << 12 | (p[1] & 0x3fU) << 6 | (p[2] & 0x3fU);
	return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff) ||
	    (c >= 0xff01 && c <= 0xff9f);
}

static void
blank(char *page, const char *text)
{
	struct buf b = { 0 };
	char *at;

	buf_html(&b, text, strlen(text));
	while ((at = strstr(page, buf_text(&b))) != NULL)
		memset(at, ' ', b.n);
	buf_free(&b);
}

/* What of a model is data: not the texts that are ours. */
struct data {
	const char *text[TEXTS];
	size_t n;
};

static void
collect(struct data *d, const struct json *j, int is_error)
{
	static const char *const ours[] = { "title", "label", "profession" };

	for (const struct json *e = j->first; e != NULL; e = e->next)
		collect(d, e, is_error);
	if (j->kind != JSON_TEXT || j->text[0] == '\0')
		return;
	/* What an error says of its fields has been translated before. */
	for (size_t i = 0; i < NELEMENTS(ours); i++)
		if (j->key != NULL && strcmp(j->key, ours[i]) == 0 &&
		    !(is_error && i == 1))
			return;
	assert_true(d->n < TEXTS);
	d->text[d->n++] = j->text;
}

static int
by_length(const void *a, const void *b)
{
	size_t x = strlen(*(const char *const *)a);
	size_t y = strlen(*(const char *const *)b);

	return (x < y) - (x > y);
}

/* Takes the data out of the page, the longest first. */
static void
blank_data(char *page, struct arena *mem, const char *path)
{
	static struct data d;
	int is_error = strncmp(base(path), "error", 5) == 0;

	d.n = 0;
	collect(&d, read_json(mem, path), is_error);
	collect(&d, read_json(mem, TESTDATA "/browser/models/frame.json"), 0);
	qsort(d.text, d.n, sizeof d.text[0], by_length);
	for (size_t i = 0; i < d.n; i++)
		blank(page, d.text[i]);
}

static void
is_english(char *page, const char *name)
{
	blank(page, "日本語");	/* the language calls itself so in any */
	for (char *p = page; *p != '\0'; p++)
		if (is_japanese((unsigned char *)p))
			fail_msg("%s in English has: %.60s", name, p);
}

static void
save(const char *name, const char *lang, const char *text)
{
	char path[512];
	FILE *f;

	if (folder == NULL)
		return;
	snprintf(path, sizeof path, "%s/%s.%s.html", folder, name, lang);
	f = fopen(path, "w");
	if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0)
		fail_msg("%s cannot be written", path);
}

static void
render(struct arena *mem, const struct pages *pages, const char *path,
    enum lang lang)
{
	const char *code = lang == LANG_EN ? "en" : "ja";
	struct page_call call = { .layout = "layout.html", .lang = lang,
	    .now = NOON, .strict = 1 };
	char name[NAME_BYTES], page[NAME_BYTES];
	struct buf b = { 0 };
	char *text;

	snprintf(name, sizeof name, "%.*s", (int)(strlen(base(path)) - 5),
	    base(path));
	snprintf(page, sizeof page, "%.*s.html", (int)strcspn(name, "."), name);
	call.page = page;
	if (page_render(pages, &call, read_model(mem, path, code), &b) != 0)
		fail_msg("%s: %s", name, buf_text(&b));
	text = arena_text(mem, buf_text(&b));
	buf_free(&b);
	save(name, code, text);
	if (lang == LANG_EN) {
		blank_data(text, mem, path);
		is_english(text, name);
	}
}

static void
every_page_renders(void **state)
{
	struct arena *mem = arena_new(CAP_BYTES);
	struct pages *pages = read_pages(mem);
	glob_t found;

	(void)state;
	keep = mem;
	if (glob(TESTDATA "/browser/models/*.json", 0, NULL, &found) != 0)
		fail_msg("no models");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];

		if (strcmp(base(path), "frame.json") == 0)
			continue;
		render(mem, pages, path, LANG_JA);
		render(mem, pages, path, LANG_EN);
	}
	globfree(&found);
	pages_free(pages);
	arena_free(mem);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_renders)
	};

	folder = argc > 1 ? argv[1] : NULL;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
