/* The emergency summary as a model, from the rows of one patient. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "items.h"

struct opening;		/* opening.sql */

/* Puts the eleven blocks under the two lines for the radio (domain C1's order). */
void put_summary(struct req *r, struct model *m, const struct opening *,
    const struct item_rows *);

#endif
