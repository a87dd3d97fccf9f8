/* Outlines, who lies inside, and places on the sheet. */
#include "unit.h"

#include "geometry.h"
#include "residents.h"

#define SQUARE "33.5,137.5 33.5,137.6 33.6,137.6 33.6,137.5"

static void
outlines(void **state)
{
	struct outline o;

	(void)state;
	assert_int_equal(outline_read(SQUARE, &o), 0);
	assert_int_equal(o.n, 4);
	assert_int_equal(outline_read(NULL, &o), -1);
	assert_int_equal(outline_read("33.5,137.5 33.5,137.6", &o), -1);
	assert_int_equal(o.n, 0);
	assert_int_equal(outline_read("33.5,137.5 33.5 33.6,137.6", &o), -1);
	assert_int_equal(outline_read("33.5,137.5 95,137.6 33.6,137.6", &o), -1);
}

static void
a_place(void **state)
{
	struct arena *mem = arena_new(1024 * 1024);
	struct corner c = { 1, 2 };

	(void)state;
	assert_int_equal(corner_of("33.5, 137.25", &c), 0);
	assert_int_equal(c.latitude, 33500000);
	assert_int_equal(c.longitude, 137250000);
	assert_string_equal(degrees_pair(mem, c.latitude, c.longitude),
	    "33.500000,137.250000");
	assert_int_equal(corner_of("33.5", &c), -1);
	assert_int_equal(corner_of("", &c), -1);
	assert_int_equal(corner_of("95,137", &c), -1);
	assert_int_equal(corner_of("33.5,137.25,1", &c), -1);
	arena_free(mem);
}

static void
inside(void **state)
{
	/* A hook: what lies between its arms is outside. */
	static const char hook[] = "0,0 0,3 3,3 3,2 1,2 1,1 3,1 3,0";
	struct outline o;

	(void)state;
	assert_int_equal(outline_read(SQUARE, &o), 0);
	assert_true(outline_has(&o, &(struct corner){ 33550000, 137550000 }));
	assert_false(outline_has(&o, &(struct corner){ 33650000, 137550000 }));
	assert_false(outline_has(&o, &(struct corner){ 33550000, 137650000 }));
	assert_false(outline_has(&o, &(struct corner){ 33550000, 137450000 }));
	assert_int_equal(outline_read(hook, &o), 0);
	assert_true(outline_has(&o, &(struct corner){ 2 * DEGREE, DEGREE / 2 }));
	assert_false(outline_has(&o, &(struct corner){ 2 * DEGREE, 3 * DEGREE / 2 }));
	assert_true(outline_has(&o, &(struct corner){ DEGREE / 2, 3 * DEGREE / 2 }));
}

static void
a_sheet_holds_all_and_keeps_its_shape(void **state)
{
	struct arena *mem = arena_new(1024 * 1024);
	struct sheet s = { 0 };
	struct outline o;

	(void)state;
	assert_int_equal(outline_read(SQUARE, &o), 0);
	for (size_t i = 0; i < o.n; i++)
		sheet_take(&s, &o.v[i]);
	/* North is up; the square's height is the sheet's less its edges. */
	assert_string_equal(sheet_y(mem, &s, 33600000), "16.0");
	assert_string_equal(sheet_y(mem, &s, 33500000), "464.0");
	assert_string_equal(sheet_x(mem, &s, 137550000), "320.0");
	/* A tenth of a degree is shorter to the east: 448 * cos(33.55 degrees) is 373. */
	assert_string_equal(sheet_x(mem, &s, 137500000), "133.3");
	assert_string_equal(sheet_x(mem, &s, 137600000), "506.7");
	assert_int_equal(outline_middle(&o).latitude, 33550000);
	/* And back: what is pressed there is that place. */
	assert_string_equal(sheet_latitude(mem, &s, 16), "33.600000");
	assert_string_equal(sheet_latitude(mem, &s, 464), "33.500000");
	assert_string_equal(sheet_longitude(mem, &s, 320), "137.550000");
	sheet_widen(&s);
	assert_int_equal(s.north, 33610000);
	assert_int_equal(s.west, 137490000);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outlines),
		cmocka_unit_test(a_place),
		cmocka_unit_test(inside),
		cmocka_unit_test(a_sheet_holds_all_and_keeps_its_shape)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
