/* What other modules tell becomes an entry, so that none of them knows of entries. */
#include "entries.h"

#include "gram.h"
#include "gram_sql.h"
#include "reaction_sql.h"
#include "timeline.h"
#include "timeline_sql.h"

enum { MEMORY = 1024 * 1024 };

static void
keep(struct db *db, const struct event *e, const struct ref *id,
    const char *body, utc_ms now)
{
	struct arena *mem;

	if (reaction_write(db, e->patient, id, e->actor, e->at, body) != 1)
		return;
	mem = arena_new(MEMORY);
	gram_store(db, e->patient, id, gram_list(mem, body));
	arena_free(mem);
	timeline_mark(db, e->patient, id, e->actor, 0, now);
}

static void
keep_told(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	keep(db, e, id, e->sentence_ja, now);
}

static const char *
minutes_body(struct arena *mem, const struct minutes *m)
{
	struct civil c = civil_from_date(date_of(m->starts_at));
	int from = minute_of_day(m->starts_at), to = minute_of_day(m->ends_at);

	return arena_printf(mem, "会議の要点：%s（%d年%d月%d日 %02d:%02d〜%02d:%02d）\n"
	    "出席：%s\n欠席：%s\n\n%s", m->title, c.year, c.month, c.day,
	    from / 60, from % 60, to / 60, to % 60,
	    m->present == NULL ? "－" : m->present,
	    m->absent == NULL ? "－" : m->absent, m->minutes);
}

/* Minutes and attendance, as one entry by whoever wrote them. */
static void
keep_minutes(struct db *db, const struct event *e, const struct ref *id,
    utc_ms now)
{
	const struct minutes *m;
	struct arena *mem;

	reaction_minutes(db, &m, e->patient, e->ref);
	if (m == NULL)
		return;
	mem = arena_new(MEMORY);
	keep(db, e, id, minutes_body(mem, m), now);
	arena_free(mem);
}

const struct reaction timeline_reactions[] = {
	{ "vaccination.completed", keep_told },
	{ "meeting.minutes_written", keep_minutes },
	{ NULL, NULL }
};
