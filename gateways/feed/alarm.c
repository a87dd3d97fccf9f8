#include "alarm.h"

#include "arena.h"
#include "event.h"
#include "feed_sql.h"
#include "log.h"

static int
is_past(utc_ms now, utc_ms since, struct db_maybe last, int64_t after_s)
{
	utc_ms from = last.set ? last.v : since;

	return after_s > 0 && now - from > after_s * SECOND_MS;
}

int
alarm_is_due(utc_ms now, utc_ms since, struct db_maybe good_at,
    int64_t stale_after_s, struct db_maybe news_at, int64_t silent_after_s)
{
	return is_past(now, since, good_at, stale_after_s) ||
	    is_past(now, since, news_at, silent_after_s);
}

/* A source that answers well and has had nothing new for too long. */
static int
is_silent(const struct condition *c, utc_ms now)
{
	return !is_past(now, c->since, c->good_at, c->stale_after_s);
}

static void
change(struct db *db, struct arena *mem, const struct condition *c,
    int stale, utc_ms now)
{
	const char *ja = !stale ? "また届くようになりました" :
	    is_silent(c, now) ? "答えますが、新しいものが来なくなっています" :
	    "届かなくなっています";
	const char *en = !stale ? "comes again" : is_silent(c, now) ?
	    "answers, but has nothing new any more" : "no longer comes";
	const struct event e = {
		.topic = stale ? "bulletin.source_stale" :
		    "bulletin.source_back", .at = now,
		.sentence_ja = arena_printf(mem, "公開情報「%s」が%s", c->name,
		    ja),
		.sentence_en = arena_printf(mem, "The feed %s %s", c->name, en)
	};

	feed_alarm(db, c->name, (struct db_maybe){ stale, now });
	event_publish(db, &e);
}

static int
is_stale(const struct condition *c, utc_ms now)
{
	return alarm_is_due(now, c->since, c->good_at, c->stale_after_s,
	    c->news_at, c->silent_after_s);
}

void
alarm_look(struct db *db, struct arena *mem, utc_ms now)
{
	struct condition_rows rows;

	db_begin(db, mem, 1);
	feed_conditions(db, &rows);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct condition *c = condition_at(&rows, i);

		if (is_stale(c, now) != c->stale_at.set)
			change(db, mem, c, is_stale(c, now), now);
	}
	if (db_end(db) != DB_FINE)
		return;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct condition *c = condition_at(&rows, i);

		if (is_stale(c, now) != c->stale_at.set)
			log_line(is_stale(c, now) ? LOG_ERROR : LOG_INFO,
			    !is_stale(c, now) ? "source is back" :
			    is_silent(c, now) ? "source is silent" :
			    "source is stale", "source", c->name, NULL);
	}
}
