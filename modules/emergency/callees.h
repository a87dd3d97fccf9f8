/* Who can be called now, the likeliest to answer first. */
#ifndef CALLEES_H
#define CALLEES_H

#include "items.h"

/*
 * Puts `callees`: contacts of the patient and offices of her team that have a
 * number. First those whose hours are now, then those whose hours nobody knows, then
 * the others; among these who last answered, then key person, the family's own
 * order, and offices. Whoever did not answer a moment ago goes behind her equals.
 *
 * Puts `attending_physician` too, from the same rows: the one whose number stands
 * beside a directive; null if the team has none.
 */
void put_callees(struct req *r, struct model *m, const struct item_rows *);

#endif
