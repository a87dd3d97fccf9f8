/* Pictures and film: the first two bytes say which, and in what pieces. */
#include "clean.h"
#include "fuzz/replay.h"

struct watch {
	size_t bytes;
};

static int
on_put(void *of, const void *p, size_t n)
{
	struct watch *w = of;

	if (n == 0 || p == NULL)
		abort();
	w->bytes += n;
	return 0;
}

static void
on_patch(void *of, size_t at, const void *p, size_t n)
{
	const struct watch *w = of;

	if (p == NULL || at + n > 64 || at + n > w->bytes)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const enum clean_format format[] = { CLEAN_JPEG, CLEAN_PNG,
		CLEAN_WEBP, CLEAN_MP4 };
	struct watch w = { 0 };
	const struct clean_sink sink = { &w, on_put, on_patch };
	struct clean *c;
	size_t step;

	if (n < 2)
		return 0;
	step = 1U + p[1];
	c = clean_begin(format[p[0] % 4], &sink);
	if (c == NULL)
		return 0;
	for (size_t at = 2; at < n; at += step)
		(void)clean_put(c, p + at, n - at < step ? n - at : step);
	(void)clean_end(c);
	/* Nothing is made up but an orientation, and JFIF's eighteen bytes. */
	if (w.bytes > n + 64)
		abort();
	clean_free(c);
	return 0;
}

REPLAY("clean");
