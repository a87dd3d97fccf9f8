/* Types that a feed names and nobody has taught us: which are told, and once. */
#include "strange.h"
#include "unit.h"

enum { MANY = 40 };

static const struct source jma = {
	.name = "jma", .url = "https://feed.example/extra.xml",
	.hosts = "other.example", .types = "VPWW54 VXKO*"
};

/* The feed names these; NULL ends them. */
static void
find(struct strange *s, const char *const *links)
{
	struct item items[MANY] = { 0 };
	struct parsed parsed = { .items = items };

	for (; links[parsed.n_items] != NULL; parsed.n_items++)
		items[parsed.n_items].link = links[parsed.n_items];
	strange_find(s, &jma, &parsed);
}

#define FIND(s, ...) find(s, (const char *const[]){ __VA_ARGS__, NULL })

static void
assert_types(const struct strange *s, const char *want)
{
	char text[STRANGE_TEXT];

	strange_text(s, text);
	assert_string_equal(text, want);
}

static void
test_only_what_nobody_knows_is_strange(void **state)
{
	struct strange s = { 0 };

	(void)state;
	FIND(&s, "https://feed.example/data/1_VPWW54_a.xml",
	    "https://feed.example/data/2_VXKO60_a.xml");
	assert_types(&s, "");		/* its source wants them */
	FIND(&s, "https://feed.example/data/3_VPWW53_a.xml");
	assert_types(&s, "");		/* follow.c knows it */
	FIND(&s, "https://feed.example/data/4_VQZZ99_a.xml",
	    "https://other.example/VPZZ50.xml");
	assert_types(&s, "VQZZ99 VPZZ50");
}

static void
test_each_is_named_once(void **state)
{
	struct strange s = { 0 };

	(void)state;
	FIND(&s, "https://feed.example/1_VQZZ99_a.xml",
	    "https://feed.example/2_VQZZ99_b.xml");
	FIND(&s, "https://feed.example/3_VQZZ99_c.xml");
	assert_int_equal(s.n, 1);
	assert_int_equal(s.told, 0);
	assert_types(&s, "VQZZ99");
}

static void
test_words_that_are_no_type_are_none(void **state)
{
	struct strange s = { 0 };

	(void)state;
	FIND(&s, "https://feed.example/VQZZ99/index.html",
	    "https://feed.example/1_VQZZ999_a.xml",
	    "https://feed.example/1_VQZZ9_a.xml",
	    "https://feed.example/1_VQZ999_a.xml",
	    "https://feed.example/1_vqzz99_a.xml",
	    "https://feed.example/", "https://feed.example/1_VQZZ");
	assert_types(&s, "");
}

/* What a feed says of others' hosts, or of no host, is not its to say. */
static void
test_links_to_elsewhere_are_not_looked_at(void **state)
{
	struct strange s = { 0 };

	(void)state;
	FIND(&s, "https://evil.example/1_VQZZ99_a.xml",
	    "http://feed.example/1_VQZZ99_a.xml", "1_VQZZ99_a.xml",
	    "javascript:/1_VQZZ99_a.xml");
	assert_types(&s, "");
}

static void
test_more_than_many_are_one_too_many(void **state)
{
	char url[MANY][60];
	const char *links[MANY + 1] = { 0 };
	struct strange s = { 0 };
	char text[STRANGE_TEXT];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(url[i], sizeof url[i],
		    "https://feed.example/1_VQZZ%02d_a.xml", i);
		links[i] = url[i];
	}
	find(&s, links);
	assert_int_equal(s.n, STRANGE_MAX);
	strange_text(&s, text);
	assert_int_equal(strlen(text), STRANGE_TEXT - 1);
	assert_string_equal(text + STRANGE_TEXT - STRANGE_BYTES, "VQZZ31");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_what_nobody_knows_is_strange),
		cmocka_unit_test(test_each_is_named_once),
		cmocka_unit_test(test_words_that_are_no_type_are_none),
		cmocka_unit_test(test_links_to_elsewhere_are_not_looked_at),
		cmocka_unit_test(test_more_than_many_are_one_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
