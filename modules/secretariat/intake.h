/*
 * Applications out of an export, the insurer's or, for support levels, the municipality's.
 * Which column is which field a town says (board_heading); without its word the usual
 * headings of intake.c hold.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "module.h"
#include "scheme.h"

/* `exports`: of each scheme its `headings`, a field and the heading of its column now. */
void intake_headings(struct req *, struct model *);

/* 1 if there is such a field. */
int intake_has(const struct scheme *, const char *field);

#endif
