/* The sandboxed reader: what a document cannot do, and that only it is lost. */
#include "unit.h"

#include "arena.h"
#include "parse.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

static const char good[] = "<rss><channel><item><title>a</title></item>"
    "</channel></rss>";

/* A reader with its memory, for one test. */
struct world {
	struct parser *parser;
	struct arena *mem;
};

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->parser = parser_new(&parse_default);
	w->mem = arena_new((size_t)512 * 1024 * 1024);
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	parser_free(w->parser);
	arena_free(w->mem);
	free(w);
	return 0;
}

static const struct parsed *
read_text(struct world *w, const char *text)
{
	return parse_document(w->parser, w->mem, text, strlen(text), NULL);
}

static void
assert_still_reads(struct world *w)
{
	const struct parsed *p = read_text(w, good);

	if (p->refused != NULL)
		fail_msg("%s", p->refused);
	assert_int_equal(p->n_items, 1);
	assert_string_equal(p->items[0].title, "a");
}

static void
assert_refused(struct world *w, const char *text, const char *why)
{
	const struct parsed *p = read_text(w, text);

	assert_non_null(p->refused);
	if (strstr(p->refused, why) == NULL)
		fail_msg("%s: refused for %s", why, p->refused);
	assert_int_equal(p->n_items, 0);
	assert_still_reads(w);
}

/* A document of a beginning, many times a middle, and an end. */
static char *
long_document(struct world *w, const char *from, const char *middle, size_t times,
    const char *to)
{
	size_t n = strlen(middle);
	char *made = arena_take(w->mem, strlen(from) + n * times + strlen(to) + 1);
	char *at = made + strlen(from);

	memcpy(made, from, strlen(from));
	for (size_t i = 0; i < times; i++, at += n)
		memcpy(at, middle, n);
	memcpy(at, to, strlen(to) + 1);
	return made;
}

static void
test_document_types_are_refused(void **state)
{
	struct world *w = *state;

	assert_refused(w, "<!DOCTYPE rss><rss/>", "DOCTYPE");
	assert_refused(w, "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss/>",
	    "DOCTYPE");
	assert_refused(w, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
	    "<rss><channel><item><title>&x;</title></item></channel></rss>",
	    "DOCTYPE");
	assert_refused(w, "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
	    "'&a;&a;&a;&a;&a;&a;&a;&a;'>]><rss>&b;&b;&b;</rss>", "DOCTYPE");
	assert_refused(w, "<!-- x --><!DOCTYPE rss><rss/>", "DOCTYPE");
	assert_refused(w, "<rss>&<!DOCTYPE rss></rss>", "DOCTYPE");
	assert_refused(w, "<rss>&</x><!doctype rss></rss>", "DOCTYPE");
}

static void
test_a_document_type_behind_the_root_is_refused(void **state)
{
	static const char feed[] = "<rss><channel><item><title>t</title></item>"
	    "</channel></rss>";
	static const char *const bad[] = { "<!DOCTYPE rss>", "<!doctype rss>",
		"<!-- x --> <!DOCTYPE a [<!ENTITY x 'y'>]>", "<b/><!DOCTYPE x>" };
	static const char *const fine[] = { "<!-- <!DOCTYPE rss> -->",
		"<b><![CDATA[<!DOCTYPE rss>]]></b>", "<!X>" };
	struct world *w = *state;
	char text[300];

	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		(void)snprintf(text, sizeof text, "%s%s", feed, bad[i]);
		assert_refused(w, text, "DOCTYPE");
	}
	for (size_t i = 0; i < NELEMENTS(fine); i++) {
		(void)snprintf(text, sizeof text, "%s%s", feed, fine[i]);
		assert_null(read_text(w, text)->refused);
	}
}

static void
test_other_ways_out_lead_nowhere(void **state)
{
	struct world *w = *state;
	const struct parsed *p = read_text(w, "<rss><channel><item><title>"
	    "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
	    "href='file:///etc/passwd' parse='text'/>t</title></item></channel>"
	    "</rss>");

	assert_null(p->refused);
	assert_string_equal(p->items[0].title, "t");
	p = read_text(w, "<?xml-stylesheet href='file:///etc/passwd'?><rss>"
	    "<channel><item><title>&unknown;</title></item></channel></rss>");
	assert_null(p->refused);
	assert_string_equal(p->items[0].title, "&unknown;");
	assert_refused(w, "+ADw-rss+AD4-", "not well-formed");
	assert_refused(w, "<html><body/></html>", "html");
	assert_refused(w, "<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'>"
	    "<Control><Title>", "not well-formed");
	assert_refused(w, "<Report xmlns='http://xml.kishou.go.jp/jmaxml1/'>"
	    "</Report>", "without Control");
	assert_refused(w, "", "empty");
}

static void
test_depth_is_limited(void **state)
{
	struct world *w = *state;

	assert_refused(w, long_document(w, "<rss>", "<a>", 300000, ""), "deep");
	assert_refused(w, long_document(w, "<rss>&", "<a>", 300000, ""), "deep");
}

/* Finding an attribute twice takes libxml2 the square of their number. */
static void
test_what_would_take_hours_is_refused(void **state)
{
	struct world *w = *state;
	size_t n = 1500000;
	char *p = arena_take(w->mem, n * 12 + 100), *at = p;

	at += snprintf(at, 100, "<rss ");
	for (size_t i = 0; i < n; i++)
		at += snprintf(at, 12, "a%zx='' ", i);
	(void)snprintf(at, 10, "/>");
	assert_refused(w, p, "");
}

static void
test_long_ones_are_refused(void **state)
{
	struct world *w = *state;
	size_t n = parse_default.bytes + 1;
	char *p = arena_take(w->mem, n);

	memset(p, 'a', n);
	assert_non_null(strstr(parse_document(w->parser, w->mem, p, n,
	    NULL)->refused, "longer"));
	assert_still_reads(w);
}

static long
most_kib(void)
{
	struct rusage u;

	assert_int_equal(getrusage(RUSAGE_CHILDREN, &u), 0);
	return u.ru_maxrss;
}

/* A telegram that is one tree needs the most memory for its length. */
static void
test_memory_is_limited(void **state)
{
	struct world *w = *state;
	const struct parsed *p;

	if (SANITIZED)
		nothing_to_try();
	assert_still_reads(w);		/* the child starts while all is small */
	p = read_text(w, long_document(w, "<Report "
	    "xmlns='http://xml.kishou.go.jp/jmaxml1/'><Control/><Head>",
	    "<a>b</a>", 1800000, "</Head></Report>"));
	assert_non_null(p->refused);
	assert_still_reads(w);
	parser_free(w->parser);
	w->parser = NULL;
	assert_in_range(most_kib(), 1, parse_default.memory / 1024);
}

static void
test_a_long_feed_is_read_in_little_memory(void **state)
{
	struct world *w = *state;
	const struct parsed *p;

	assert_still_reads(w);
	p = read_text(w, long_document(w, "<rss><channel>",
	    "<item><title>one of very many entries, not the shortest</title>"
	    "<link>http://feed.example/entry/of/many</link></item>", 100000,
	    "</channel></rss>"));

	assert_null(p->refused);
	assert_int_equal(p->n_items, parse_default.items);
	assert_true(p->n_dropped >= 1);
	assert_still_reads(w);
}

/* Ends every child of this process. */
static void
kill_children(void)
{
	char path[100], list[1000] = "";
	FILE *f;

	(void)snprintf(path, sizeof path, "/proc/self/task/%d/children",
	    (int)getpid());
	f = fopen(path, "r");
	assert_non_null(f);
	(void)!fgets(list, sizeof list, f);
	(void)fclose(f);
	for (char *p = list; *p >= '0' && *p <= '9'; p++)
		(void)kill((pid_t)strtol(p, &p, 10), SIGKILL);
}

static void
test_a_child_that_is_gone_is_replaced(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < 3; i++) {
		assert_still_reads(w);
		kill_children();
	}
	assert_still_reads(w);
}

static void *
one_document(void *world)
{
	struct world *w = world;

	return (void *)(uintptr_t)(read_text(w, good)->refused == NULL);
}

/* The child dies with the thread that started it: the next thread has another. */
static void
test_threads_one_after_another(void **state)
{
	for (int i = 0; i < 5; i++) {
		pthread_t thread;
		void *read = NULL;

		assert_int_equal(pthread_create(&thread, NULL, one_document,
		    *state), 0);
		assert_int_equal(pthread_join(thread, &read), 0);
		assert_non_null(read);
	}
}

/* A converter that is seldom needed is opened by a new child. */
static void
test_seldom_encodings(void **state)
{
	struct world *w = *state;
	const struct parsed *p = read_text(w, "<?xml version='1.0' "
	    "encoding='gb2312'?><rss><channel><item><title>\xd6\xd0\xce\xc4"
	    "</title></item></channel></rss>");

	assert_null(p->refused);
	assert_string_equal(p->items[0].title, "中文");
	assert_string_equal(p->encoding, "GB18030");
	assert_still_reads(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_memory_is_limited, begin, end),
		cmocka_unit_test_setup_teardown(test_document_types_are_refused,
		    begin, end),
		cmocka_unit_test_setup_teardown(
		    test_a_document_type_behind_the_root_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_other_ways_out_lead_nowhere,
		    begin, end),
		cmocka_unit_test_setup_teardown(test_depth_is_limited, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_what_would_take_hours_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_long_ones_are_refused, begin,
		    end),
		cmocka_unit_test_setup_teardown(
		    test_a_long_feed_is_read_in_little_memory, begin, end),
		cmocka_unit_test_setup_teardown(
		    test_a_child_that_is_gone_is_replaced, begin, end),
		cmocka_unit_test_setup_teardown(test_threads_one_after_another,
		    begin, end),
		cmocka_unit_test_setup_teardown(test_seldom_encodings, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
