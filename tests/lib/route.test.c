/* Which route a path means, and which tables are refused. */
#include "unit.h"

#include "route.h"

#define HEX "0123456789abcdef0123456789abcdef"

static int
handle(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 200;
}

static void
fits(void **state)
{
	struct ref refs[PATH_REFS_MAX];
	char hex[REF_HEX];

	(void)state;
	assert_true(route_fits("/a", "/a", refs));
	assert_true(route_fits("/a/{b}/c", "/a/" HEX "/c", refs));
	assert_string_equal(ref_hex(&refs[0], hex), HEX);
	assert_true(route_fits("/", "/", refs));
	assert_false(route_fits("/a", "/a/", refs));
	assert_false(route_fits("/a", "/ab", refs));
	assert_false(route_fits("/ab", "/a", refs));
	assert_false(route_fits("/a/{b}", "/a/", refs));
	assert_false(route_fits("/a/{b}", "/a/" HEX "0", refs));
	assert_false(route_fits("/a/{b}", "/a/" "0123456789ABCDEF"
	    "0123456789abcdef", refs));
	assert_false(route_fits("/a/{b}", "/a/" HEX "/c", refs));
	assert_false(route_fits("/a", "", refs));
	assert_int_equal(route_ref("/{ab}/{a}", "a", 1), 1);
	assert_int_equal(route_ref("/{ab}/{a}", "b", 1), -1);
}

static void
finds(void **state)
{
	static const struct route table[] = {
		{ GET, "/a", PUBLIC, NULL, handle },
		{ POST, "/a", PUBLIC, NULL, handle },
		{ POST, "/b", PUBLIC, NULL, handle },
		{ 0 }
	};
	struct ref refs[PATH_REFS_MAX];
	unsigned others;

	(void)state;
	assert_int_equal(route_find(table, POST, "/a", refs, &others), 1);
	assert_int_equal(route_find(table, GET, "/b", refs, &others), -1);
	assert_int_equal(others, 1U << POST);
	assert_int_equal(route_find(table, GET, "/c", refs, &others), -1);
	assert_int_equal(others, 0);
}

static void
fills(void **state)
{
	struct ref refs[PATH_REFS_MAX], id = { { 1 } };
	struct buf b = { 0 };

	(void)state;
	assert_true(route_fits("/t/{p}", "/t/" HEX, refs));
	route_fill(&b, "/t/{p}/{id}/x", "/t/{p}", refs, &id);
	assert_string_equal(buf_text(&b), "/t/" HEX "/01000000000000000000000000"
	    "000000/x");
	buf_free(&b);
}

static const struct input text_in[] = { { "q", TEXT, 1, 9 }, { 0 } };
static const struct input ref_in[] = { { "q", REF }, { 0 } };
static const struct input twice_in[] = { { "q", REF }, { "q", DATE }, { 0 } };
static const struct input choice_in[] = { { "q", CHOICE }, { 0 } };
static const struct input long_in[] = { { "q", TEXT, 1 }, { 0 } };
static const struct input endless_in[] = { { "q", LINES }, { 0 } };
static const struct input zero_in[] = { { "q", INTEGER }, { 0 } };
static const struct input maybe_in[] = {
	{ "q", TEXT, 1, 9, .optional = 1 }, { 0 }
};
static const struct input kind_in[] = {
	{ "q", TEXT, 1, 9, .choices = "a|b" }, { 0 }
};
static const struct input key_in[] = { { "idempotency_key", REF }, { 0 } };

/* Each of these must be refused, for the reason behind it. */
static const struct bad {
	struct route route;
	const char *why;
} bad[] = {
	{ { GET, "/a", PUBLIC, text_in, handle }, "GET takes no text" },
	{ { GET, "/a", 0, NULL, handle }, "nobody is called 0" },
	{ { GET, "/a", WHO_CARE, NULL, handle }, "nobody is called 10" },
	{ { GET, "a", PUBLIC, NULL, handle }, "begins with /" },
	{ { GET, "/a{b}", PUBLIC, NULL, handle }, "whole part" },
	{ { GET, "/{b", PUBLIC, NULL, handle }, "whole part" },
	{ { GET, "/{a}/{b}/{c}/{d}/{e}", PUBLIC, NULL, handle }, "refs" },
	{ { GET, "/a", PUBLIC, NULL, NULL }, "no handler" },
	{ { GET, "/a", PUBLIC, NULL, handle, "none.html" }, "no page" },
	{ { POST, "/a", PUBLIC, NULL, handle, NULL, "/{b}" }, "names {b}" },
	{ { POST, "/a", PUBLIC, NULL, handle, NULL, "//b" }, "path of ours" },
	{ { POST, "/a", PUBLIC, NULL, handle, NULL, "https:" }, "path of ours" },
	{ { GET, "/a", PUBLIC, twice_in, handle }, "input twice" },
	{ { GET, "/a", PUBLIC, choice_in, handle }, "no choices" },
	{ { POST, "/a", PUBLIC, long_in, handle }, "min is above max" },
	{ { POST, "/a", PUBLIC, endless_in, handle }, "no max" },
	{ { GET, "/a", PUBLIC, zero_in, handle }, "no max" },
	{ { POST, "/a", PUBLIC, maybe_in, handle }, "by min 0" },
	{ { POST, "/a", PUBLIC, kind_in, handle }, "no CHOICE" },
	{ { POST, "/a", PUBLIC, key_in, handle }, "own input" },
	{ { GET, "/{a}", PUBLIC, NULL, handle, .anywhere = 1 }, "anywhere" },
	{ { POST, "/a", PUBLIC, NULL, handle, .anywhere = 1 }, "anywhere" },
	{ { POST, "/{a}", LOOPBACK, NULL, handle, .anywhere = 1 }, "anywhere" },
	{ { POST, "/{a}", PUBLIC, ref_in, handle, .anywhere = 1 }, "anywhere" },
	{ { GET, "/ok", PUBLIC, NULL, handle }, "stands twice" },
};

static void
refuses(void **state)
{
	char why[200];
	struct pages *pages = pages_new(NULL, 0, NULL, why, sizeof why);

	(void)state;
	assert_non_null(pages);
	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		const struct route table[] = {
			{ GET, "/ok", PUBLIC, ref_in, handle },
			bad[i].route, { 0 }
		};

		assert_int_equal(routes_check(table, NULL, pages, why,
		    sizeof why), -1);
		assert_non_null(strstr(why, bad[i].why));
	}
	pages_free(pages);
}

static const char *
team_name(int who)
{
	return who == WHO_CARE ? "TEAM" : NULL;
}

static const char *
team_part(int who)
{
	return who == WHO_CARE ? "patient" : NULL;
}

/* An admission that looks at the path's {patient} wants a path with one. */
static void
wants_part(void **state)
{
	const struct hooks hooks = { .who_name = team_name,
		.who_part = team_part };
	struct route table[] = {
		{ GET, "/a/{patients}", WHO_CARE, NULL, handle }, { 0 }
	};
	char why[200];
	struct pages *pages = pages_new(NULL, 0, NULL, why, sizeof why);

	(void)state;
	assert_int_equal(routes_check(table, &hooks, pages, why, sizeof why),
	    -1);
	assert_non_null(strstr(why, "TEAM wants {patient} in the path"));
	table[0].path = "/a/{patient}";
	assert_int_equal(routes_check(table, &hooks, pages, why, sizeof why),
	    0);
	pages_free(pages);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits),
		cmocka_unit_test(finds),
		cmocka_unit_test(fills),
		cmocka_unit_test(refuses),
		cmocka_unit_test(wants_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
