/* Between the parts that write vital signs and those that show them. */
#ifndef VITALS_H
#define VITALS_H

#include "vital.h"
#include "vitals_sql.h"

/* The limits of one patient, in units of vital.h; unset is no limit. */
struct vital_limits {
	struct db_maybe low[VITALS], high[VITALS];
};

/* The newest limits of the path's patient. */
void vitals_limits(struct req *r, struct vital_limits *out);

/*
 * One place of a graph: when, and the least and greatest value of that time
 * (the same of a single reading).
 */
struct vital_point {
	utc_ms at;
	int low, high;
	int outside;
};

/* A line of a graph. */
struct vital_line {
	enum vital sign;
	size_t n;
	struct vital_point *v;	/* oldest first */
};

/* The time that a graph shows. */
struct vital_span {
	utc_ms from, to;
};

/*
 * Puts one graph of one or two lines in the same unit as an item of `charts`:
 * coordinates for the page's SVG, in a box of 640 by 220. Nothing where no
 * line has a point.
 */
void vitals_chart(struct req *r, struct model *, const char *label,
    const struct vital_span *, const struct vital_limits *,
    const struct vital_line *lines, size_t n);

/* Every sign with label, unit and limits, as items of `signs`. */
void vitals_put_signs(struct req *r, struct model *, const struct vital_limits *);

/* At most `most` readings, as items of `rows`. */
void vitals_put_readings(struct req *r, struct model *,
    const struct reading_rows *, size_t most);

handler vitals_show;		/* GET  /record/{patient}/vital_signs */
handler vitals_write;		/* POST /record/{patient}/vital_signs */
handler vitals_strike;		/* POST …/vital_signs/{vital_sign}/end */
handler vitals_acknowledge;	/* POST …/vital_signs/{vital_sign}/acknowledge */
handler vitals_limit_write;	/* POST /record/{patient}/vital_signs/limits */
handler vitals_watch_write;	/* POST /record/{patient}/vital_signs/watch */

#endif
