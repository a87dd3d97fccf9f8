/* The directory: every office of the network, each corrected by its manager. */
#include "offices.h"

#include "offices_sql.h"
#include "record.h"
#include "viewer.h"

enum { MAP_WIDTH = 640, MAP_HEIGHT = 400, MAP_EDGE = 24 };

/* A place on the map of the page. */
struct pin {
	double lat, lon;
	int number;
	int own;
};

struct bounds {
	double south, north, west, east;
};

/* "35.123456"; 0, or -1 if it is no number within the limits. */
static int
read_degrees(const char *text, double limit, double *out)
{
	char *end;
	double v;

	if (text == NULL || strspn(text, "-.0123456789") != strlen(text))
		return -1;
	v = strtod(text, &end);
	if (*end != '\0' || end == text || v < -limit || v > limit)
		return -1;
	*out = v;
	return 0;
}

static size_t
read_pins(const struct listing_rows *rows, struct pin *v)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct listing *o = listing_at(rows, i);
		struct pin p = { .number = (int)i + 1, .own = o->own };

		if (read_degrees(o->lat, 90, &p.lat) == 0 &&
		    read_degrees(o->lon, 180, &p.lon) == 0)
			v[n++] = p;
	}
	return n;
}

static struct bounds
bounds_of(const struct pin *v, size_t n)
{
	struct bounds b = { 90, -90, 180, -180 };

	for (size_t i = 0; i < n; i++) {
		b.south = v[i].lat < b.south ? v[i].lat : b.south;
		b.north = v[i].lat > b.north ? v[i].lat : b.north;
		b.west = v[i].lon < b.west ? v[i].lon : b.west;
		b.east = v[i].lon > b.east ? v[i].lon : b.east;
	}
	return b;
}

/* Where offices lie to each other, north above: as numbers for the page. */
static void
put_map(struct req *r, struct model *m, const struct listing_rows *rows)
{
	struct pin *v = arena_take_many(r->mem, rows->set.n + 1, sizeof *v);
	size_t n = read_pins(rows, v);
	struct bounds b = bounds_of(v, n);

	put_items(m, "pins");
	for (size_t i = 0; i < n && b.east > b.west && b.north > b.south; i++) {
		struct model *o = put_item(m, "pins");

		put_text(o, "x", arena_printf(r->mem, "%.1f", MAP_EDGE +
		    (MAP_WIDTH - 2 * MAP_EDGE) * (v[i].lon - b.west) /
		    (b.east - b.west)));
		put_text(o, "y", arena_printf(r->mem, "%.1f", MAP_EDGE +
		    (MAP_HEIGHT - 2 * MAP_EDGE) * (b.north - v[i].lat) /
		    (b.north - b.south)));
		put_i64(o, "number", v[i].number);
		put_bool(o, "own", v[i].own);
	}
}

int
offices_show(struct req *r, struct model *m)
{
	struct listing_rows rows;
	char hex[REF_HEX];

	offices_list(r->db, &rows, r->viewer->network, r->viewer->office);
	put_items(m, "offices");
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct listing *o = listing_at(&rows, i);
		struct model *item = put_item(m, "offices");

		put_text(item, "id", arena_text(r->mem, ref_hex(o->id, hex)));
		put_i64(item, "number", (int64_t)i + 1);
		put_text(item, "name", o->name);
		put_text(item, "kind", o->kind);
		put_text(item, "phone", o->phone);
		put_text(item, "address", o->address);
		put_text(item, "hours", o->hours);
		put_bool(item, "own", o->own);
	}
	put_map(r, m, &rows);
	return 200;
}

int
offices_one_show(struct req *r, struct model *m)
{
	const struct office *o;

	offices_one(r->db, &o, r->viewer->network, r->viewer->office,
	    in_path(r, "office"));
	if (o == NULL)
		return 404;
	put_row(m, NULL, &offices_office_row, o);
	put_bool(m, "may_write", o->own && r->viewer->office_manager);
	return 200;
}

int
offices_correct_own(struct req *r, struct model *m)
{
	const char *lat = in_text(r, "lat"), *lon = in_text(r, "lon");
	const struct office *o;
	double degrees;

	(void)m;
	offices_one(r->db, &o, r->viewer->network, r->viewer->office,
	    in_path(r, "office"));
	if (o == NULL)
		return 404;
	if (!o->own)
		return 403;
	if (lat != NULL && read_degrees(lat, 90, &degrees) != 0)
		return refuse_input(r, "lat", "not_a_number");
	if (lon != NULL && read_degrees(lon, 180, &degrees) != 0)
		return refuse_input(r, "lon", "not_a_number");
	offices_correct(r->db, r->viewer->office, in_text(r, "phone"),
	    in_text(r, "fax"), in_text(r, "address"), lat, lon,
	    in_text(r, "hours"), in_text(r, "services"), record_writer(r),
	    r->now);
	return 204;
}
