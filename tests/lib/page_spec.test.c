/*
 * Mustache's own tests (github.com/mustache/spec), as far as pages follow it.
 * Each case that is left out stands below with its reason; a page that uses
 * what we refuse must be refused when it is read.
 */
#include "json_read.h"
#include "page.h"
#include "text.h"
#include "unit.h"

enum { CAP_BYTES = 8 * 1024 * 1024, PARTIALS = 8 };

static const char *const files[] = {
	"interpolation", "sections", "inverted", "comments", "partials"
};

static const struct {
	const char *file, *name;	/* a name's beginning */
	const char *why;
} out_of_scope[] = {
	{ "interpolation", "Triple Mustache", "no raw form" },
	{ "interpolation", "Ampersand", "no raw form" },
	{ "interpolation", "Dotted Names - Triple Mustache Interpolation", "no raw form" },
	{ "interpolation", "Dotted Names - Ampersand Interpolation", "no raw form" },
	{ "interpolation", "Implicit Iterators - Triple Mustache", "no raw form" },
	{ "interpolation", "Implicit Iterators - Ampersand", "no raw form" },
	{ "sections", "Implicit Iterator - Triple mustache", "no raw form" },
	{ "sections", "Implicit Iterator - Ampersand", "no raw form" },
	{ "partials", "Standalone Indentation", "no raw form" },
	{ "partials", "Failed Lookup",
	  "an absent include is found when the program starts" },
};

static int
left_out(const char *file, const char *name)
{
	for (size_t i = 0; i < sizeof out_of_scope / sizeof out_of_scope[0]; i++)
		if (strcmp(out_of_scope[i].file, file) == 0 &&
		    strncmp(out_of_scope[i].name, name,
		    strlen(out_of_scope[i].name)) == 0)
			return 1;
	return 0;
}

static void put_json(struct model *, const char *key, const struct json *);

static void
fill(struct model *m, const struct json *object)
{
	for (const struct json *j = object->first; j != NULL; j = j->next)
		put_json(m, j->key, j);
}

/* Decimals go in as text: models have none. */
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
		if (strchr(j->text, '.') == NULL) {
			put_i64(m, key, strtoll(j->text, NULL, 10));
			break;
		}
		put_text(m, key, j->text);
		break;
	case JSON_TEXT:
		put_text(m, key, j->text);
		break;
	case JSON_OBJECT:
		fill(put_object(m, key), j);
		break;
	case JSON_ARRAY:
		put_items(m, key);
		for (const struct json *e = j->first; e != NULL; e = e->next) {
			struct model *item = put_item(m, key);

			if (e->kind == JSON_OBJECT)
				fill(item, e);
			else
				put_json(item, ".", e);
		}
		break;
	}
}

/* Reads a case's page; what it renders, or NULL if it was refused. */
static const char *
render(struct arena *mem, const struct json *c, char *why, size_t why_bytes)
{
	const struct json *partials = json_get(c, "partials");
	const struct json *data = json_get(c, "data");
	struct page_source source[PARTIALS + 2] = {
		{ "case.html", json_get(c, "template")->text }
	};
	const struct page_source *list = source;
	struct page_call call = { .page = "case.html" };
	struct model *m = model_new(mem);
	struct buf b = { 0 };
	const char *text;
	struct pages *pages;
	int n = 1;

	for (const struct json *p = partials == NULL ? NULL : partials->first;
	    p != NULL && n <= PARTIALS; p = p->next, n++)
		source[n] = (struct page_source){
		    arena_printf(mem, "%s.html", p->key), p->text };
	pages = pages_new(&list, 1, NULL, why, why_bytes);
	if (pages == NULL)
		return NULL;
	if (data->kind == JSON_OBJECT)
		fill(m, data);
	else
		put_json(m, ".", data);
	assert_int_equal(page_render(pages, &call, m, &b), 0);
	text = arena_text(mem, buf_text(&b));
	buf_free(&b);
	pages_free(pages);
	return text;
}

/* 1 if the case goes as it should. */
static int
check(struct arena *mem, const char *file, const struct json *c)
{
	const char *name = json_get(c, "name")->text;
	const char *expected = json_get(c, "expected")->text, *got;
	int out = left_out(file, name);
	char why[256] = "";

	got = render(mem, c, why, sizeof why);
	if (out ? got == NULL : got != NULL && strcmp(got, expected) == 0)
		return 1;
	print_error("%s: %s: expected %s, got %s (%s)\n", file, name,
	    out ? "a refusal" : expected, got == NULL ? "nothing" : got,
	    why);
	return 0;
}

static const char *
read_file(struct arena *mem, const char *path)
{
	enum { MAX = 256 * 1024 };
	FILE *f = fopen(path, "r");
	char *text = arena_take(mem, MAX);

	if (f == NULL)
		return NULL;
	text[fread(text, 1, MAX - 1, f)] = '\0';
	(void)fclose(f);
	return text;
}

static void
spec(void **state)
{
	const char *root = getenv("TOMOZUNA_REALDATA");
	int bad = 0, cases = 0;

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct arena *mem = arena_new(CAP_BYTES);
		struct json_reader r = { .mem = mem };
		const struct json *all;

		r.at = root == NULL ? NULL : read_file(mem, arena_printf(mem,
		    "%s/http_abuse/mustache_spec/%s.json", root, files[i]));
		if (r.at == NULL) {
			arena_free(mem);
			print_message("skipped: no real documents here\n");
			return;
		}
		all = json_get(json_read(&r), "tests");
		for (const struct json *c = all->first; c != NULL; c = c->next) {
			bad += !check(mem, files[i], c);
			cases++;
		}
		arena_free(mem);
	}
	assert_true(cases > 100);
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(spec) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
