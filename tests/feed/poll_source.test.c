/* The file of sources: what is taken, what is refused with its line. */
#include "arena.h"
#include "source.h"
#include "unit.h"

#include <unistd.h>

static int
read_text(const char *text, struct sources *out, char why[400])
{
	static struct arena *mem;
	char path[] = "/tmp/tomozuna-sources-XXXXXX";
	int fd = mkstemp(path), rc;

	if (mem == NULL)
		mem = arena_new(16 * 1024 * 1024);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	(void)close(fd);
	why[0] = '\0';
	rc = sources_read(path, mem, out, why, 400);
	(void)unlink(path);
	return rc;
}

static void
a_section_has_its_values_and_defaults(void **state)
{
	struct sources all = { 0 };
	char why[400];

	(void)state;
	assert_int_equal(read_text("# feeds\n[jma-extra]\n"
	    "url = https://a.example/extra.xml\n label = 気象庁 \n"
	    "topic = weather\nentries = links\ninterval_s = 60\n"
	    "types = VPWW54 VXKO*\nhosts = b.example\n\n"
	    "[health]\nurl = https://h.example/n.rdf#x\nlabel = 保健所\n"
	    "areas = 23 99401:むつみ町 131041\n", &all, why), 0);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.v[0].label, "気象庁");
	assert_int_equal(all.v[0].interval_s, 60);
	assert_int_equal(all.v[1].interval_s, 300);
	assert_string_equal(all.v[1].url, "https://h.example/n.rdf#x");
	assert_int_equal(all.v[1].private_address, 0);
	assert_int_equal(source_stale_s(&all.v[0]), 600);
	assert_int_equal(source_stale_s(&all.v[1]), 900);
	assert_ptr_equal(source_named(&all, "health"), &all.v[1]);
	assert_null(source_named(&all, "none"));
}

static void
links_are_wanted_by_type_and_host(void **state)
{
	static const char *const no[] = {
		"https://a.example/d/20240725051641_0_VPWW53_260000.xml",
		"https://c.example/d/20240725051641_0_VPWW54_260000.xml",
		"http://a.example/d/20240725051641_0_VPWW54_260000.xml",
		"https://a.example/d/VPWW54x_1.xml", "https://a.example/VPWW54/x",
		"https://a.example"
	};
	struct sources all = { 0 };
	char why[400];

	(void)state;
	assert_int_equal(read_text("[a]\nurl = https://a.example/f\n"
	    "label = a\nentries = links\ntypes = VPWW54 VXKO*\n"
	    "hosts = b.example\n", &all, why), 0);
	assert_true(source_wants(&all.v[0],
	    "https://a.example/d/20240725051641_0_VPWW54_260000.xml"));
	assert_true(source_wants(&all.v[0], "https://b.example/0_VXKO65_1.xml"));
	for (size_t i = 0; i < NELEMENTS(no); i++)
		if (source_wants(&all.v[0], no[i]))
			fail_msg("%s is wanted", no[i]);
}

static void
silence_has_a_limit_by_default(void **state)
{
	static const struct { const char *more; int64_t is; } rows[] = {
		{ "topic = weather\n", 2 * 86400 },
		{ "topic = health\n", 90 * 86400 }, { "", 90 * 86400 },
		{ "topic = outage\n", 0 },
		{ "topic = weather\nsilent_after_s = 0\n", 0 },
		{ "topic = outage\nsilent_after_s = 60\n", 60 },
	};
	struct sources all = { 0 };
	char text[200], why[400];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		(void)snprintf(text, sizeof text, "[a]\nurl = https://a.example/\n"
		    "label = a\n%s", rows[i].more);
		assert_int_equal(read_text(text, &all, why), 0);
		assert_int_equal(source_silent_s(&all.v[0]), rows[i].is);
		assert_int_equal(all.v[0].may_be_empty, 0);
	}
}

static void
an_authority_is_the_source_alone_unless_it_is_said(void **state)
{
	struct sources all = { 0 };
	char why[400];

	(void)state;
	assert_int_equal(read_text("[a]\nurl = https://a.example/\nlabel = a\n"
	    "[b]\nurl = https://b.example/\nlabel = b\nauthority = jma\n", &all,
	    why), 0);
	assert_string_equal(all.v[0].authority, "a");
	assert_string_equal(all.v[1].authority, "jma");
	assert_int_equal(read_text("[a]\nurl = https://a.example/\nlabel = a\n"
	    "authority = a b\n", &all, why), -1);
	assert_non_null(strstr(why, "authority"));
}

static void
mistakes_name_their_line(void **state)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ "url = https://a.example/\n", ":1: neither" },
		{ "[a]\nlabel = a\n", ":1: a: url is missing" },
		{ "[a]\nurl = https://a.example/\n", "a: label is missing" },
		{ "[A b]\n", ":1: a name is" }, { "[a\n", ":1: a section is" },
		{ "[a]\nnonsense = 1\n", ":2: there is no `nonsense'" },
		{ "[a]\nnonsense\n", ":2: neither" },
		{ "[a]\nurl = http://a.example/\nlabel = a\n", "not an https" },
		{ "[a]\nurl = https://a.example/\nlabel = a\ninterval_s = 0\n",
		  "interval_s: not a number" },
		{ "[a]\nurl = https://a.example/\nlabel = a\ninterval_s = 5x\n",
		  "interval_s: not a number" },
		{ "[a]\nurl = https://a.example/\nlabel = a\ntopic = sport\n",
		  "no such topic" },
		{ "[a]\nurl = https://a.example/\nlabel = a\nentries = itemx\n",
		  "entries are" },
		{ "[a]\nurl = https://a.example/\nlabel = a\nareas = 123\n",
		  "areas: codes" },
		{ "[a]\nurl = https://a.example/\nlabel = a\nareas = 99401:\n",
		  "areas: codes" },
		{ "[a]\nurl = https://a.example/\nlabel = a\nareas = 99401x\n",
		  "areas: codes" },
		{ "[a]\nurl = https://a.example/\nlabel = a\n[a]\n",
		  ":4: a is there already" },
		{ "[a]\nurl = https://a.example/\nlabel = \xff\n", ":3: too long" }
	};
	struct arena *mem;
	struct sources all = { 0 };
	char why[400];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		assert_int_equal(read_text(bad[i].text, &all, why), -1);
		if (strstr(why, bad[i].why) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", why, bad[i].why);
	}
	mem = arena_new(SOURCES_BYTES);
	assert_int_equal(sources_read("/no/such/file", mem, &all, why,
	    sizeof why), -1);
	assert_non_null(strstr(why, "/no/such/file"));
	arena_free(mem);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_section_has_its_values_and_defaults),
		cmocka_unit_test(links_are_wanted_by_type_and_host),
		cmocka_unit_test(silence_has_a_limit_by_default),
		cmocka_unit_test(an_authority_is_the_source_alone_unless_it_is_said),
		cmocka_unit_test(mistakes_name_their_line)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
