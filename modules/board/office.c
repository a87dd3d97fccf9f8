/* The secretariat's first page: what is due, what waits for what; its numbers. */
#include "board.h"

#include "intake.h"
#include "items.h"
#include "office_sql.h"
#include "viewer.h"

enum { SMALL = 5 };	/* fewer are not told: they could be one person's */

void
put_held(struct req *r, struct model *m)
{
	struct held_rows rows = { 0 };

	if (viewer_has(r->viewer, "secretary"))
		office_sittings(r->db, &rows, r->viewer->network);
	put_items(m, "held");
	if (rows.set.n > 0)
		put_rows(m, "held", &rows.set);
}

/* How many are late, and how many wait for papers, for a check, for a sitting. */
struct counts { int64_t late, alarm, unchecked, unassigned; };

static void
count(struct counts *c, const struct waiting *w)
{
	c->late += strcmp(w->urgency, "late") == 0;
	c->alarm += strcmp(w->urgency, "alarm") == 0 && !w->sitting_number.set;
	c->unchecked += !w->checked;
	c->unassigned += strcmp(w->state, "papers_ready") == 0 ||
	    strcmp(w->state, "carried_over") == 0;
}

static void
put_waiting(struct req *r, struct model *m)
{
	civil_date today = date_of(r->now);
	struct waiting_rows rows;
	struct counts c = { 0 };

	office_waiting(r->db, &rows, r->viewer->network);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct waiting *w = waiting_edit(&rows, i);

		w->days = today - w->applied_on;
		w->days_left = LIMIT_DAYS - w->days;
		w->urgency = urgency(w->applied_on, today);
		count(&c, w);
	}
	put_rows(m, "waiting", &rows.set);
	put_i64(m, "late", c.late);
	put_i64(m, "alarm", c.alarm);
	put_i64(m, "unchecked", c.unchecked);
	put_i64(m, "unassigned", c.unassigned);
}

int
office_show(struct req *r, struct model *m)
{
	struct panel_rows panels;
	struct imported_rows imports;

	put_waiting(r, m);
	put_held(r, m);
	office_panels(r->db, &panels, r->viewer->network);
	office_imports(r->db, &imports, r->viewer->network);
	put_rows(m, "panels", &panels.set);
	put_rows(m, "imports", &imports.set);
	return 200;
}

/* ---- numbers and headings ---- */

int
settings_show(struct req *r, struct model *m)
{
	static const struct numbers usual = { 7, 2, 24, LONGEST_MONTHS, 1, 0 };
	const struct numbers *n;

	office_numbers(r->db, &n, r->viewer->network);
	put_row(m, "numbers", &office_numbers_row, n == NULL ? &usual : n);
	intake_headings(r, m);
	return 200;
}

int
settings_write(struct req *r, struct model *m)
{
	(void)m;
	office_put_numbers(r->db, r->viewer->network,
	    in_integer(r, "notice_days", NULL),
	    in_integer(r, "reveal_days", NULL),
	    in_integer(r, "purge_hours", NULL),
	    in_integer(r, "longest_months", NULL),
	    in_boolean(r, "slight_simplified"),
	    in_boolean(r, "hard_to_find"));
	return 204;
}

int
headings_write(struct req *r, struct model *m)
{
	const char *field = in_text(r, "field");

	(void)m;
	if (!intake_has(field))
		return refuse_input(r, "field", "not_a_choice");
	office_put_heading(r->db, r->viewer->network, field,
	    in_text(r, "heading"));
	return 204;
}

/* ---- calibration ---- */

/* A first stage's row: how many stayed, became lighter, became heavier. */
static void
put_first(struct model *m, const struct departure_rows *rows, enum level first)
{
	int64_t total = 0, same = 0, lighter = 0, heavier = 0;
	struct model *o;

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct departure *d = departure_at(rows, i);
		enum level now = level_find(d->level);

		if (level_find(d->first_level) != first)
			continue;
		total += d->n;
		same += now == first ? d->n : 0;
		lighter += now < first ? d->n : 0;
		heavier += now > first ? d->n : 0;
	}
	if (total == 0)
		return;
	o = put_item(m, "departures");
	put_text(o, "care_level", level_word(first));
	put_bool(o, "told", total >= SMALL);
	put_i64(o, "total", total);
	put_i64(o, "same", total >= SMALL ? same * 100 / total : 0);
	put_i64(o, "lighter", total >= SMALL ? lighter * 100 / total : 0);
	put_i64(o, "heavier", total >= SMALL ? heavier * 100 / total : 0);
}

int
calibration_show(struct req *r, struct model *m)
{
	struct departure_rows rows;
	struct by_item_rows items;

	office_departures(r->db, &rows, r->viewer->network);
	put_items(m, "departures");
	for (int l = 0; l < LEVELS; l++)
		put_first(m, &rows, (enum level)l);
	office_by_item(r->db, &items, r->viewer->network);
	put_items(m, "by_item");
	for (size_t i = 0; i < items.set.n; i++) {
		const struct by_item *b = by_item_at(&items, i);
		struct model *o;

		if (b->n < SMALL)
			continue;
		o = put_item(m, "by_item");
		put_text(o, "name", item_name(r->mem, (int)b->item));
		put_i64(o, "n", b->n);
	}
	return 200;
}
