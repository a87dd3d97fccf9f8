/*
 * A paper as PDF, A4 upright, by pango and cairo: Japanese type (Noto CJK JP),
 * lines broken as Japanese breaks them, page numbers at the foot. What does not
 * fit on a page goes on over the next; nothing is cut off.
 *
 * Fonts cost more memory than all else of the program, and stay in it. So a paper is
 * drawn by a child: the program itself, started again for the one paper with nothing
 * but two pipes, strict limits and no settings, which ends with it.
 */
#ifndef PAPER_H
#define PAPER_H

#include "module.h"

struct paper;

enum {
	PAPER_CHILDREN = 2,	/* at a time; another paper waits for its turn, */
	PAPER_SECONDS = 20	/* so long at most, turn and drawing */
};

/* The child's only argument. */
#define PAPER_ARGUMENT "--paper"

/* A new one. `foot` stands at the foot of every page beside its number. */
struct paper *paper_new(struct arena *, const char *foot);

/* The title in the middle, larger. */
void paper_title(struct paper *, const char *text);

/* A line across: at the left, or (right 1) at the right margin. */
void paper_line(struct paper *, const char *text, int right);

/* A heading over what follows; it never stays alone at the foot of a page. */
void paper_heading(struct paper *, const char *text);

/* A row of a ruled table: what it is, and the text. NULL or "" leaves it empty. */
void paper_row(struct paper *, const char *label, const char *text);

/* A square code (QR, ISO/IEC 18004) that holds `code`, and lines of text beside it. */
void paper_code(struct paper *, const char *code, const char *beside);

/* The finished PDF, *n bytes, to be freed. NULL when none was made. */
void *paper_end(struct paper *, size_t *n);

/* Answers with the PDF under this name. 200, or 503 when it could not be made. */
int paper_answer(struct req *r, struct paper *, const char *name);

/* "令和8年11月23日", in the arena. */
const char *paper_day(struct arena *, civil_date day);

/* The child's life: what main() does when its argument is PAPER_ARGUMENT. */
int paper_main(void);

#endif
