/*
 * A text that somebody wrote, on a page and as JSON: whatever it is, it stays
 * where it was put. Between the marks nothing can begin or end an element or an
 * attribute, nor the JSON's text.
 */
#include "arena.h"
#include "page.h"
#include "text.h"
#include "fuzz/replay.h"

enum { CAP_BYTES = 1 << 24 };

static const struct page_source source[] = {
	{ "show.html", "<p title=\"[{{x}}]\">[{{x}}]</p>\n" }, { 0 }
};

static struct pages *
read_pages(void)
{
	const struct page_source *list = source;
	char why[128];
	struct pages *pages = pages_new(&list, 1, NULL, why, sizeof why);

	if (pages == NULL)
		abort();
	return pages;
}

/* Exactly the page's own marks are left, however the text looks. */
static void
look_at_page(const char *html)
{
	static const char *const own[] = { "<p title=\"[", "]\">[", "]</p>\n" };
	const char *at = html;

	if (strncmp(at, own[0], strlen(own[0])) != 0)
		abort();
	at += strlen(own[0]);
	at += strcspn(at, "<>\"'");
	at -= 1;	/* the ] before it */
	if (strncmp(at, own[1], strlen(own[1])) != 0)
		abort();
	at += strlen(own[1]);
	at += strcspn(at, "<>\"'");
	at -= 1;
	if (strcmp(at, own[2]) != 0)
		abort();
}

/* Inside of a text of JSON: no bare quote, no control character. */
static void
look_at_json(const char *json)
{
	static const char head[] = "{\"x\":\"";
	const char *at = json + sizeof head - 1;

	if (strncmp(json, head, sizeof head - 1) != 0)
		abort();
	for (; *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			abort();
		if (*at == '\\' && *++at == '\0')
			abort();
	}
	if (strcmp(at, "\"}") != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const struct page_call call = { .page = "show.html", .strict = 1 };
	struct pages *pages = read_pages();
	struct arena *mem = arena_new(CAP_BYTES);
	struct model *m = model_new(mem);
	char *text = arena_take(mem, n + 1);
	struct buf b = { 0 };

	memcpy(text, p, n);
	put_text(m, "x", text);
	if (page_render(pages, &call, m, &b) != 0)
		abort();
	look_at_page(buf_text(&b));
	buf_reset(&b);
	model_json(m, &b);
	look_at_json(buf_text(&b));
	buf_free(&b);
	arena_free(mem);
	pages_free(pages);
	return 0;
}

REPLAY("output");
