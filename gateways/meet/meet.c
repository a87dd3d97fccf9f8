#include "meet.h"

#include "http.h"
#include "meet_sql.h"

enum { WATCH_EVERY_MS = 60 * 1000 };

/* The one thing that jobs share. */
static struct meet meet;

#define AT(member) offsetof(struct meet_settings, member)

static const struct setting settings[] = {
	{ "meet_ca", SETTING_TEXT, AT(ca), 0, 1000, "",
	  "file of authorities to trust; empty: the system's" },
	{ "meet_timeout_s", SETTING_NUMBER, AT(timeout_s), 1, 60, "20",
	  "longest request to a provider, seconds" },
	{ "meet_quiet_s", SETTING_NUMBER, AT(quiet_s), 1, 3600, "120",
	  "a request without an answer may still be carried out for so long" },
	{ "meet_refused_s", SETTING_NUMBER, AT(refused_s), 1, 3600, "300",
	  "between two tries of what a provider refuses" },
	{ 0 }
};

static int
start(struct daemon *d)
{
	meet.settings = (const struct meet_settings *)d->settings;
	meet.owner = ref_new();
	meet.http = http_new(meet.settings->ca, meet.settings->timeout_s);
	return 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	teams_forget(&meet);
	http_free(meet.http);
}

static int
work(struct daemon *d)
{
	return meet_work(d, &meet);
}

static int
watch(struct daemon *d)
{
	return meet_watch(d, &meet);
}

static const struct job jobs[] = {
	{ "work", 300, work },
	{ "watch", WATCH_EVERY_MS, watch },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	meet_queries, NULL
};

static const struct gateway gateway = {
	.name = "meet",
	.jobs = jobs,
	.queries = queries,
	.settings = settings,
	.settings_bytes = sizeof(struct meet_settings),
	.start = start,
	.stop = stop
};

int
main(int argc, char **argv)
{
	return daemon_main(&gateway, argc, argv);
}
