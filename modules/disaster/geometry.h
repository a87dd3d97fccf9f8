/*
 * Places and areas on a page without a map of others: corners become points of an
 * SVG, north above. Degrees are millionths; a degree of longitude is as short as it is
 * at the middle of what is shown. Good for a town, not for a country.
 */
#ifndef GEOMETRY_H
#define GEOMETRY_H

#include "arena.h"

#include <stddef.h>
#include <stdint.h>

enum {
	CORNERS_MAX = 400,
	SHEET_WIDTH = 640, SHEET_HEIGHT = 480, SHEET_EDGE = 16
};

struct corner {
	int64_t latitude, longitude;
};

struct outline {
	size_t n;
	struct corner v[CORNERS_MAX];
};

/* What is shown: grows with sheet_take. Zero-initialise it. */
struct sheet {
	int any;
	int64_t south, north, west, east;
};

/*
 * Reads "35.1,137.2 35.1,137.3 …", three corners or more. 0, or -1: it is none, and
 * the outline has no corner.
 */
int outline_read(const char *text, struct outline *);

/* Reads "35.1,137.2", blanks allowed. 0, or -1: it is none. */
int corner_of(const char *text, struct corner *);

/* "35.123456,137.123456", as both read it. */
const char *degrees_pair(struct arena *, int64_t latitude, int64_t longitude);

/* 1 if the corner lies inside; by the number of sides that a line to the east meets. */
int outline_has(const struct outline *, const struct corner *);

/* The middle of its corners. */
struct corner outline_middle(const struct outline *);

/* Makes room for a corner. */
void sheet_take(struct sheet *, const struct corner *);

/* A tenth more on each side, so that there is room to draw beyond what is there. */
void sheet_widen(struct sheet *);

/* The way back, in degrees: "35.123456" of a point so far from above, from the left. */
const char *sheet_latitude(struct arena *, const struct sheet *, double y);
const char *sheet_longitude(struct arena *, const struct sheet *, double x);

/* "312.5" for the page: of the longitude from the left, of the latitude from above. */
const char *sheet_x(struct arena *, const struct sheet *, int64_t longitude);
const char *sheet_y(struct arena *, const struct sheet *, int64_t latitude);

/* "x,y x,y …", as <polygon points> has it. */
const char *sheet_points(struct arena *, const struct sheet *,
    const struct outline *);

#endif
