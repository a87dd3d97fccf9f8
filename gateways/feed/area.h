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
 * The same by what CAP calls the list of a geocode (valueName), such as "JIS X
 * 0402", "全国地方公共団体コード" or a list of JMX; in five or six digits, JMA's
 * seven, or a prefecture's two. One by another name gets none: 06037 may be a
 * county of California. Six digits count with the right check digit only.
 */
void area_geocode(struct arena *, struct item_area *, utc_ms at);

/*
 * Whether a text names a town: 津市, but not where it says 大津市, of which it is a
 * part. What is known of are the municipalities of Japan, and that 東, 新 and the
 * like before a name make another.
 */
int area_is_named(const char *text, const char *name, size_t n);

/*
 * The six digits of a municipality (全国地方公共団体コード) from five of JIS
 * X 0402: the check digit is added. `out` is "" unless there are five digits.
 */
void area_six_digits(const char five[6], char out[7]);

#endif
