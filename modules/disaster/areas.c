/* The town draws its districts and hazard areas, and says where shelters are. */
#include "areas.h"

#include "area_sql.h"
#include "incident.h"
#include "register_sql.h"
#include "viewer.h"

/* All that the town has drawn. */
struct chart {
	struct sheet sheet;
	struct district_rows districts;
	struct hazard_rows hazards;
	struct shelter_rows shelters;
};

static void
take(struct sheet *s, const char *text)
{
	struct outline o;

	(void)outline_read(text, &o);
	for (size_t i = 0; i < o.n; i++)
		sheet_take(s, &o.v[i]);
}

static void
gather(struct req *r, struct chart *c)
{
	int64_t network = r->viewer->network;

	register_districts(r->db, &c->districts, network);
	incident_hazards(r->db, &c->hazards, network);
	shelter_in_incident(r->db, &c->shelters, 0, network,
	    r->viewer->office, 0);
	for (size_t i = 0; i < c->districts.set.n; i++)
		take(&c->sheet, district_at(&c->districts, i)->outline);
	for (size_t i = 0; i < c->hazards.set.n; i++)
		take(&c->sheet, hazard_at(&c->hazards, i)->outline);
	for (size_t i = 0; i < c->shelters.set.n; i++) {
		const struct shelter *h = shelter_at(&c->shelters, i);

		if (h->latitude.set)
			sheet_take(&c->sheet, &(struct corner){ h->latitude.v,
			    h->longitude.v });
	}
	sheet_widen(&c->sheet);
}

/* A list of what has an outline: as words for its field, and as points for the drawing. */
static struct model *
put_outlined(struct req *r, struct model *m, const char *list,
    const struct sheet *s, const struct ref *id, const char *name,
    const char *outline)
{
	struct model *o = put_item(m, list);
	struct corner middle;
	struct outline corners;

	(void)outline_read(outline, &corners);
	middle = outline_middle(&corners);
	put_ref(o, "id", id);
	put_text(o, "name", name);
	put_text(o, "outline", outline);
	put_text(o, "points", corners.n == 0 ? NULL :
	    sheet_points(r->mem, s, &corners));
	put_text(o, "x", sheet_x(r->mem, s, middle.longitude));
	put_text(o, "y", sheet_y(r->mem, s, middle.latitude));
	return o;
}

/* What a press on the drawing means: the degrees of its edges. */
static void
put_edges(struct req *r, struct model *m, const struct sheet *s)
{
	put_bool(m, "drawn", s->any);
	put_text(m, "north", sheet_latitude(r->mem, s, 0));
	put_text(m, "south", sheet_latitude(r->mem, s, SHEET_HEIGHT));
	put_text(m, "west", sheet_longitude(r->mem, s, 0));
	put_text(m, "east", sheet_longitude(r->mem, s, SHEET_WIDTH));
}

void
shelters_put(struct req *r, struct model *m, const struct sheet *s,
    const struct shelter_rows *rows)
{
	put_items(m, "shelters");
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct shelter *h = shelter_at(rows, i);
		struct model *o = put_item(m, "shelters");
		int placed = h->latitude.set;

		put_ref(o, "id", h->id);
		put_text(o, "name", h->name);
		put_text(o, "address", h->address);
		put_bool(o, "welfare", h->welfare);
		put_text(o, "state", h->state);
		put_bool(o, "takes", strcmp(h->state, "open") == 0);
		put_i64(o, "people", h->people);
		put_i64(o, "capacity", h->capacity);
		put_text(o, "place", placed ? degrees_pair(r->mem,
		    h->latitude.v, h->longitude.v) : NULL);
		put_text(o, "x", placed ? sheet_x(r->mem, s, h->longitude.v) :
		    NULL);
		put_text(o, "y", placed ? sheet_y(r->mem, s, h->latitude.v) :
		    NULL);
	}
}

int
areas_show(struct req *r, struct model *m)
{
	struct chart c = { .sheet = { 0 } };

	gather(r, &c);
	put_edges(r, m, &c.sheet);
	put_items(m, "districts");
	for (size_t i = 0; i < c.districts.set.n; i++) {
		const struct district *d = district_at(&c.districts, i);

		put_i64(put_outlined(r, m, "districts", &c.sheet, d->id,
		    d->name, d->outline), "people", d->people);
	}
	put_items(m, "hazards");
	for (size_t i = 0; i < c.hazards.set.n; i++) {
		const struct hazard *h = hazard_at(&c.hazards, i);

		put_text(put_outlined(r, m, "hazards", &c.sheet, h->id,
		    h->name, h->outline), "kind", h->kind);
	}
	shelters_put(r, m, &c.sheet, &c.shelters);
	return 200;
}

/* ---- drawing ---- */

/* 1 if the outline of the form is one; a district may have none yet. */
static int
is_drawn(struct req *r, int needed)
{
	const char *text = in_text(r, "outline");
	struct outline o;

	if (text == NULL)
		return !needed;
	return outline_read(text, &o) == 0;
}

int
district_add(struct req *r, struct model *m)
{
	if (!is_drawn(r, 0))
		return refuse_input(r, "outline", "malformed");
	area_add_district(r->db, r->id, r->viewer->network,
	    in_text(r, "name"), in_text(r, "outline"));
	area_settle(r->db, r->viewer->network);
	lists_follow(r);
	put_id(m, r->id);
	return 201;
}

int
district_change(struct req *r, struct model *m)
{
	(void)m;
	if (!is_drawn(r, 0))
		return refuse_input(r, "outline", "malformed");
	area_change_district(r->db, in_path(r, "district"),
	    r->viewer->network, in_text(r, "name"), in_text(r, "outline"));
	area_settle(r->db, r->viewer->network);
	lists_follow(r);
	return 204;
}

int
hazard_add(struct req *r, struct model *m)
{
	if (!is_drawn(r, 1))
		return refuse_input(r, "outline", "malformed");
	area_add_hazard(r->db, r->id, r->viewer->network, in_text(r, "kind"),
	    in_text(r, "name"), in_text(r, "outline"));
	put_id(m, r->id);
	return 201;
}

int
hazard_change(struct req *r, struct model *m)
{
	(void)m;
	if (!is_drawn(r, 1))
		return refuse_input(r, "outline", "malformed");
	area_change_hazard(r->db, in_path(r, "hazard"), r->viewer->network,
	    in_text(r, "kind"), in_text(r, "name"), in_text(r, "outline"));
	return 204;
}

int
hazard_end(struct req *r, struct model *m)
{
	(void)m;
	area_end_hazard(r->db, in_path(r, "hazard"), r->viewer->network,
	    r->now);
	return 204;
}

int
shelter_put_place(struct req *r, struct model *m)
{
	const char *text = in_text(r, "place");
	struct corner c = { 0, 0 };
	int placed = text != NULL;

	(void)m;
	if (placed && corner_of(text, &c) != 0)
		return refuse_input(r, "place", "malformed");
	area_place_shelter(r->db, in_path(r, "shelter"), r->viewer->network,
	    (struct db_maybe){ placed, c.latitude },
	    (struct db_maybe){ placed, c.longitude }, r->now, r->viewer->user);
	return 204;
}
