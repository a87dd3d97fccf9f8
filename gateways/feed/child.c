#include "child.h"

#include "arena.h"
#include "charset.h"
#include "reading.h"
#include "sandbox.h"
#include "wire.h"

#include <libxml/parser.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

enum { KEEP_BYTES = 32 * 1024 * 1024 };

static void
answer(const struct reading *r, const char *need)
{
	struct child_answer a = { 0 };
	struct buf b = { 0 };

	if (need != NULL)
		(void)snprintf(a.need, sizeof a.need, "%s", need);
	else
		wire_put(&b, r);
	if (b.failed)
		_exit(1);
	a.bytes = b.n;
	sandbox_write(&a, sizeof a);
	sandbox_write(b.p, b.n);
	buf_free(&b);
}

static void
serve(struct charsets *charsets, const struct child_request *q)
{
	struct reading r = { .mem = arena_new(READING_BYTES),
		.entry = arena_new(READING_BYTES), .max_items = q->items,
		.zone_min = (int)q->zone_min, .updated = ITEM_NO_TIME,
		.place = q->place[0] == '\0' ? NULL : q->place };
	char *bytes = malloc(q->bytes + 1);

	if (bytes == NULL || sandbox_read(bytes, q->bytes) == -1)
		_exit(1);
	bytes[q->bytes] = '\0';
	answer(&r, read_document(&r, charsets, bytes, q->bytes,
	    q->charset[0] == '\0' ? NULL : q->charset));
	free(bytes);
	arena_free(r.entry);
	arena_free(r.mem);
}

_Noreturn void
child_main(int in, int out, size_t memory, const char *charset)
{
	const struct sandbox cage = { .name = "feed-reader", .memory = memory };
	struct charsets *charsets = charsets_open(charset);
	struct child_request q;

	/* Memory is kept from one document to the next, not asked for anew. */
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
	(void)mallopt(M_MMAP_THRESHOLD, KEEP_BYTES);
	xmlInitParser();
	(void)signal(SIGPIPE, SIG_IGN);
	if (charsets == NULL || dup2(in, STDIN_FILENO) == -1 ||
	    dup2(out, STDOUT_FILENO) == -1 || sandbox_enter(&cage) == -1)
		_exit(2);
	while (sandbox_read(&q, sizeof q) == 0) {
		q.charset[sizeof q.charset - 1] = '\0';
		q.place[sizeof q.place - 1] = '\0';
		serve(charsets, &q);
	}
	_exit(0);
}
