/* Some weeks as bars: numbers for the SVG of a page, drawn without script. */
#ifndef TREND_H
#define TREND_H

#include "module.h"

enum { TREND_WEEKS = 12 };

/*
 * What is counted a week, in units of which `scale` are 1 (100 for hundredths).
 * `upper` stands on `lower`; public figures have only the lower one.
 */
struct trend {
	civil_date first;		/* Monday of week 0 */
	int scale;
	int known[TREND_WEEKS], lower[TREND_WEEKS], upper[TREND_WEEKS];
};

/* The Monday of a day's week. */
civil_date trend_monday(civil_date);

/* Monday of the first of the weeks that end with the one of `now`. */
civil_date trend_first(utc_ms now);

/* The week of a day; -1 before the first and after the last. */
int trend_week(const struct trend *, civil_date);

/* A number of its units as text: "12.34". */
const char *trend_text(struct arena *, const struct trend *, int64_t);

/* Puts `grid`, `bars`, `times` and `weeks`, the same in numbers. */
void trend_put(struct req *, struct model *, const struct trend *);

#endif
