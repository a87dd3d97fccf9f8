/* The page of vital signs: graphs, the same as a table, limits, who is told. */
#include "record.h"

#include "profession.h"
#include "vitals.h"
#include "viewer.h"

enum {
	READINGS = 500,		/* of a graph of single readings */
	TABLE_ROWS = 60		/* of them in the table */
};

static const size_t reading_of[VITALS] = {
	offsetof(struct reading, temperature), offsetof(struct reading, systolic),
	offsetof(struct reading, diastolic), offsetof(struct reading, pulse),
	offsetof(struct reading, spo2), offsetof(struct reading, respiration),
	offsetof(struct reading, weight), offsetof(struct reading, glucose)
};

/* The least value; the greatest one is the next member. */
static const size_t period_of[VITALS] = {
	offsetof(struct period, temperature_min),
	offsetof(struct period, systolic_min),
	offsetof(struct period, diastolic_min), offsetof(struct period, pulse_min),
	offsetof(struct period, spo2_min), offsetof(struct period, respiration_min),
	offsetof(struct period, weight_min), offsetof(struct period, glucose_min)
};

static struct db_maybe
vital_at(const void *row, size_t at)
{
	struct db_maybe v;

	memcpy(&v, (const char *)row + at, sizeof v);
	return v;
}

/* What a span shows: how far back, and how many days are one point. */
struct span_kind {
	const char *name;
	int back_days, days;	/* days 0: single readings */
};

static const struct span_kind spans[] = {
	{ "days14", 14, 0 }, { "days90", 90, 0 }, { "year", 366, 7 },
	{ "all", 366 * 25, 31 }
};

static const struct span_kind *
span_of(const struct req *r)
{
	const char *name = in_text(r, "span");

	for (size_t i = 1; name != NULL && i < sizeof spans / sizeof spans[0]; i++)
		if (strcmp(spans[i].name, name) == 0)
			return &spans[i];
	return &spans[0];
}

static void
lines_of_readings(struct req *r, const struct reading_rows *rows,
    struct vital_line lines[VITALS])
{
	for (size_t i = rows->set.n; i-- > 0;) {
		const struct reading *x = reading_at(rows, i);

		for (int k = 0; k < VITALS && !x->ended; k++) {
			struct db_maybe v = vital_at(x, reading_of[k]);

			if (v.set)
				lines[k].v[lines[k].n++] = (struct vital_point){
				    x->measured_at, (int)v.v, (int)v.v,
				    x->outside >> k & 1 };
		}
	}
	(void)r;
}

static void
lines_of_periods(const struct period_rows *rows, struct vital_line lines[VITALS])
{
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct period *x = period_at(rows, i);

		for (int k = 0; k < VITALS; k++) {
			struct db_maybe low = vital_at(x, period_of[k]);
			struct db_maybe high = vital_at(x, period_of[k] +
			    sizeof low);

			if (low.set && high.set)
				lines[k].v[lines[k].n++] = (struct vital_point){
				    instant_of(x->day), (int)low.v, (int)high.v, 0 };
		}
	}
}

static void
put_charts(struct req *r, struct model *m, const struct vital_span *span,
    const struct vital_limits *limits, const struct vital_line *lines)
{
	put_items(m, "charts");
	vitals_chart(r, m, N_("血圧"), span, limits, &lines[SYSTOLIC], 2);
	for (int k = 0; k < VITALS; k++)
		if (k != SYSTOLIC && k != DIASTOLIC)
			vitals_chart(r, m, vital_signs[k].label, span, limits,
			    &lines[k], 1);
}

/* Cells in the order of the columns; a value that was not measured is null. */
static void
put_cell(struct req *r, struct model *row, int k, struct db_maybe low,
    struct db_maybe high, int outside)
{
	struct model *c = put_item(row, "cells");
	const struct vital_sign *v = &vital_signs[k];

	put_text(c, "value", !low.set ? NULL :
	    low.v == high.v ? vital_text(r->mem, v, (int)low.v) :
	    arena_printf(r->mem, "%s〜%s", vital_text(r->mem, v, (int)low.v),
	    vital_text(r->mem, v, (int)high.v)));
	put_bool(c, "outside", outside);
}

void
vitals_put_readings(struct req *r, struct model *m,
    const struct reading_rows *rows, size_t most)
{
	put_items(m, "rows");
	for (size_t i = 0; i < rows->set.n && i < most; i++) {
		const struct reading *x = reading_at(rows, i);
		struct model *row = put_item(m, "rows");

		put_ref(row, "id", x->id);
		put_utc(row, "at", x->measured_at);
		put_text(row, "day", NULL);
		put_text(row, "writer", x->writer);
		put_text(row, "note", x->note);
		put_bool(row, "ended", x->ended);
		put_text(row, "jcs", x->jcs.set ?
		    arena_printf(r->mem, "%lld", (long long)x->jcs.v) : NULL);
		for (int k = 0; k < VITALS; k++)
			put_cell(r, row, k, vital_at(x, reading_of[k]),
			    vital_at(x, reading_of[k]),
			    (int)(x->outside >> k & 1));
	}
}

static void
put_period_table(struct req *r, struct model *m, const struct period_rows *rows)
{
	put_items(m, "rows");
	for (size_t i = rows->set.n; i-- > 0;) {
		const struct period *x = period_at(rows, i);
		struct model *row = put_item(m, "rows");

		put_text(row, "id", NULL);
		put_text(row, "at", NULL);
		put_date(row, "day", x->day);
		put_text(row, "writer", NULL);
		put_text(row, "note", NULL);
		put_text(row, "jcs", NULL);
		put_bool(row, "ended", 0);
		for (int k = 0; k < VITALS; k++)
			put_cell(r, row, k, vital_at(x, period_of[k]),
			    vital_at(x, period_of[k] + sizeof(struct db_maybe)), 0);
	}
}

void
vitals_put_signs(struct req *r, struct model *m, const struct vital_limits *l)
{
	put_items(m, "signs");
	for (int k = 0; k < VITALS; k++) {
		const struct vital_sign *v = &vital_signs[k];
		struct model *o = put_item(m, "signs");

		put_text(o, "sign", v->name);
		put_text(o, "label", v->label);
		put_text(o, "unit", v->unit);
		put_bool(o, "decimal", v->tenths);
		put_text(o, "low", l->low[k].set ?
		    vital_text(r->mem, v, (int)l->low[k].v) : NULL);
		put_text(o, "high", l->high[k].set ?
		    vital_text(r->mem, v, (int)l->high[k].v) : NULL);
	}
}

static void
put_watchers(struct req *r, struct model *m)
{
	struct watcher_rows rows;

	vitals_watchers(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++)
		watcher_edit(&rows, i)->profession =
		    profession_name(watcher_at(&rows, i)->profession_code);
	put_rows(m, "watchers", &rows.set);
}

/* Room for one point a row in each line. */
static void
make_lines(struct req *r, struct vital_line lines[VITALS], size_t rows)
{
	for (int k = 0; k < VITALS; k++)
		lines[k] = (struct vital_line){ (enum vital)k, 0,
		    arena_take_many(r->mem, rows, sizeof *lines[k].v) };
}

static void
put_series(struct req *r, struct model *m, const struct span_kind *kind,
    const struct vital_limits *limits)
{
	civil_date first = date_of(r->now) - kind->back_days + 1;
	struct vital_span span = { instant_of(first), r->now };
	struct vital_line lines[VITALS];
	struct reading_rows readings;
	struct period_rows periods;

	if (kind->days == 0) {
		vitals_readings(r->db, &readings, viewer_patient(r), span.from,
		    READINGS);
		make_lines(r, lines, readings.set.n);
		lines_of_readings(r, &readings, lines);
		vitals_put_readings(r, m, &readings, TABLE_ROWS);
	} else {
		vitals_periods(r->db, &periods, viewer_patient(r), first,
		    kind->days);
		make_lines(r, lines, periods.set.n);
		lines_of_periods(&periods, lines);
		put_period_table(r, m, &periods);
		if (periods.set.n > 0)
			span.from = instant_of(period_at(&periods, 0)->day);
	}
	put_charts(r, m, &span, limits, lines);
}

int
vitals_show(struct req *r, struct model *m)
{
	const struct span_kind *kind = span_of(r);
	struct vital_limits limits;

	if (!record_shows(r, "vital_sign"))
		return 403;
	vitals_limits(r, &limits);
	put_text(m, "span", kind->name);
	put_i64(m, "days", kind->days);
	vitals_put_signs(r, m, &limits);
	put_series(r, m, kind, &limits);
	put_watchers(r, m);
	put_bool(m, "may_write", record_may(r, RIGHT_CARE));
	put_bool(m, "may_limit", record_may(r, RIGHT_MEDICAL));
	return 200;
}
