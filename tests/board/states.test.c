/* Every pair of states, written out by hand: what may follow, and nothing else. */
#include "unit.h"

#include "states.h"

#include <string.h>

/* From, and all that may follow, joined by blanks. */
struct rule { const char *from, *to; };

static const struct rule sittings[] = {
	{ "draft", "notice_sent cancelled" },
	{ "notice_sent", "prereview_open cancelled" },
	{ "prereview_open", "prereview_closed" },
	{ "prereview_closed", "in_session" },
	{ "in_session", "suspended closed" },
	{ "suspended", "in_session" },
	{ "closed", "minutes_approved" },
	{ "minutes_approved", "purged" },
	{ "purged", "" },
	{ "cancelled", "" }
};

static const struct rule applications[] = {
	{ "registered", "papers_ready withdrawn deceased" },
	{ "papers_ready", "registered assigned withdrawn deceased" },
	{ "assigned", "papers_ready prereview withdrawn deceased" },
	{ "prereview", "tabled withdrawn deceased" },
	{ "tabled", "decided carried_over re_survey re_opinion withdrawn deceased" },
	{ "decided", "notified tabled papers_ready" },
	{ "carried_over", "assigned withdrawn deceased" },
	{ "re_survey", "papers_ready withdrawn deceased" },
	{ "re_opinion", "papers_ready withdrawn deceased" },
	{ "withdrawn", "notified" },
	{ "deceased", "notified" },
	{ "notified", "papers_ready" }
};

static int
says(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return 1;
	return 0;
}

static void
try_all(const struct rule *r, size_t n, int (*may)(const char *, const char *))
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (may(r[i].from, r[k].from) != says(r[i].to, r[k].from))
				fail_msg("%s to %s", r[i].from, r[k].from);
	assert_int_equal(may("nonsense", r[0].from), 0);
}

static void
a_sitting_goes_its_way(void **state)
{
	(void)state;
	try_all(sittings, NELEMENTS(sittings), sitting_may);
}

static void
an_application_goes_its_way(void **state)
{
	(void)state;
	try_all(applications, NELEMENTS(applications), application_may);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sitting_goes_its_way),
		cmocka_unit_test(an_application_goes_its_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
