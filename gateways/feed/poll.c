#include "poll.h"

#include "alarm.h"

#include "event_sql.h"
#include "feed_sql.h"
#include "fold.h"
#include "log.h"
#include "poller.h"
#include "text.h"

enum {
	TURN_MS = 100,			/* a wait for the network */
	SWEEP_MS = 3600 * 1000, ALARM_MS = 5000, IDLE_MS = 200
};

#define AT(member) offsetof(struct feed_settings, member)

const struct setting feed_setting_table[] = {
	{ "sources_file", SETTING_FILE, AT(sources_file), 1, 1000,
	  SYSCONFDIR "/feed-sources.conf", "file of the feeds that are asked" },
	{ "contact", SETTING_TEXT, AT(contact), 0, 200, "",
	  "mail or web address that those who serve the feeds find in our "
	  "requests; empty: none" },
	{ 0 }
};

/* What jobs share. */
static struct {
	struct arena *mem;
	struct sources sources;
	struct fetcher *fetcher;
	struct poller *pollers;
	int known;			/* what the database remembers was read */
} all;

/* ---- what the database remembers ---- */

static struct poller *
poller_of(const char *name)
{
	for (size_t i = 0; i < all.sources.n; i++)
		if (strcmp(all.sources.v[i].name, name) == 0)
			return &all.pollers[i];
	return NULL;
}

/* A feed that was asked a moment ago, before we were started, is not asked now. */
static void
take_condition(const struct condition *c)
{
	struct poller *p = poller_of(c->name);
	int64_t wait;

	if (p == NULL)
		return;
	p->good_at = c->good_at.set ? c->good_at.v : 0;
	p->failures[0] = c->failures;
	if (c->failures > 0 && c->reason != NULL &&
	    strncmp(c->reason, unreadable, sizeof unreadable - 1) == 0)
		snprintf(p->unread, sizeof p->unread, "%s",
		    c->reason + sizeof unreadable - 1);
	if (!c->asked_at.set)
		return;
	wait = c->asked_at.v + p->source->interval_s * SECOND_MS -
	    instant_now();
	if (wait > p->source->interval_s * SECOND_MS)
		wait = 0;
	p->due[0] = instant_monotonic_ms() + (wait > 0 ? wait : 0);
}

static void
take_mark(const struct mark *m)
{
	struct poller *p = poller_of(m->source);
	struct feed_mark *to = p == NULL ? NULL : &p->mark[m->catch_up != 0];

	if (to == NULL || strcmp(m->url, to->url) != 0)
		return;
	(void)snprintf(to->etag, sizeof to->etag, "%s", m->etag);
	(void)snprintf(to->modified, sizeof to->modified, "%s",
	    m->last_modified);
	to->wanted = m->wanted;
}

static const char *
names(struct arena *mem)
{
	struct buf b = { 0 };
	const char *json;

	buf_putc(&b, '[');
	for (size_t i = 0; i < all.sources.n; i++)
		buf_printf(&b, "%s\"%s\"", i > 0 ? "," : "",
		    all.sources.v[i].name);
	buf_putc(&b, ']');
	json = arena_text(mem, buf_text(&b));
	buf_free(&b);
	return json;
}

static int
recall(struct daemon *d)
{
	struct condition_rows conditions;
	struct mark_rows marks;
	utc_ms now = instant_now();

	db_begin(d->db, d->mem, 1);
	feed_forget_sources(d->db, names(d->mem));
	for (size_t i = 0; i < all.sources.n; i++) {
		const struct source *s = &all.sources.v[i];

		feed_declare_source(d->db, s->name, s->label, s->topic,
		    s->interval_s, source_stale_s(s), source_silent_s(s), now);
	}
	feed_conditions(d->db, &conditions);
	feed_marks(d->db, &marks);
	if (db_end(d->db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < conditions.set.n; i++)
		take_condition(condition_at(&conditions, i));
	for (size_t i = 0; i < marks.set.n; i++)
		take_mark(mark_at(&marks, i));
	return 0;
}

/* ---- jobs ---- */

static int
poll_all(struct daemon *d)
{
	int busy = 0;

	if (!db_reachable(d->db))
		return 0;
	if (!all.known && recall(d) != 0)
		return 0;
	all.known = 1;
	for (size_t i = 0; i < all.sources.n; i++) {
		arena_reset(d->mem);
		poller_step(&all.pollers[i], d);
		busy |= fetch_is_busy(all.pollers[i].fetch);
	}
	if (busy)
		fetcher_turn(all.fetcher, TURN_MS);
	return busy;
}

static int
alarm_all(struct daemon *d)
{
	if (all.known && db_reachable(d->db))
		alarm_look(d->db, d->mem, instant_now());
	return 0;
}

static int
sweep(struct daemon *d)
{
	int64_t n;

	if (!db_reachable(d->db))
		return 0;
	db_begin(d->db, d->mem, 1);
	n = feed_sweep_areas(d->db, instant_now() - FOLD_KEEP_DAYS * DAY_MS);
	return db_end(d->db) == DB_FINE && n > 0;
}

/* ---- start and stop ---- */

static void
make_poller(struct poller *p, const struct source *s)
{
	*p = (struct poller){
		.source = s, .fetch = fetch_new(all.fetcher, s),
		.parser = parser_new(&parse_default)
	};
	parser_zone(p->parser, s->zone_min);
	p->mark[0].url = s->url;
	p->mark[1].url = s->catch_up_url;
}

static int
start(struct daemon *d)
{
	const struct feed_settings *s =
	    (const struct feed_settings *)d->settings;
	char why[400];

	all.mem = arena_new(SOURCES_BYTES);
	if (sources_read(s->sources_file, all.mem, &all.sources, why,
	    sizeof why) != 0) {
		log_line(LOG_ERROR, "sources", "reason", why, NULL);
		return -1;
	}
	all.fetcher = fetcher_new(arena_printf(all.mem, "tomozuna-feed/%s%s%s%s",
	    PACKAGE_VERSION, s->contact[0] == '\0' ? "" : " (", s->contact,
	    s->contact[0] == '\0' ? "" : ")"));
	all.pollers = arena_take_many(all.mem, all.sources.n + 1,
	    sizeof *all.pollers);
	for (size_t i = 0; i < all.sources.n; i++)
		make_poller(&all.pollers[i], &all.sources.v[i]);
	return 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	for (size_t i = 0; i < all.sources.n; i++) {
		fetch_free(all.pollers[i].fetch);
		parser_free(all.pollers[i].parser);
	}
	fetcher_free(all.fetcher);
	arena_free(all.mem);
}

static const struct job jobs[] = {
	{ "poll", IDLE_MS, poll_all },
	{ "alarm", ALARM_MS, alarm_all },
	{ "sweep", SWEEP_MS, sweep },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	feed_queries, event_queries, NULL
};

const struct gateway feed_gateway = {
	.name = "feed",
	.jobs = jobs,
	.queries = queries,
	.settings = feed_setting_table,
	.settings_bytes = sizeof(struct feed_settings),
	.start = start,
	.stop = stop
};
