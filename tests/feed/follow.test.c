/* Types of telegrams: the lists that must agree, and what is not understood. */
#include "unit.h"

#include "bulletin.h"
#include "feed_world.h"
#include "kind.h"
#include "type.h"

/* type.c names a type, follow.c says what becomes of it: neither alone will do. */
static void
every_type_that_has_a_title_has_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; type_id(i) != NULL; i++)
		if (follow_of(type_id(i)) == NULL)
			fail_msg("%s has no row in follow.c", type_id(i));
}

static void
every_row_has_a_type_that_has_a_title(void **state)
{
	(void)state;
	for (size_t i = 0; follow_row(i) != NULL; i++) {
		size_t k = 0;

		while (type_id(k) != NULL && follow_of(type_id(k)) !=
		    follow_row(i))
			k++;
		if (type_id(k) == NULL)
			fail_msg("%s in follow.c is no type of type.c, or a "
			    "row before it hides it", follow_row(i)->type);
	}
}

static void
a_leader_is_a_row_and_a_row_is_sane(void **state)
{
	(void)state;
	for (size_t i = 0; follow_row(i) != NULL; i++) {
		const struct follow *f = follow_row(i);

		assert_true(f->topic != NULL && strlen(f->topic) > 0);
		assert_true(f->by == FOLLOW_NOBODY || f->hours > 0);
		if (f->leader == NULL)
			continue;
		assert_non_null(follow_of(f->leader));
		assert_non_null(follow_behind(follow_of(f->leader), NULL));
		assert_non_null(f->family);
	}
}

static const struct item *
telegram(struct world *w, const char *title, const char *info, const char *body)
{
	struct reading *r = world_read(w, arena_printf(w->r.mem,
	    "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control>"
	    "<Title>%s</Title><DateTime>2026-05-28T00:00:01Z</DateTime>"
	    "<Status>通常</Status><EditorialOffice>架空地方気象台"
	    "</EditorialOffice></Control>"
	    "<Head xmlns=\"http://xml.kishou.go.jp/jmaxml1/informationBasis1/\">"
	    "<Title>架空県の電文</Title>"
	    "<ReportDateTime>2026-05-28T09:00:00+09:00</ReportDateTime>"
	    "<EventID/><InfoType>%s</InfoType><Headline><Text>見出し</Text>"
	    "</Headline></Head><Body xmlns=\"http://xml.kishou.go.jp/jmaxml1/"
	    "body/meteorology1/\">%s</Body></Report>", title, info, body));

	assert_null(r->refused);
	assert_int_equal(r->n_items, 1);
	return &r->items[0];
}

#define WARNING(kind) "<Warning type=\"気象警報・注意報（市町村等）\"><Item>" \
	kind "<Area><Name>架空町</Name><Code>9999900</Code></Area></Item></Warning>"

static void
what_is_understood(void **state)
{
	static const char weather[] = "気象警報・注意報（Ｈ２７）";
	static const struct {
		const char *title, *info, *body;
		enum understood is;
	} rows[] = {
		{ weather, "発表", WARNING("<Kind><Name>大雨警報</Name><Code>03"
		  "</Code><Status>発表</Status></Kind>"), UNDERSTOOD },
		{ weather, "発表", WARNING("<Kind><Status>発表警報・注意報はなし"
		  "</Status></Kind>"), UNDERSTOOD },
		{ weather, "発表", WARNING("<Kind><Name>大雨警報</Name><Code>03"
		  "</Code><Status>解除</Status></Kind>"), UNDERSTOOD },
		{ weather, "取消", "<Text>取り消します。</Text>", UNDERSTOOD },
		{ weather, "発表", "", NOTHING },
		{ weather, "発表", "<Alert><Item/></Alert>", NOTHING },
		{ weather, "発表", WARNING("<Kind><Name>新しい警報</Name>"
		  "</Kind>"), NOTHING },
		{ weather, "発表", WARNING("<Kind><Name>大雨警報</Name><Code>03"
		  "</Code></Kind><Kind><Name>新しい警報</Name></Kind>"), NOT_ALL },
		{ weather, "発表", WARNING("<Kind><Name>新しい警報</Name><Code>61"
		  "</Code></Kind>"), NOT_ALL },
		{ "気象警報・注意報（Ｒ２０）（竜巻）", "発表", "", NOT_ITS_TYPE },
		{ "地方海上予報", "発表", "", UNDERSTOOD },
	};

	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		struct world *w = *state;
		const struct item *it = telegram(w, rows[i].title, rows[i].info,
		    rows[i].body);
		const char *why = follow_unread(it, w->r.mem);

		if (follow_understood(it) != rows[i].is)
			fail_msg("row %zu is %d", i, follow_understood(it));
		assert_true((why == NULL) == (rows[i].is == UNDERSTOOD));
	}
}

/* A code that no list has may be a new warning: it is never "no longer". */
static void
an_unknown_code_does_not_lift(void **state)
{
	static const enum code_list lists[] = { LIST_WEATHER, LIST_LANDSLIDE,
		LIST_FLOOD, LIST_RECORD_RAIN, LIST_TORNADO, LIST_VOLCANO,
		LIST_TSUNAMI };
	static const char *const lifting[] = { "00", "01", "0", "10", "04",
		"32", "50", "60" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(lists); i++)
		for (int code = 0; code < 100; code++) {
			struct item_warning w = { 0 };
			char text[8];
			int known, may = 0;

			(void)snprintf(text, sizeof text, "%02d", code);
			known = kind_of(lists[i], text, NULL, &w);
			for (size_t k = 0; k < NELEMENTS(lifting); k++)
				may |= strcmp(text, lifting[k]) == 0;
			if (w.kind != KIND_NONE)
				continue;
			if (!known || (!may && lists[i] != LIST_FLOOD))
				fail_msg("list %d, code %s", lists[i], text);
		}
}

#define IN_WORLD(t) cmocka_unit_test_setup_teardown(t, world_begin, world_end)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_that_has_a_title_has_a_row),
		cmocka_unit_test(every_row_has_a_type_that_has_a_title),
		cmocka_unit_test(a_leader_is_a_row_and_a_row_is_sane),
		IN_WORLD(what_is_understood),
		cmocka_unit_test(an_unknown_code_does_not_lift),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
