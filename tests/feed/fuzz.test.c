/*
 * Coverage-guided fuzzing of the reader of public feeds: everything that runs in
 * the sandbox, the way of the result through the pipe, and the bulletins that are
 * made of it. tests/fuzz/run
 * gives it to libFuzzer; without it the corpus is replayed. The first byte chooses Content-Type's charset and the
 * address that it came from.
 */
#include "arena.h"
#include "bulletin.h"
#include "charset.h"
#include "fuzz/replay.h"
#include "reading.h"
#include "wire.h"

#define NOW ((utc_ms)1795316400000)	/* 2026-11-22T03:00:00Z */

static const struct parse_limits limits = { .items = 1000 };

static struct charsets *
charsets(void)
{
	static struct charsets *open;	/* for as long as the program runs */

	if (open == NULL)
		open = charsets_open("GB18030");
	return open;
}

/* Figures of illnesses are read of what a health body says alone. */
static const struct source sources[] = {
	{ .name = "fuzz", .authority = "fuzz", .label = "l", .topic = "weather",
	  .areas = "99401 23 99402:架空町", .valid_hours = 1 },
	{ .name = "fuzz", .authority = "fuzz", .label = "l", .topic = "health",
	  .areas = "99401 23 99402:架空町", .valid_hours = 1 }
};

/* What the child says must be what the parent takes, and makes bulletins of. */
static void
there_and_back(const struct reading *r, const struct source *source)
{
	struct arena *mem = arena_new(256 * 1024 * 1024);
	const struct parsed *made;
	struct bulletin bulletin;
	struct buf b = { 0 };

	wire_put(&b, r);
	made = b.failed ? NULL : wire_get(mem, b.p, b.n, &limits);
	if (!b.failed && made == NULL)
		abort();
	for (size_t i = 0; made != NULL && i < made->n_items; i++) {
		if (!bulletin_from(source, &made->items[i], NOW, mem,
		    &bulletin))
			continue;
		if (bulletin.title == NULL || bulletin.n_series == 0 ||
		    bulletin.until < bulletin.from)
			abort();
	}
	buf_free(&b);
	arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const http[] = { NULL, "utf-8", "shift_jis", "euc-jp",
		"iso-8859-1", "gb2312", "x-none" };
	static const char *const place[] = { NULL,
		"https://feeds.example/data/20260528_0_VPWW57_010000.xml",
		"20260528_0_VYSE60_010000.xml", "https://feeds.example" };
	struct reading r = { .max_items = limits.items,
		.updated = ITEM_NO_TIME };
	char *text;
	size_t http_n = sizeof http / sizeof *http;

	if (n == 0)
		return 0;
	r.place = place[p[0] / http_n % (sizeof place / sizeof *place)];
	text = malloc(n);		/* exactly as long as it may be */
	if (text == NULL)
		return 0;
	memcpy(text, p + 1, n - 1);
	text[n - 1] = '\0';
	r.mem = arena_new(READING_BYTES);
	r.entry = arena_new(READING_BYTES);
	if (read_document(&r, charsets(), text, n - 1,
	    http[p[0] % http_n]) == NULL)
		there_and_back(&r, &sources[p[0] & 1]);
	arena_free(r.entry);
	arena_free(r.mem);
	free(text);
	return 0;
}

REPLAY("feed");
