/* What a paper says, piece by piece; a child draws it. */
#include "paper.h"

#include "bytes.h"
#include "paper_own.h"
#include "wareki.h"

#include <stdlib.h>
#include <string.h>

struct paper {
	struct buf told;
};

static void
tell(struct paper *s, enum paper_piece piece, const char *text)
{
	size_t n = text == NULL ? 0 : strlen(text);
	unsigned char length[4];

	put_le32(length, (uint32_t)n);
	buf_putc(&s->told, (char)piece);
	buf_put(&s->told, (const char *)length, sizeof length);
	buf_put(&s->told, text, n);
}

struct paper *
paper_new(struct arena *mem, const char *foot)
{
	struct paper *s = arena_take(mem, sizeof *s);

	*s = (struct paper){ .told = { 0 } };
	tell(s, PAPER_FOOT, foot);
	return s;
}

void
paper_title(struct paper *s, const char *text)
{
	tell(s, PAPER_TITLE, text);
}

void
paper_line(struct paper *s, const char *text, int right)
{
	tell(s, right ? PAPER_RIGHT : PAPER_LEFT, text);
}

void
paper_heading(struct paper *s, const char *text)
{
	tell(s, PAPER_HEADING, text);
}

void
paper_row(struct paper *s, const char *label, const char *text)
{
	tell(s, PAPER_LABEL, label);
	tell(s, PAPER_VALUE, text);
}

void
paper_code(struct paper *s, const char *code, const char *beside)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s\n%s", code, beside);
	tell(s, PAPER_CODE, buf_text(&b));
	s->told.failed |= b.failed;
	buf_free(&b);
}

void *
paper_end(struct paper *s, size_t *n)
{
	void *pdf = s->told.failed || s->told.n > PAPER_TOLD_MAX ? NULL :
	    paper_child(&s->told, n);

	explicit_bzero(s->told.p, s->told.n);
	buf_free(&s->told);
	return pdf;
}

int
paper_answer(struct req *r, struct paper *p, const char *name)
{
	size_t n;
	void *bytes = paper_end(p, &n);

	if (bytes == NULL)
		return 503;
	answer_raw(r, &(struct raw){ .type = "application/pdf", .name = name,
	    .bytes = (int64_t)n, .p = bytes });
	free(bytes);
	return 200;
}

const char *
paper_day(struct arena *mem, civil_date day)
{
	char buf[WAREKI_TEXT];

	return arena_text(mem, wareki_text(day, buf));
}
