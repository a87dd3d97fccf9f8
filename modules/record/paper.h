/*
 * A paper as PDF, A4 upright, by pango and cairo: Japanese type (Noto CJK JP),
 * lines broken as Japanese breaks them, page numbers at the foot. What does not
 * fit on a page goes on over the next; nothing is cut off.
 */
#ifndef PAPER_H
#define PAPER_H

#include "arena.h"

#include <stddef.h>

struct paper;

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

/* The finished PDF, in the arena; *n is its length. NULL when cairo failed. */
const void *paper_end(struct paper *, size_t *n);

#endif
