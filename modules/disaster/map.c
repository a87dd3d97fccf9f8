/* Where people are, over districts, outages and hazard areas. */
#include "areas.h"
#include "incident.h"
#include "screen.h"
#include "viewer.h"

/* What is drawn, and how it lies. */
struct drawing {
	struct screen *screen;
	struct sheet sheet;
	struct outline *area, *hazard;
};

static struct outline *
read_outline(struct sheet *s, const char *text, struct outline *o)
{
	(void)outline_read(text, o);
	for (size_t i = 0; i < o->n; i++)
		sheet_take(s, &o->v[i]);
	return o;
}

static struct corner
place_of(const struct dot *d)
{
	return (struct corner){ d->latitude.v, d->longitude.v };
}

static int
is_placed(const struct dot *d)
{
	return d->latitude.set && d->longitude.set;
}

static void
gather_shelters(struct drawing *d)
{
	const struct shelter_rows *rows = &d->screen->shelters;

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct shelter *h = shelter_at(rows, i);

		if (h->latitude.set)
			sheet_take(&d->sheet, &(struct corner){ h->latitude.v,
			    h->longitude.v });
	}
}

static void
gather(struct req *r, struct drawing *d)
{
	const struct screen *c = d->screen;

	d->area = arena_take_many(r->mem, c->areas.set.n + 1,
	    sizeof *d->area);
	d->hazard = arena_take_many(r->mem, c->hazards.set.n + 1,
	    sizeof *d->hazard);
	for (size_t i = 0; i < c->areas.set.n; i++)
		read_outline(&d->sheet, area_at(&c->areas, i)->outline,
		    &d->area[i]);
	for (size_t i = 0; i < c->hazards.set.n; i++)
		read_outline(&d->sheet, hazard_at(&c->hazards, i)->outline,
		    &d->hazard[i]);
	for (size_t i = 0; i < c->dots.set.n; i++) {
		const struct dot *dot = dot_at(&c->dots, i);
		struct corner place = place_of(dot);

		if (is_placed(dot))
			sheet_take(&d->sheet, &place);
	}
	gather_shelters(d);
}

static void
put_areas(struct req *r, struct model *m, const struct drawing *d)
{
	put_items(m, "shapes");
	for (size_t i = 0; i < d->screen->areas.set.n; i++) {
		const struct area *a = area_at(&d->screen->areas, i);
		struct corner middle = outline_middle(&d->area[i]);
		struct model *o;

		if (d->area[i].n == 0)
			continue;
		o = put_item(m, "shapes");
		put_text(o, "name", a->name);
		put_bool(o, "outage", a->outage_since.set);
		put_bool(o, "chosen", a->chosen);
		put_text(o, "points", sheet_points(r->mem, &d->sheet,
		    &d->area[i]));
		put_text(o, "x", sheet_x(r->mem, &d->sheet, middle.longitude));
		put_text(o, "y", sheet_y(r->mem, &d->sheet, middle.latitude));
	}
}

/* Marks who lies inside one, and counts them. */
static int64_t
count_inside(struct drawing *d, const struct outline *o, int mark)
{
	int64_t n = 0;

	for (size_t i = 0; i < d->screen->dots.set.n && o->n > 0; i++) {
		struct dot *dot = dot_edit(&d->screen->dots, i);
		struct corner c = place_of(dot);

		if (!is_placed(dot) || !outline_has(o, &c))
			continue;
		n++;
		if (mark)
			dot->inside = 1;
	}
	return n;
}

static void
put_hazards(struct req *r, struct model *m, struct drawing *d,
    const struct ref *wanted)
{
	put_text(m, "hazard", NULL);
	put_items(m, "hazards");
	for (size_t i = 0; i < d->screen->hazards.set.n; i++) {
		const struct hazard *h = hazard_at(&d->screen->hazards, i);
		int mark = wanted != NULL && memcmp(wanted->b, h->id->b,
		    sizeof wanted->b) == 0;
		struct model *o = put_item(m, "hazards");

		put_ref(o, "id", h->id);
		put_text(o, "kind", h->kind);
		put_text(o, "name", h->name);
		put_bool(o, "here", mark);
		put_i64(o, "people", count_inside(d, &d->hazard[i], mark));
		put_text(o, "points", sheet_points(r->mem, &d->sheet,
		    &d->hazard[i]));
		if (mark)
			put_text(m, "hazard", h->name);
	}
}

/* Dots for all; a name for nobody but those inside the hazard area that was asked for. */
static void
put_dots(struct req *r, struct model *m, const struct drawing *d)
{
	int64_t unplaced = 0, named = 0;

	put_items(m, "dots");
	put_items(m, "inside");
	for (size_t i = 0; i < d->screen->dots.set.n; i++) {
		const struct dot *p = dot_at(&d->screen->dots, i);
		struct model *o;

		unplaced += !is_placed(p);
		if (!is_placed(p))
			continue;
		o = put_item(m, "dots");
		put_text(o, "x", sheet_x(r->mem, &d->sheet, p->longitude.v));
		put_text(o, "y", sheet_y(r->mem, &d->sheet, p->latitude.v));
		put_bool(o, "help", p->waits == 1);
		put_bool(o, "unknown", p->waits == 2);
		if (!p->inside || ++named > PAPER_A_PAGE)
			continue;
		o = put_item(m, "inside");
		put_ref(o, "id", p->id);
		put_i64(o, "number", p->number);
		put_text(o, "name", p->name);
		put_bool(o, "help", p->waits == 1);
		put_bool(o, "unknown", p->waits == 2);
		req_audit_subject(r, p->patient_id);
	}
	put_i64(m, "unplaced", unplaced);
}

void
map_put(struct req *r, struct model *m, struct screen *screen, int named)
{
	struct drawing d = { .screen = screen };

	gather(r, &d);
	put_areas(r, m, &d);
	put_hazards(r, m, &d, named ? in_ref(r, "hazard") : NULL);
	put_dots(r, m, &d);
	shelters_put(r, m, &d.sheet, &screen->shelters);
}

int
map_show(struct req *r, struct model *m)
{
	struct screen screen;
	struct reach e;

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_put(r, m, &e);
	screen_read(r, &e, SCREEN_MAP, &screen);
	map_put(r, m, &screen, 1);
	put_channel(r, m, e.room->id);
	return 200;
}
