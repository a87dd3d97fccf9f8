/*
 * Applications out of an insurer's export. Which column is which field a town says
 * (board_column); without its word the usual headings of intake.c hold.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "module.h"

/* `headings`: each field and the heading of its column now. */
void intake_headings(struct req *, struct model *);

/* 1 if there is such a field. */
int intake_has(const char *field);

#endif
