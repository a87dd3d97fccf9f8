/* What the review board and its secretariat share beside the rules. */
#ifndef COMMON_H
#define COMMON_H

#include "module.h"
#include "rules.h"

enum { LONGEST_MONTHS = 48 };	/* where a town says nothing else */

/* The viewer's family and given name, as a row keeps them. */
const char *board_writer(struct req *r);

/*
 * `usual`, `least`, `most`: months of a decision. Of a level that is not known yet, all
 * that may come of it.
 */
void put_validity(struct model *m, struct validity v);

/*
 * `timed`, whether a first stage has minutes at all; `minutes` and `left`, tenths of
 * minutes, and whether it is the band of the state image.
 */
void put_minutes(struct model *m, const struct scheme *c, int tenths);

/*
 * `levels`, lighter first: `level`, and whether it is `chosen`; NULL: none is.
 */
void put_levels(struct model *m, const struct scheme *c, const char *chosen);

/* `all_fields`, and `missing`: the field of each that nobody there has. */
void put_missing(struct model *m, const struct scheme *c, unsigned there);

/* Whose copy a page is, as it stands across it: name, day, time. */
const char *board_mark(struct req *r);

/*
 * A page of a paper on the screen: `kind`, `page`, `pages`, `before` and `behind` (0: none), of
 * the input `page`, which may be missing.
 */
void put_leaf(struct req *r, struct model *m, const char *kind, int64_t pages);

/* What the secretary has on the list of sittings. */
void put_held(struct req *r, struct model *m);

#endif
