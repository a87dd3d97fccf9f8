#include "geometry.h"

#include "residents.h"
#include "text.h"

#include <math.h>
#include <string.h>

enum { NUMBER_BYTES = 24 };

/* "35.1,137.2", n bytes. */
static int
corner_read(const char *p, size_t n, struct corner *c)
{
	char latitude[NUMBER_BYTES], longitude[NUMBER_BYTES];
	size_t comma = strcspn(p, ",");

	if (comma >= n || comma >= sizeof latitude ||
	    n - comma - 1 >= sizeof longitude)
		return -1;
	memcpy(latitude, p, comma);
	latitude[comma] = '\0';
	memcpy(longitude, p + comma + 1, n - comma - 1);
	longitude[n - comma - 1] = '\0';
	return degrees_read(latitude, 90, &c->latitude) == 0 &&
	    degrees_read(longitude, 180, &c->longitude) == 0 ? 0 : -1;
}

int
outline_read(const char *text, struct outline *o)
{
	const char *p = text == NULL ? "" : text;

	o->n = 0;
	while (*(p += strspn(p, " \n")) != '\0') {
		size_t n = strcspn(p, " \n");

		if (o->n == CORNERS_MAX || corner_read(p, n, &o->v[o->n]) != 0) {
			o->n = 0;
			return -1;
		}
		o->n++;
		p += n;
	}
	if (o->n >= 3)
		return 0;
	o->n = 0;
	return -1;
}

int
corner_of(const char *text, struct corner *c)
{
	char tight[2 * NUMBER_BYTES];
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == ' ')
			continue;
		if (n + 1 == sizeof tight)
			return -1;
		tight[n++] = *p;
	}
	tight[n] = '\0';
	return corner_read(tight, n, c);
}

const char *
degrees_pair(struct arena *mem, int64_t latitude, int64_t longitude)
{
	return arena_printf(mem, "%.6f,%.6f", (double)latitude / DEGREE,
	    (double)longitude / DEGREE);
}

int
outline_has(const struct outline *o, const struct corner *c)
{
	int inside = 0;

	for (size_t i = 0, j = o->n - 1; i < o->n; j = i++) {
		const struct corner *a = &o->v[i], *b = &o->v[j];

		if ((a->latitude > c->latitude) == (b->latitude > c->latitude))
			continue;
		if ((double)(c->longitude - a->longitude) <
		    (double)(b->longitude - a->longitude) *
		    (double)(c->latitude - a->latitude) /
		    (double)(b->latitude - a->latitude))
			inside = !inside;
	}
	return inside;
}

struct corner
outline_middle(const struct outline *o)
{
	struct corner sum = { 0, 0 };

	for (size_t i = 0; i < o->n; i++) {
		sum.latitude += o->v[i].latitude;
		sum.longitude += o->v[i].longitude;
	}
	if (o->n > 0) {
		sum.latitude /= (int64_t)o->n;
		sum.longitude /= (int64_t)o->n;
	}
	return sum;
}

void
sheet_take(struct sheet *s, const struct corner *c)
{
	if (!s->any)
		*s = (struct sheet){ 1, c->latitude, c->latitude,
			c->longitude, c->longitude };
	s->south = c->latitude < s->south ? c->latitude : s->south;
	s->north = c->latitude > s->north ? c->latitude : s->north;
	s->west = c->longitude < s->west ? c->longitude : s->west;
	s->east = c->longitude > s->east ? c->longitude : s->east;
}

void
sheet_widen(struct sheet *s)
{
	int64_t high = (s->north - s->south) / 10;
	int64_t wide = (s->east - s->west) / 10;

	s->south -= high;
	s->north += high;
	s->west -= wide;
	s->east += wide;
}

/* How much a degree of longitude is of one of latitude, here. */
static double
squeeze(const struct sheet *s)
{
	return cos((double)(s->south + s->north) / 2 / DEGREE * 3.14159265 /
	    180);
}

/* Points a millionth of a degree of latitude; all of it fits. */
static double
scale_of(const struct sheet *s)
{
	double wide = (double)(s->east - s->west) * squeeze(s);
	double high = (double)(s->north - s->south);
	double x = (SHEET_WIDTH - 2 * SHEET_EDGE) / (wide > 1 ? wide : 1);
	double y = (SHEET_HEIGHT - 2 * SHEET_EDGE) / (high > 1 ? high : 1);

	return x < y ? x : y;
}

static double
place_x(const struct sheet *s, int64_t longitude)
{
	return SHEET_WIDTH / 2.0 + ((double)longitude -
	    (double)(s->west + s->east) / 2) * squeeze(s) * scale_of(s);
}

static double
place_y(const struct sheet *s, int64_t latitude)
{
	return SHEET_HEIGHT / 2.0 - ((double)latitude -
	    (double)(s->south + s->north) / 2) * scale_of(s);
}

const char *
sheet_x(struct arena *mem, const struct sheet *s, int64_t longitude)
{
	return arena_printf(mem, "%.1f", place_x(s, longitude));
}

const char *
sheet_y(struct arena *mem, const struct sheet *s, int64_t latitude)
{
	return arena_printf(mem, "%.1f", place_y(s, latitude));
}

const char *
sheet_latitude(struct arena *mem, const struct sheet *s, double y)
{
	return arena_printf(mem, "%.6f", ((double)(s->south + s->north) / 2 +
	    (SHEET_HEIGHT / 2.0 - y) / scale_of(s)) / DEGREE);
}

const char *
sheet_longitude(struct arena *mem, const struct sheet *s, double x)
{
	return arena_printf(mem, "%.6f", ((double)(s->west + s->east) / 2 +
	    (x - SHEET_WIDTH / 2.0) / (squeeze(s) * scale_of(s))) / DEGREE);
}

const char *
sheet_points(struct arena *mem, const struct sheet *s, const struct outline *o)
{
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < o->n; i++)
		buf_printf(&b, "%s%.1f,%.1f", i == 0 ? "" : " ",
		    place_x(s, o->v[i].longitude),
		    place_y(s, o->v[i].latitude));
	text = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return text;
}
