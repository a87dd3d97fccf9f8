/* The parent's side: parts of the PDF for a child, and the page that it drew. */
#include "leaf_own.h"

#include "caged.h"
#include "file.h"
#include "instant.h"
#include "log.h"
#include "text.h"
#include "turns.h"

static struct turns drawing = TURNS(LEAVES_AT_A_TIME);

/* A part that the child wants, if the file has it. 0 or -1. */
static int
give_part(struct req *r, struct caged *c, struct file_opened *f,
    const struct leaf_said *s, unsigned char *part)
{
	size_t done = 0;

	if (s->at < 0 || s->n == 0 || s->n > LEAF_PART_BYTES ||
	    s->at > file_size(f) - (int64_t)s->n)
		return -1;
	while (done < s->n) {
		long n = file_read(f, r, s->at + (int64_t)done, part + done,
		    s->n - done);

		if (n <= 0)
			return -1;
		done += (size_t)n;
	}
	return caged_give(c, part, s->n);
}

/* Answers the child until it is done: 0 and what it made, in the arena; or -1. */
static int
talk(struct req *r, struct caged *c, struct file_opened *f,
    struct leaf_said *s, char **made)
{
	unsigned char *part = arena_take(r->mem, LEAF_PART_BYTES);

	for (;;) {
		if (caged_get(c, s, sizeof *s) != 0)
			return -1;
		if (s->say != LEAF_WANTS)
			break;
		if (give_part(r, c, f, s, part) != 0)
			return -1;
	}
	if (s->say == LEAF_NONE)
		return 0;
	if (s->say != LEAF_DONE || s->n > LEAF_PICTURE_MAX)
		return -1;
	*made = arena_take(r->mem, (size_t)s->n + 1);
	return caged_get(c, *made, s->n);
}

static int
work(struct req *r, struct caged *c, struct file_opened *f, uint32_t page,
    const char *mark, struct leaf_said *s, char **made)
{
	struct leaf_task task = { .bytes = file_size(f), .page = page,
		.mark_bytes = (uint32_t)strlen(mark) };

	if (task.mark_bytes > LEAF_MARK_MAX)
		task.mark_bytes = 0;
	if (caged_start(c, "tomozuna-leaf", LEAF_ARGUMENT) != 0)
		return -1;
	caged_within(c, LEAF_SECONDS * SECOND_MS);
	return caged_give(c, &task, sizeof task) == 0 &&
	    caged_give(c, mark, task.mark_bytes) == 0 ?
	    talk(r, c, f, s, made) : -1;
}

/* 0 when a child has said something, LEAF_NONE too; -1 when none could. */
static int
ask(struct req *r, int64_t file, uint32_t page, const char *mark,
    struct leaf_said *s, char **made)
{
	struct file_opened *f = file_open(r, file);
	struct caged c;
	int status;

	if (f == NULL || turns_take(&drawing, instant_monotonic_ms() +
	    LEAF_SECONDS * SECOND_MS) != 0)
		return -1;
	status = work(r, &c, f, page, mark, s, made);
	caged_stop(&c);
	turns_give(&drawing);
	if (status != 0)
		log_line(LOG_ERROR, "a page of a paper was not drawn", NULL);
	return status;
}

int
leaf_count(struct req *r, int64_t file, struct leaves *out)
{
	struct leaf_said s = { 0 };
	char *words = NULL;

	if (ask(r, file, 0, "", &s, &words) != 0 || s.say != LEAF_DONE ||
	    s.at < 1 || s.at > LEAVES_MOST ||
	    text_check(words, strlen(words), 1) == TEXT_NOT_UTF8)
		return -1;
	*out = (struct leaves){ (int)s.at, words };
	return 0;
}

int
leaf_answer(struct req *r, int64_t file, int64_t page, const char *mark)
{
	struct leaf_said s = { 0 };
	char *picture = NULL;

	if (page < 1 || page > LEAVES_MOST)
		return 404;
	if (ask(r, file, (uint32_t)page, mark, &s, &picture) != 0)
		return 503;
	if (s.say != LEAF_DONE)
		return 404;
	answer_raw(r, &(struct raw){ .type = "image/jpeg", .p = picture,
	    .bytes = s.n });
	return 200;
}
