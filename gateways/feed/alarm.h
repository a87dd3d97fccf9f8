/* Sources that no longer say anything: an alarm once, and its end. */
#ifndef ALARM_H
#define ALARM_H

#include "db.h"

struct arena;

/* 1 when it is stale: no good answer, or nothing new, for too long. */
int alarm_is_due(utc_ms now, utc_ms since, struct db_maybe good_at,
    int64_t stale_after_s, struct db_maybe news_at, int64_t silent_after_s);

/*
 * Looks at all sources; sets and clears care_bulletin_source.stale_at, with an
 * event (bulletin.source_stale, bulletin.source_back) and a line on the log each.
 */
void alarm_look(struct db *, struct arena *, utc_ms now);

#endif
