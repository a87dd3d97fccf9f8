/*
 * Coverage-guided fuzzing of the reader of public feeds: everything that runs in
 * the sandbox, then the way of the result through the pipe. libFuzzer calls it;
 * tests/fuzz/run builds and runs it. The first byte chooses Content-Type's charset.
 */
#include "arena.h"
#include "charset.h"
#include "reading.h"
#include "wire.h"

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static const struct parse_limits limits = { .items = 1000 };

static struct charsets *
charsets(void)
{
	static struct charsets *open;	/* for as long as the program runs */

	if (open == NULL)
		open = charsets_open("GB18030");
	return open;
}

/* What the child says must be what the parent takes. */
static void
there_and_back(const struct reading *r)
{
	struct arena *mem = arena_new(256 * 1024 * 1024);
	struct buf b = { 0 };

	wire_put(&b, r);
	if (!b.failed && wire_get(mem, b.p, b.n, &limits) == NULL)
		abort();
	buf_free(&b);
	arena_free(mem);
}

int
LLVMFuzzerTestOneInput(const unsigned char *p, size_t n)
{
	static const char *const http[] = { NULL, "utf-8", "shift_jis", "euc-jp",
		"iso-8859-1", "gb2312", "x-none" };
	struct reading r = { .max_items = limits.items,
		.updated = ITEM_NO_TIME };
	char *text;

	if (n == 0)
		return 0;
	text = malloc(n);		/* exactly as long as it may be */
	if (text == NULL)
		return 0;
	memcpy(text, p + 1, n - 1);
	text[n - 1] = '\0';
	r.mem = arena_new(READING_BYTES);
	r.entry = arena_new(READING_BYTES);
	if (read_document(&r, charsets(), text, n - 1,
	    http[p[0] % (sizeof http / sizeof *http)]) == NULL)
		there_and_back(&r);
	arena_free(r.entry);
	arena_free(r.mem);
	free(text);
	return 0;
}
