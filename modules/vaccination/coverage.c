/* Coverage as the desk reads it: small numbers hidden, as table, chart and CSV. */
#include "coverage.h"

#include "coverage_sql.h"
#include "csv.h"
#include "raw.h"
#include "suppress.h"
#include "text.h"
#include "viewer.h"

enum {
	ROWS = COVERAGE_AREAS + 2,	/* areas, those in none, all */
	COLS = COVERAGE_AGES + 1,
	BAR_HEIGHT = 32, BAR_WIDTH = 210	/* of the chart */
};

/* The numbers of one vaccine; the last row and the last column are sums. */
struct table {
	const struct vaccine *vaccine;
	size_t number, rows;
	const char *area[ROWS];		/* NULL: of none, and of all */
	struct cover cell[ROWS * COLS];
	int elsewhere;
	const struct counted_on *on;	/* NULL: nobody was counted yet */
};

static struct cover *
cell_of(struct table *t, size_t row, size_t col)
{
	return &t->cell[row * COLS + col];
}

/* A cell's row: its area, or the one of those in none. */
static size_t
row_of(const struct table *t, const char *area)
{
	for (size_t i = 0; i + 2 < t->rows; i++)
		if (strcmp(t->area[i], area) == 0)
			return i;
	return t->rows - 2;
}

static void
add(struct table *t, size_t row, size_t col, const struct covered_cell *n)
{
	struct cover *x = cell_of(t, row, col);

	x->people += (int)n->people;
	x->given += (int)n->given;
}

static void
read_cells(struct req *r, struct table *t)
{
	struct covered_cell_rows rows;

	if (t->on == NULL)
		return;
	coverage_cells(r->db, &rows, r->viewer->network, t->on->on_day,
	    t->vaccine->code);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct covered_cell *n = covered_cell_at(&rows, i);
		size_t row = row_of(t, n->area);
		size_t col = (size_t)(n->age - COVERAGE_AGE_FROM) / 5;

		if (col >= COVERAGE_AGES)
			continue;
		add(t, row, col, n);
		add(t, row, COLS - 1, n);
		add(t, t->rows - 1, col, n);
		add(t, t->rows - 1, COLS - 1, n);
		t->elsewhere += (int)n->elsewhere;
	}
	suppress(t->cell, t->rows, COLS);
}

/* Of the vaccine that is asked for; NULL when the schedule has none such. */
static struct table *
table_of(struct req *r)
{
	const struct schedule *s = schedule_now();
	struct table *t = arena_take(r->mem, sizeof *t);
	struct area_rows areas;
	int set;

	t->number = (size_t)in_integer(r, "vaccine", &set);
	if (t->number >= s->vaccines)
		return NULL;
	t->vaccine = &s->vaccine[t->number];
	coverage_areas(r->db, &areas, r->viewer->network);
	for (size_t i = 0; i < areas.set.n && i < COVERAGE_AREAS; i++)
		t->area[t->rows++] = area_at(&areas, i)->name;
	t->rows += 2;
	coverage_newest(r->db, &t->on, r->viewer->network);
	read_cells(r, t);
	return t;
}

/* ---- page ---- */

static void
put_age(struct model *m, size_t col)
{
	int from = COVERAGE_AGE_FROM + 5 * (int)col;

	put_bool(m, "all_ages", col + 1 == COLS);
	put_i64(m, "from", from);
	put_i64(m, "to", col + 2 < COLS ? from + 4 : 0);
}

static void
put_cell(struct model *m, const struct cover *x)
{
	put_i64(m, "people", x->people);
	put_bool(m, "hidden", x->hidden);
	put_text(m, "given", NULL);
	put_text(m, "percent", NULL);
	if (x->hidden || x->people == 0)
		return;
	put_i64(m, "given", x->given);
	put_tenths(m, "percent", (int64_t)x->given * 1000 / x->people);
}

static void
put_bar(struct req *r, struct model *m, const struct cover *x, int n)
{
	double width = x->hidden || x->people == 0 ? 0 :
	    (double)BAR_WIDTH * x->given / x->people;

	put_cell(m, x);
	put_i64(m, "y", n * BAR_HEIGHT + 6);
	put_i64(m, "text_y", n * BAR_HEIGHT + 22);
	put_text(m, "width", arena_printf(r->mem, "%.1f", width));
}

/* Two charts: by age in all of the town, by area of all ages. */
static void
put_charts(struct req *r, struct model *m, struct table *t)
{
	int n = 0;

	put_items(m, "by_age");
	put_items(m, "by_area");
	for (size_t c = 0; c < COLS; c++) {
		struct model *bar;

		if (cell_of(t, t->rows - 1, c)->people == 0)
			continue;
		bar = put_item(m, "by_age");
		put_bar(r, bar, cell_of(t, t->rows - 1, c), n++);
		put_age(bar, c);
	}
	put_i64(m, "age_height", n * BAR_HEIGHT + 6);
	n = 0;
	for (size_t i = 0; i + 1 < t->rows; i++) {
		struct model *bar;

		if (cell_of(t, i, COLS - 1)->people == 0)
			continue;
		bar = put_item(m, "by_area");
		put_bar(r, bar, cell_of(t, i, COLS - 1), n++);
		put_text(bar, "area", t->area[i]);
	}
	put_i64(m, "area_height", n * BAR_HEIGHT + 6);
}

static void
put_table(struct model *m, struct table *t)
{
	put_items(m, "ages");
	put_items(m, "areas");
	for (size_t c = 0; c < COLS; c++)
		put_age(put_item(m, "ages"), c);
	for (size_t i = 0; i < t->rows; i++) {
		struct model *row;

		if (cell_of(t, i, COLS - 1)->people == 0)
			continue;
		row = put_item(m, "areas");
		put_text(row, "area", t->area[i]);
		put_bool(row, "all_areas", i + 1 == t->rows);
		for (size_t c = 0; c < COLS; c++)
			put_cell(put_item(row, "cells"), cell_of(t, i, c));
	}
}

static void
put_choice(struct req *r, struct model *m, const struct table *t)
{
	const struct schedule *s = schedule_now();
	const char *names = "";

	put_items(m, "vaccines");
	for (size_t i = 0; i < s->vaccines; i++) {
		struct model *o = put_item(m, "vaccines");

		put_i64(o, "number", (int64_t)i);
		put_text(o, "name", r->lang == LANG_EN ? s->vaccine[i].name_en :
		    s->vaccine[i].name);
		put_bool(o, "chosen", i == t->number);
	}
	for (size_t i = 0; i + 2 < t->rows; i++)
		names = arena_printf(r->mem, "%s%s%s", names,
		    i == 0 ? "" : "\n", t->area[i]);
	put_text(m, "names", names);
}

int
coverage_show(struct req *r, struct model *m)
{
	struct table *t = table_of(r);

	if (t == NULL)
		return refuse_input(r, "vaccine", "not_a_choice");
	put_choice(r, m, t);
	put_i64(m, "vaccine", (int64_t)t->number);
	put_text(m, "vaccine_name", r->lang == LANG_EN ? t->vaccine->name_en :
	    t->vaccine->name);
	put_row(m, "counted", &coverage_counted_on_row, t->on);
	put_i64(m, "least", SUPPRESS_LEAST);
	put_text(m, "elsewhere", NULL);
	if (t->elsewhere >= SUPPRESS_LEAST)
		put_i64(m, "elsewhere", t->elsewhere);
	put_charts(r, m, t);
	put_table(m, t);
	return 200;
}

/* ---- as a table for a spreadsheet; what is hidden is an x, as statistics have it ---- */

static const char *
age_word(struct req *r, size_t col)
{
	int from = COVERAGE_AGE_FROM + 5 * (int)col;

	return col + 1 == COLS ? "全年齢" : col + 2 == COLS ?
	    arena_printf(r->mem, "%d歳以上", from) :
	    arena_printf(r->mem, "%d〜%d歳", from, from + 4);
}

static void
write_cell(struct buf *b, const struct cover *x)
{
	int percent = x->people == 0 ? 0 : (int)(x->given * 1000L / x->people);

	if (x->hidden)
		buf_printf(b, ",%d,x,x\r\n", x->people);
	else
		buf_printf(b, ",%d,%d,%d.%d\r\n", x->people, x->given,
		    percent / 10, percent % 10);
}

int
coverage_table(struct req *r, struct model *m)
{
	struct table *t = table_of(r);
	struct buf b = { 0 };

	(void)m;
	if (t == NULL)
		return refuse_input(r, "vaccine", "not_a_choice");
	csv_mark(&b);
	buf_puts(&b, "地域,年齢,対象者,接種した人,接種率（%）\r\n");
	for (size_t i = 0; i < t->rows; i++)
		for (size_t c = 0; c < COLS; c++) {
			if (cell_of(t, i, c)->people == 0)
				continue;
			csv_text(&b, i + 1 == t->rows ? "全域" :
			    t->area[i] == NULL ? "その他" : t->area[i]);
			buf_putc(&b, ',');
			csv_text(&b, age_word(r, c));
			write_cell(&b, cell_of(t, i, c));
		}
	answer_raw(r, &(struct raw){ .type = "text/csv; charset=utf-8",
	    .name = "接種率.csv", .save = 1, .bytes = (int64_t)b.n,
	    .p = arena_copy(r->mem, b.p, b.n) });
	buf_free(&b);
	return 200;
}

/* ---- the town's areas ---- */

int
areas_change(struct req *r, struct model *m)
{
	char *text = arena_text(r->mem, in_text(r, "names")), *rest = NULL;
	int n = 0;

	(void)m;
	coverage_drop_areas(r->db, r->viewer->network);
	if (text == NULL)
		return 204;
	for (char *name = strtok_r(text, "\n", &rest); name != NULL;
	    name = strtok_r(NULL, "\n", &rest)) {
		if (text_length(name) > 40 || n == COVERAGE_AREAS)
			return refuse_input(r, "names", "too_long");
		coverage_put_area(r->db, r->viewer->network, name, n++);
	}
	return 204;
}
