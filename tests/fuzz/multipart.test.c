/* multipart bodies: the first byte says in what pieces the rest arrives. */
#include "multipart.h"
#include "fuzz/replay.h"

/* What a sink may count on. */
struct watch {
	int inside;
	size_t bytes;
};

static int
on_begin(void *of, const struct part *part)
{
	struct watch *w = of;

	if (w->inside++ || part->name[0] == '\0' ||
	    strlen(part->name) > FIELD_NAME_MAX ||
	    strlen(part->file) > PART_FILE_MAX)
		abort();
	return 0;
}

static int
on_put(void *of, const void *p, size_t n)
{
	struct watch *w = of;

	if (!w->inside || n == 0 || p == NULL)
		abort();
	w->bytes += n;
	return 0;
}

static int
on_end(void *of)
{
	struct watch *w = of;

	if (!w->inside--)
		abort();
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct multipart m;
	struct watch w = { 0 };
	const struct multipart_sink sink = { &w, on_begin, on_put, on_end };
	size_t step = n == 0 ? 1 : 1U + p[0];

	if (n == 0 || multipart_begin(&m, "multipart/form-data; boundary=X",
	    &sink) != 0)
		return 0;
	for (size_t at = 1; at < n; at += step)
		(void)multipart_put(&m, (const char *)p + at,
		    n - at < step ? n - at : step);
	if ((multipart_end(&m) == MULTIPART_FINE && w.inside) || w.bytes > n)
		abort();
	return 0;
}

REPLAY("multipart");
