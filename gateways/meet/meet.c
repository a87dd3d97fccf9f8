#include "meet.h"

#include "http.h"
#include "lanes.h"
#include "meet_sql.h"

enum { WATCH_EVERY_MS = 60 * 1000 };

/* The one thing that jobs share: what the watch asks with, and who does the work. */
static struct {
	struct meet meet;
	struct lanes *lanes;
} shared;

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
	{ "meet_lanes", SETTING_NUMBER, AT(lanes), 1, MEET_LANES_MOST, "4",
	  "networks whose providers are asked at a time" },
	{ 0 }
};

static int
start(struct daemon *d)
{
	struct meet *m = &shared.meet;

	m->settings = (const struct meet_settings *)d->settings;
	m->http = http_new(m->settings->ca, m->settings->timeout_s);
	return 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	if (shared.lanes != NULL)
		lanes_stop(shared.lanes);
	http_free(shared.meet.http);
}

/* The lanes begin when statements and database were found to agree, and go on by themselves. */
static int
work(struct daemon *d)
{
	(void)d;
	if (shared.lanes == NULL)
		shared.lanes = lanes_start(shared.meet.settings);
	return 0;
}

static int
watch(struct daemon *d)
{
	return meet_watch(d, &shared.meet);
}

static const struct job jobs[] = {
	{ "work", WATCH_EVERY_MS, work },
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
