/* The child's side: what runs in the sandbox. */
#include "file_reader_own.h"

#include "file_type.h"
#include "sandbox.h"
#include "text.h"

#include <unistd.h>

enum { MEMORY_BYTES = 64 * 1024 * 1024 };

/* One file, and what its last piece came to. */
struct reading {
	struct clean *clean;
	struct clean_sink sink;
	struct reader_answer answer;
	struct buf out;
};

static int
keep(void *of, const void *p, size_t n)
{
	struct reading *r = of;

	buf_put(&r->out, p, n);
	return r->out.failed ? -1 : 0;
}

static void
patch(void *of, size_t at, const void *p, size_t n)
{
	struct reader_answer *a = &((struct reading *)of)->answer;

	if (n > sizeof a->patch)
		_exit(1);
	memcpy(a->patch, p, n);
	a->patch_at = (uint32_t)at;
	a->patch_bytes = (uint32_t)n;
}

static void
begin(struct reading *r, const void *p, size_t n)
{
	char *type = r->answer.type;

	file_type(p, n, type, sizeof r->answer.type);
	clean_free(r->clean);
	r->clean = clean_begin(file_format(type), &r->sink);
	if (r->clean == NULL)
		_exit(1);
}

static void
serve(struct reading *r, const struct reader_request *q, const void *p)
{
	enum clean_fault fault;

	memset(&r->answer, 0, sizeof r->answer);
	buf_reset(&r->out);
	if (q->step == READER_FRONT)
		begin(r, p, q->bytes);
	if (r->clean == NULL)
		_exit(1);
	fault = q->step == READER_END ? clean_end(r->clean) :
	    clean_put(r->clean, p, q->bytes);
	r->answer.fault = (uint32_t)fault;
	r->answer.bytes = (uint32_t)r->out.n;
	r->answer.width = clean_width(r->clean);
	r->answer.height = clean_height(r->clean);
	sandbox_write(&r->answer, sizeof r->answer);
	sandbox_write(r->out.p, r->out.n);
}

void
file_reader_main(const char *argument)
{
	static const struct sandbox cage = { .name = "file-reader",
		.memory = MEMORY_BYTES };
	static unsigned char piece[READER_PIECE_BYTES];
	struct reading r = { .sink = { &r, keep, patch } };
	struct reader_request q;
	char type[READER_TYPE_BYTES];

	if (strcmp(argument, FILE_READER_ARGUMENT) != 0)
		return;
	/* libmagic reads its tables while files can still be opened. */
	file_type("", 0, type, sizeof type);
	if (type[0] == '\0' || sandbox_enter(&cage) != 0)
		_exit(2);
	sandbox_write(&r.answer, sizeof r.answer);
	while (sandbox_read(&q, sizeof q) == 0) {
		if (q.bytes > sizeof piece || sandbox_read(piece, q.bytes) != 0)
			_exit(1);
		serve(&r, &q, piece);
	}
	_exit(0);
}
