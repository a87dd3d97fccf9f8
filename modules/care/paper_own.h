/* What paper.c tells the child, and the child paper_draw.c. Internal to paper.h. */
#ifndef PAPER_OWN_H
#define PAPER_OWN_H

#include "text.h"

enum {
	PAPER_TOLD_MAX = 4 * 1024 * 1024,	/* bytes that the child is told */
	PAPER_PDF_MAX = 16 * 1024 * 1024	/* and of what it makes */
};

/*
 * A piece: one of these, the text's length (LE32), the text. A label is followed
 * by its VALUE; FOOT comes first and once.
 */
enum paper_piece {
	PAPER_FOOT = 'F',
	PAPER_TITLE = 'T',
	PAPER_LEFT = 'L',
	PAPER_RIGHT = 'R',
	PAPER_HEADING = 'H',
	PAPER_LABEL = 'B',
	PAPER_VALUE = 'V',
	PAPER_CODE = 'Q'	/* the code, a line's end, the text beside it */
};

/* Draws what `p` tells; the PDF goes to `out`. 0, or -1: it cannot be. */
int paper_draw(const char *p, size_t n, struct buf *out);

/*
 * Starts the child, tells it everything, and takes its PDF. Waits for a place among
 * PAPER_CHILDREN. NULL, with a line in the log, when nothing came in time; free() it.
 */
void *paper_child(const struct buf *told, size_t *n);

#endif
