#include "trend.h"

enum {
	LEFT = 50, TOP = 14, BOTTOM = 132,	/* of the plot */
	SLOT = 26,
	STEPS = 3			/* across, above the ground line */
};

civil_date
trend_monday(civil_date day)
{
	return day - (weekday_of(day) + 6) % 7;
}

civil_date
trend_first(utc_ms now)
{
	return trend_monday(date_of(now)) - 7 * (TREND_WEEKS - 1);
}

int
trend_week(const struct trend *t, civil_date day)
{
	if (day < t->first || day >= t->first + 7 * TREND_WEEKS)
		return -1;
	return (day - t->first) / 7;
}

const char *
trend_text(struct arena *mem, const struct trend *t, int64_t n)
{
	if (t->scale == 1)
		return arena_printf(mem, "%lld", (long long)n);
	return arena_printf(mem, "%lld.%02lld", (long long)n / t->scale,
	    (long long)n % t->scale);
}

/* Between two lines: 1, 2 or 5 times a power of ten. */
static int
step_of(const struct trend *t)
{
	static const int times[] = { 1, 2, 5 };
	int most = 1;

	for (int i = 0; i < TREND_WEEKS; i++)
		if (t->lower[i] + t->upper[i] > most)
			most = t->lower[i] + t->upper[i];
	for (int power = 1;; power *= 10)
		for (int i = 0; i < 3; i++)
			if (most <= STEPS * power * times[i])
				return power * times[i];
}

static void
put_place(struct req *r, struct model *o, const char *key, double v)
{
	put_text(o, key, arena_printf(r->mem, "%.1f", v));
}

static void
put_grid(struct req *r, struct model *m, const struct trend *t, int step)
{
	put_items(m, "grid");
	for (int i = 0; i <= STEPS; i++) {
		struct model *o = put_item(m, "grid");
		int n = step * i;

		put_place(r, o, "y",
		    BOTTOM - (double)(BOTTOM - TOP) * i / STEPS);
		put_text(o, "text", t->scale > 1 && n % t->scale == 0 ?
		    arena_printf(r->mem, "%d", n / t->scale) :
		    trend_text(r->mem, t, n));
	}
}

static void
put_bar(struct req *r, struct model *m, int week, double from, double to,
    const char *part)
{
	struct model *o;

	if (to <= from)
		return;
	o = put_item(m, "bars");
	put_place(r, o, "x", LEFT + 4 + SLOT * week);
	put_place(r, o, "y", BOTTOM - (BOTTOM - TOP) * to);
	put_place(r, o, "height", (BOTTOM - TOP) * (to - from));
	put_text(o, "part", part);
}

static void
put_week(struct req *r, struct model *m, const struct trend *t, int week)
{
	struct civil day = civil_from_date(t->first + 7 * week);
	const char *text = arena_printf(r->mem, "%d/%d", day.month, day.day);
	struct model *o = put_item(m, "weeks");

	put_text(o, "week", text);
	put_text(o, "lower", t->known[week] ?
	    trend_text(r->mem, t, t->lower[week]) : NULL);
	put_text(o, "upper", t->known[week] ?
	    trend_text(r->mem, t, t->upper[week]) : NULL);
	if ((TREND_WEEKS - 1 - week) % 3 != 0)
		return;
	o = put_item(m, "times");
	put_place(r, o, "x", LEFT + 4 + 10 + SLOT * week);
	put_text(o, "text", text);
}

void
trend_put(struct req *r, struct model *m, const struct trend *t)
{
	int step = step_of(t);
	double top = (double)step * STEPS;

	put_grid(r, m, t, step);
	put_items(m, "bars");
	put_items(m, "times");
	put_items(m, "weeks");
	for (int i = 0; i < TREND_WEEKS; i++) {
		put_bar(r, m, i, 0, t->lower[i] / top, "lower");
		put_bar(r, m, i, t->lower[i] / top,
		    (t->lower[i] + t->upper[i]) / top, "upper");
		put_week(r, m, t, i);
	}
}
