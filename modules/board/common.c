/* What several handlers of the board share. */
#include "common.h"

#include "held_sql.h"
#include "viewer.h"

const char *
board_writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

const char *
board_mark(struct req *r)
{
	struct civil c = civil_from_date(date_of(r->now));
	int64_t minute = (r->now - instant_of(date_of(r->now))) / MINUTE_MS;

	return arena_printf(r->mem, "%s　%d-%02d-%02d %02d:%02d",
	    board_writer(r), c.year, c.month, c.day, (int)(minute / 60),
	    (int)(minute % 60));
}

void
put_leaf(struct req *r, struct model *m, const char *kind, int64_t pages)
{
	int set;
	int64_t page = in_integer(r, "page", &set);

	page = !set ? 1 : page > pages ? pages : page;
	put_text(m, "kind", kind);
	put_i64(m, "page", page);
	put_i64(m, "pages", pages);
	put_i64(m, "before", page - 1);
	put_i64(m, "behind", page < pages ? page + 1 : 0);
}

void
put_validity(struct model *m, struct validity v)
{
	put_i64(m, "least", v.least);
	put_i64(m, "most", v.most);
	put_i64(m, "usual", v.usual);
}

void
put_minutes(struct model *m, const struct scheme *c, int tenths)
{
	int left = c->timed ? tenths_left(tenths) : -1;

	put_bool(m, "timed", c->timed);
	put_tenths(m, "minutes", tenths);
	put_bool(m, "heavier", left >= 0);
	put_tenths(m, "left", left < 0 ? 0 : left);
	put_bool(m, "band", c->timed && is_band(tenths));
}

void
put_levels(struct model *m, const struct scheme *c, const char *chosen)
{
	put_items(m, "levels");
	for (int l = 0; l < LEVELS; l++) {
		struct model *o;

		if (!scheme_has(c, (enum level)l))
			continue;
		o = put_item(m, "levels");
		put_text(o, "level", level_word((enum level)l));
		put_bool(o, "chosen", level_find(chosen) == (enum level)l);
	}
}

void
put_missing(struct model *m, const struct scheme *c, unsigned there)
{
	put_bool(m, "all_fields", there == all_fields(c));
	put_items(m, "missing");
	for (int i = 0; c->fields[i] != NULL; i++)
		if ((there & field_bit(c, c->fields[i])) == 0)
			put_text(put_item(m, "missing"), "field", c->fields[i]);
}

void
put_held(struct req *r, struct model *m)
{
	struct held_rows rows = { 0 };

	if (viewer_has(r->viewer, "secretary"))
		held_sittings(r->db, &rows, r->viewer->network);
	put_items(m, "held");
	if (rows.set.n > 0)
		put_rows(m, "held", &rows.set);
}
