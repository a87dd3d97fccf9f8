/* What crosses the pipe from the sandbox: whole, or not at all. */
#include "unit.h"

#include "feed_world.h"
#include "wire.h"

static const char document[] = "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\">"
    "<Control><Title>震度速報</Title><Status>通常</Status></Control><Head><Title>t"
    "</Title><InfoType>発表</InfoType></Head><Body><Intensity><Observation><Pref>"
    "<Area><Name>静岡県西部</Name><Code>443</Code><MaxInt>6-</MaxInt></Area></Pref>"
    "</Observation></Intensity></Body></Report>";

static void
test_there_and_back(void **state)
{
	struct reading *r = world_read(*state, document);
	const struct parsed *p;
	struct buf b = { 0 };

	wire_put(&b, r);
	p = wire_get(r->mem, b.p, b.n, &parse_default);
	assert_non_null(p);
	assert_int_equal(p->n_items, 1);
	assert_string_equal(p->items[0].title, "t");
	assert_string_equal(p->items[0].warnings[0].code, "6-");
	assert_string_equal(p->items[0].warnings[0].areas[0].name, "静岡県西部");
	assert_in_range(p->items[0].areas[0].n_towns, 2, 20);
	buf_free(&b);
}

static void
test_cut_anywhere(void **state)
{
	struct reading *r = world_read(*state, document);
	struct buf b = { 0 };

	wire_put(&b, r);
	for (size_t n = 0; n < b.n; n++)
		assert_null(wire_get(r->mem, b.p, n, &parse_default));
	buf_putc(&b, 'x');
	assert_null(wire_get(r->mem, b.p, b.n, &parse_default));
	buf_free(&b);
}

/* Whatever a child that went mad may send: no crash, and only fit texts. */
static void
test_any_byte_changed(void **state)
{
	struct reading *r = world_read(*state, document);
	static const char changes[] = { 0, 1, 2, 0x7f, (char)0x80, (char)0xff };
	struct buf b = { 0 };

	wire_put(&b, r);
	for (size_t i = 0; i < b.n; i++)
		for (size_t c = 0; c < sizeof changes; c++) {
			struct arena *mem = arena_new((size_t)256 << 20);
			char before = b.p[i];
			const struct parsed *p;

			b.p[i] = changes[c];
			p = wire_get(mem, b.p, b.n, &parse_default);
			if (p != NULL && p->n_items > 0 &&
			    p->items[0].title != NULL)
				assert_int_equal(text_check(p->items[0].title,
				    strlen(p->items[0].title), 1), TEXT_OK);
			b.p[i] = before;
			arena_free(mem);
		}
	buf_free(&b);
}

/* Each of many warnings in each of many areas: little to say, much to keep. */
static void
test_too_much_is_refused(void **state)
{
	struct world *w = *state;
	struct buf text = { 0 }, b = { 0 };
	const struct parsed *p;

	buf_puts(&text, "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">");
	for (int i = 0; i < 300; i++) {
		buf_printf(&text, "<info><event>e%d</event><area>", i);
		for (int j = 0; j < 400; j++)
			buf_printf(&text, "<geocode><value>%d</value></geocode>",
			    j);
		buf_puts(&text, "</area></info>");
	}
	buf_puts(&text, "</alert>");
	wire_put(&b, world_read(w, buf_text(&text)));
	p = wire_get(w->r.mem, b.p, b.n, &parse_default);
	assert_non_null(p);
	assert_non_null(p->refused);
	assert_int_equal(p->n_items, 0);
	buf_free(&b);
	buf_free(&text);
}

#define IN_WORLD(t) cmocka_unit_test_setup_teardown(t, world_begin, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_there_and_back),
		IN_WORLD(test_cut_anywhere),
		IN_WORLD(test_any_byte_changed),
		IN_WORLD(test_too_much_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
