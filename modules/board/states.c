#include "states.h"

#include <stddef.h>
#include <string.h>

struct pair { const char *from, *to; };

static const struct pair sitting[] = {
	{ "draft", "notice_sent" }, { "draft", "cancelled" },
	{ "notice_sent", "prereview_open" }, { "notice_sent", "cancelled" },
	{ "prereview_open", "prereview_closed" },
	{ "prereview_closed", "in_session" },
	{ "in_session", "suspended" }, { "suspended", "in_session" },
	{ "in_session", "closed" },
	{ "closed", "minutes_approved" }, { "minutes_approved", "purged" },
	{ NULL, NULL }
};

/* What was put off comes back: carried over at once, others with new papers. */
static const struct pair application[] = {
	{ "registered", "papers_ready" }, { "papers_ready", "registered" },
	{ "papers_ready", "assigned" }, { "assigned", "papers_ready" },
	{ "assigned", "prereview" }, { "prereview", "tabled" },
	{ "tabled", "decided" }, { "tabled", "carried_over" },
	{ "tabled", "re_survey" }, { "tabled", "re_opinion" },
	{ "carried_over", "assigned" },
	{ "re_survey", "papers_ready" }, { "re_opinion", "papers_ready" },
	{ "registered", "withdrawn" }, { "papers_ready", "withdrawn" },
	{ "assigned", "withdrawn" }, { "prereview", "withdrawn" },
	{ "tabled", "withdrawn" }, { "carried_over", "withdrawn" },
	{ "re_survey", "withdrawn" }, { "re_opinion", "withdrawn" },
	{ "registered", "deceased" }, { "papers_ready", "deceased" },
	{ "assigned", "deceased" }, { "prereview", "deceased" },
	{ "tabled", "deceased" }, { "carried_over", "deceased" },
	{ "re_survey", "deceased" }, { "re_opinion", "deceased" },
	{ "decided", "notified" }, { "withdrawn", "notified" },
	{ "deceased", "notified" },
	/* Taken up again, for a reason that is kept. */
	{ "decided", "tabled" }, { "decided", "papers_ready" },
	{ "notified", "papers_ready" },
	{ NULL, NULL }
};

static int
has(const struct pair *p, const char *from, const char *to)
{
	for (; p->from != NULL; p++)
		if (strcmp(p->from, from) == 0 && strcmp(p->to, to) == 0)
			return 1;
	return 0;
}

int
sitting_may(const char *from, const char *to)
{
	return has(sitting, from, to);
}

int
application_may(const char *from, const char *to)
{
	return has(application, from, to);
}
