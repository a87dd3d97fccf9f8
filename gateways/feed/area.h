/*
 * Areas of telegrams as municipalities. The tables are made at build from
 * areas.tsv, which says where each line is from; codes have histories, so what
 * an area stands for depends on the day.
 */
#ifndef AREA_H
#define AREA_H

#include "item.h"

struct arena;

/*
 * Fills n_towns and towns of an area by its code and coding, as of `at`
 * (ITEM_NO_TIME: today's). An area of a list that is not resolved gets none.
 */
void area_towns(struct arena *, struct item_area *, utc_ms at);

/*
 * The six digits of a municipality (全国地方公共団体コード) from five of JIS
 * X 0402: the check digit is added. `out` is "" unless there are five digits.
 */
void area_six_digits(const char five[6], char out[7]);

#endif
