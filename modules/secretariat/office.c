/* The secretariat's first page: what is due, what waits for what; its numbers. */
#include "secretariat.h"

#include "code.h"
#include "intake.h"
#include "items.h"
#include "office_sql.h"
#include "viewer.h"

enum { SMALL = 5 };	/* fewer are not told: they could be one person's */

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

void
waiting_fill(struct waiting *w, civil_date today)
{
	const struct scheme *c = scheme_find(w->scheme);

	w->days = today - w->applied_on;
	w->days_left = c->limit_days - w->days;
	w->urgency = urgency(c, w->applied_on, today);
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

		waiting_fill(w, today);
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
	put_several(r, m);
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
	static const struct numbers usual = { 7, 2, 24, LONGEST_MONTHS, 1, 0, 0, 0,
	    0, 0 };
	const struct numbers *n;
	struct insurer_rows insurers;

	office_numbers(r->db, &n, r->viewer->network);
	put_row(m, "numbers", &office_numbers_row, n == NULL ? &usual : n);
	intake_headings(r, m);
	office_insurers(r->db, &insurers, r->viewer->network);
	put_rows(m, "insurers", &insurers.set);
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
	    in_boolean(r, "hard_to_find"), in_integer(r, "chair_fee", NULL),
	    in_integer(r, "member_fee", NULL), in_boolean(r, "by_physician"),
	    in_boolean(r, "by_facility"));
	return 204;
}

int
insurer_write(struct req *r, struct model *m)
{
	struct insurer_number number;

	(void)m;
	if (insurer_number_parse(in_text(r, "insurer_number"), &number) != 0)
		return refuse_input(r, "insurer_number", "malformed");
	office_put_insurer(r->db, r->viewer->network,
	    in_text(r, "insurer_number"), in_text(r, "name"));
	return 204;
}

void
put_several(struct req *r, struct model *m)
{
	const struct several *s;

	office_several(r->db, &s, r->viewer->network);
	put_bool(m, "several", s != NULL && s->n > 1);
}

int
headings_write(struct req *r, struct model *m)
{
	const char *field = in_text(r, "field");

	(void)m;
	if (!intake_has(scheme_find(in_text(r, "scheme")), field))
		return refuse_input(r, "field", "not_a_choice");
	office_put_heading(r->db, r->viewer->network, in_text(r, "scheme"),
	    field, in_text(r, "heading"));
	return 204;
}

/* ---- calibration ---- */

/* A first stage's row: how many stayed, became lighter, became heavier. */
static void
put_first(struct model *m, const struct scheme *c,
    const struct departure_rows *rows, enum level first)
{
	int64_t total = 0, same = 0, lighter = 0, heavier = 0;
	struct model *o;

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct departure *d = departure_at(rows, i);
		enum level now = level_find(d->level);

		if (strcmp(d->scheme, c->word) != 0 ||
		    level_find(d->first_level) != first)
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

static void
put_by_item(struct req *r, struct model *m, const struct scheme *c,
    const struct by_item_rows *items)
{
	put_items(m, "by_item");
	for (size_t i = 0; i < items->set.n; i++) {
		const struct by_item *b = by_item_at(items, i);
		struct model *o;

		if (b->n < SMALL || strcmp(b->scheme, c->word) != 0)
			continue;
		o = put_item(m, "by_item");
		put_text(o, "name", item_name(r->mem, c, (int)b->item));
		put_i64(o, "n", b->n);
	}
}

/* Each board for itself. */
int
calibration_show(struct req *r, struct model *m)
{
	struct departure_rows rows;
	struct by_item_rows items;

	office_departures(r->db, &rows, r->viewer->network);
	office_by_item(r->db, &items, r->viewer->network);
	for (int i = 0; i < SCHEMES; i++) {
		const struct scheme *c = scheme_at(i);
		struct model *o = put_item(m, "schemes");

		put_text(o, "scheme", c->word);
		put_items(o, "departures");
		for (int l = 0; l < LEVELS; l++)
			if (scheme_has(c, (enum level)l))
				put_first(o, c, &rows, (enum level)l);
		put_by_item(r, o, c, &items);
	}
	return 200;
}
