/*
 * A graph as numbers: the page holds the SVG, so that it needs no script and
 * the text of a value can never become markup.
 */
#include "text.h"
#include "vitals.h"

enum {
	LEFT = 46, RIGHT = 632, TOP = 12, BOTTOM = 190,	/* of the plot */
	TICKS = 4,			/* lines across, at most six */
	TIMES = 5			/* dates below */
};

/* How values and instants become places. */
struct scale {
	int least, most;
	const struct vital_span *span;
};

static double
place_x(const struct scale *s, utc_ms at)
{
	double width = (double)(s->span->to - s->span->from);

	return LEFT + (RIGHT - LEFT) * (double)(at - s->span->from) / width;
}

static double
place_y(const struct scale *s, int value)
{
	return BOTTOM - (BOTTOM - TOP) * (double)(value - s->least) /
	    (double)(s->most - s->least);
}

static void
widen(struct scale *s, int value)
{
	s->least = value < s->least ? value : s->least;
	s->most = value > s->most ? value : s->most;
}

/* From the least to the greatest value and limit, with some air. */
static void
fit(struct scale *s, const struct vital_limits *limits,
    const struct vital_line *lines, size_t n)
{
	int air;

	s->least = INT32_MAX;
	s->most = INT32_MIN;
	for (size_t k = 0; k < n; k++) {
		const struct vital_line *l = &lines[k];

		for (size_t i = 0; i < l->n; i++) {
			widen(s, l->v[i].low);
			widen(s, l->v[i].high);
		}
		if (limits->low[l->sign].set)
			widen(s, (int)limits->low[l->sign].v);
		if (limits->high[l->sign].set)
			widen(s, (int)limits->high[l->sign].v);
	}
	air = (s->most - s->least) / 10 + 2;
	s->least = s->least > air ? s->least - air : 0;
	s->most += air;
}

/* A round step that makes about TICKS lines: 1, 2 or 5 times a power of ten. */
static int
tick_step(int range)
{
	int step = 1;

	for (;;) {
		if (range / step <= TICKS + 1)
			return step;
		if (range / (2 * step) <= TICKS + 1)
			return 2 * step;
		if (range / (5 * step) <= TICKS + 1)
			return 5 * step;
		step *= 10;
	}
}

static const char *
number(struct req *r, double v)
{
	return arena_printf(r->mem, "%.1f", v);
}

static void
put_grid(struct req *r, struct model *o, const struct scale *s,
    const struct vital_sign *v)
{
	int step = tick_step(s->most - s->least);

	for (int n = (s->least + step - 1) / step * step; n <= s->most;
	    n += step) {
		struct model *g = put_item(o, "grid");

		put_text(g, "y", number(r, place_y(s, n)));
		put_text(g, "text", vital_text(r->mem, v, n));
	}
	for (int i = 0; i < TIMES; i++) {
		utc_ms at = s->span->from +
		    (s->span->to - s->span->from) * i / (TIMES - 1);
		struct civil day = civil_from_date(date_of(at));
		struct model *g = put_item(o, "times");
		int years = (s->span->to - s->span->from) / DAY_MS > 500;

		put_text(g, "x", number(r, place_x(s, at)));
		put_text(g, "anchor", i == 0 ? "start" :
		    i == TIMES - 1 ? "end" : "middle");
		put_text(g, "text", years ?
		    arena_printf(r->mem, "%d/%d", day.year, day.month) :
		    arena_printf(r->mem, "%d/%d", day.month, day.day));
	}
}

static void
put_limit(struct req *r, struct model *o, const struct scale *s,
    const struct vital_sign *v, struct db_maybe limit)
{
	struct model *g;

	if (!limit.set)
		return;
	g = put_item(o, "limits");
	put_text(g, "y", number(r, place_y(s, (int)limit.v)));
	put_text(g, "text", vital_text(r->mem, v, (int)limit.v));
}

/* The line through the middles, and where values span a range the band. */
static void
put_line(struct req *r, struct model *o, const struct scale *s,
    const struct vital_line *l, size_t nth)
{
	struct buf line = { 0 }, band = { 0 };
	struct model *g = put_item(o, "lines");
	int spans = 0;

	for (size_t i = 0; i < l->n; i++) {
		double x = place_x(s, l->v[i].at);
		double a = place_y(s, l->v[i].low);
		double b = place_y(s, l->v[i].high);

		buf_printf(&line, "%.1f,%.1f ", x, (a + b) / 2);
		buf_printf(&band, "%.1f,%.1f ", x, b);
		spans |= l->v[i].low != l->v[i].high;
	}
	for (size_t i = l->n; spans && i-- > 0;)
		buf_printf(&band, "%.1f,%.1f ", place_x(s, l->v[i].at),
		    place_y(s, l->v[i].low));
	put_text(g, "nth", nth == 0 ? "first" : "second");
	put_text(g, "points", arena_text(r->mem, buf_text(&line)));
	put_text(g, "band", spans ? arena_text(r->mem, buf_text(&band)) : NULL);
	buf_free(&line);
	buf_free(&band);
}

/* Every reading as a dot, as long as dots can be told apart. */
static void
put_dots(struct req *r, struct model *o, const struct scale *s,
    const struct vital_line *l)
{
	enum { DOTS = 120 };

	for (size_t i = 0; i < l->n; i++) {
		const struct vital_point *p = &l->v[i];
		struct model *g;

		if (l->n > DOTS && !p->outside)
			continue;
		g = put_item(o, p->outside ? "outside" : "dots");
		put_text(g, "x", number(r, place_x(s, p->at)));
		put_text(g, "y", number(r,
		    (place_y(s, p->low) + place_y(s, p->high)) / 2));
	}
}

void
vitals_chart(struct req *r, struct model *m, const char *label,
    const struct vital_span *span, const struct vital_limits *limits,
    const struct vital_line *lines, size_t n)
{
	struct scale s = { .span = span };
	const struct vital_sign *v = &vital_signs[lines[0].sign];
	size_t points = 0;
	struct model *o;

	for (size_t i = 0; i < n; i++)
		points += lines[i].n;
	if (points == 0)
		return;
	fit(&s, limits, lines, n);
	o = put_item(m, "charts");
	put_text(o, "sign", v->name);
	put_text(o, "label", label);
	put_text(o, "unit", v->unit);
	put_items(o, "grid");
	put_items(o, "times");
	put_items(o, "limits");
	put_items(o, "lines");
	put_items(o, "dots");
	put_items(o, "outside");
	put_grid(r, o, &s, v);
	for (size_t i = 0; i < n; i++) {
		put_limit(r, o, &s, v, limits->low[lines[i].sign]);
		put_limit(r, o, &s, v, limits->high[lines[i].sign]);
		put_line(r, o, &s, &lines[i], i);
		put_dots(r, o, &s, &lines[i]);
	}
}
