/* Every kind of input, with what it takes and what it refuses. */
#include "unit.h"

#include "request.h"

static const struct input declared[] = {
	{ "text", TEXT, 1, 5 },
	{ "lines", LINES, 2, 5 },
	{ "secret", SECRET, 0, 5 },
	{ "integer", INTEGER, -3, 300, .optional = 1 },
	{ "boolean", BOOLEAN },
	{ "choice", CHOICE, .choices = "note|report", .optional = 1 },
	{ "ref", REF, .optional = 1 },
	{ "date", DATE, 1900, 2100, .optional = 1 },
	{ "cursor", CURSOR },
	{ 0 }
};

static const struct route route = {
	.method = POST, .path = "/x/{p}", .in = declared
};

struct world {
	struct server server;
	struct worker worker;
	struct request *q;
};

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->worker.keep = arena_new(1 << 20);
	w->worker.mem = arena_new(1 << 20);
	w->worker.server = &w->server;
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	arena_free(w->worker.keep);
	arena_free(w->worker.mem);
	free(w);
	return 0;
}

/* Checks a form: "" when it is taken, else "name code" of what is refused. */
static const char *
check(struct world *w, const char *form)
{
	struct request *q;

	arena_reset(w->worker.keep);
	q = arena_take(w->worker.keep, sizeof *q);
	q->server = &w->server;
	q->worker = &w->worker;
	q->r.own = q;
	q->r.mem = w->worker.mem;
	q->r.route = &route;
	w->q = q;
	if (form_parse(&q->form, w->worker.keep, form, strlen(form)) != 0)
		return "form";
	if (inputs_check(q) == 0)
		return "";
	assert_int_equal(q->a.status, 400);
	return arena_printf(w->worker.keep, "%s %s", q->a.field, q->a.code);
}

#define REST "text=a&lines=ab"

static const struct { const char *form, *fault; } cases[] = {
	{ REST, "" },
	{ "lines=ab", "text missing" },
	{ "text=&lines=ab", "text missing" },
	{ "text=%E3%80%80+%09&lines=ab", "text control" },
	{ "text=%E3%80%80+&lines=ab", "text missing" },
	{ "text=abcdef&lines=ab", "text too_long" },
	{ "text=%E3%81%82%E3%81%82%E3%81%82%E3%81%82%E3%81%82&lines=ab", "" },
	{ "text=%C3%28&lines=ab", "text not_utf8" },
	{ "text=%ED%A0%80&lines=ab", "text not_utf8" },
	{ "text=a%00b&lines=ab", "text control" },
	{ "text=a%E2%80%AEb&lines=ab", "text control" },
	{ "text=a&lines=a", "lines too_short" },
	{ "text=a&lines=a%0D%0Ab", "" },
	{ "text=a&lines=a%01b", "lines control" },
	{ "text=a&text=a&lines=ab", "text twice" },
	{ REST "&secret=+a+", "" },
	{ REST "&secret=abcdef", "secret too_long" },
	{ REST "&integer=300", "" },
	{ REST "&integer=-3", "" },
	{ REST "&integer=301", "integer out_of_range" },
	{ REST "&integer=-4", "integer out_of_range" },
	{ REST "&integer=1x", "integer not_a_number" },
	{ REST "&integer=-", "integer not_a_number" },
	{ REST "&integer=1%00", "integer not_a_number" },
	{ REST "&integer=%2B1", "integer not_a_number" },
	{ REST "&integer=9999999999999999999", "integer out_of_range" },
	{ REST "&boolean=on", "" },
	{ REST "&boolean=maybe", "boolean malformed" },
	{ REST "&choice=report", "" },
	{ REST "&choice=repor", "choice not_a_choice" },
	{ REST "&choice=note%7Creport", "choice not_a_choice" },
	{ REST "&ref=0123456789abcdef0123456789abcdef", "" },
	{ REST "&ref=0123456789ABCDEF0123456789ABCDEF", "ref malformed" },
	{ REST "&ref=0123456789abcdef0123456789abcde", "ref malformed" },
	{ REST "&ref=0123456789abcdef0123456789abcdef%00", "ref malformed" },
	{ REST "&date=2024-02-29", "" },
	{ REST "&date=2026-02-30", "date malformed" },
	{ REST "&date=2026-1-1", "date malformed" },
	{ REST "&date=2026-01-01%00", "date malformed" },
	{ REST "&date=1899-12-31", "date out_of_range" },
	{ REST "&cursor=x", "cursor malformed" },
	{ REST "&cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    "cursor malformed" },
	{ REST "&other=1", "other unknown" },
	{ REST "&idempotency_key=abcdefgh", "" },
	{ "lines=a&integer=x&text=", "text missing" },
	{ REST "&a=%", "form" },
	{ REST "&a=%4", "form" },
	{ REST "&%3Cb%3E=1", "form" },
	{ REST "&=1", "form" },
	{ "&&" REST "&", "" },
};

static void
refuses(void **state)
{
	for (size_t i = 0; i < NELEMENTS(cases); i++)
		assert_string_equal(check(*state, cases[i].form),
		    cases[i].fault);
}

static void
reads(void **state)
{
	struct world *w = *state;
	const struct req *r;
	int set;

	assert_string_equal(check(w, "text=%E3%81%8B%E3%82%99+&lines=%0D%0Aa%0D"
	    "b&secret=+s+&integer=-2&boolean=yes&choice=note&date=1970-01-02"
	    "&ref=ff000000000000000000000000000000"), "");
	r = &w->q->r;
	assert_string_equal(in_text(r, "text"), "\xe3\x81\x8c");
	assert_string_equal(in_text(r, "lines"), "a\nb");
	assert_string_equal(in_text(r, "secret"), " s ");
	assert_string_equal(in_text(r, "choice"), "note");
	assert_int_equal(in_integer(r, "integer", &set), -2);
	assert_true(set);
	assert_true(in_boolean(r, "boolean"));
	assert_int_equal(in_date(r, "date", &set), 1);
	assert_true(set);
	assert_int_equal(in_ref(r, "ref")->b[0], 0xff);
	assert_true(in_cursor(r, "cursor") == INT64_MAX);
	assert_string_equal(check(w, REST), "");
	r = &w->q->r;
	assert_null(in_text(r, "secret"));
	assert_null(in_ref(r, "ref"));
	assert_int_equal(in_integer(r, "integer", &set), 0);
	assert_false(set);
}

static void
gives_cursors(void **state)
{
	struct world *w = *state;
	struct model *m;
	struct scope top;
	char *form;

	check(w, REST);
	m = model_new(w->worker.mem);
	put_cursor(&w->q->r, m, "older", 4711);
	top = model_scope(m);
	form = arena_printf(w->worker.mem, REST "&cursor=%s",
	    scope_find(&top, "older").u.text);
	assert_string_equal(check(w, form), "");
	assert_int_equal(in_cursor(&w->q->r, "cursor"), 4711);
	w->server.cursor_key.b[0] ^= 1;
	assert_string_equal(check(w, form), "cursor malformed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refuses, begin, end),
		cmocka_unit_test_setup_teardown(reads, begin, end),
		cmocka_unit_test_setup_teardown(gives_cursors, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
