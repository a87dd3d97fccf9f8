/* What other modules tell becomes an entry, so that none of them knows of entries. */
#include "entries.h"

#include "gram.h"
#include "gram_sql.h"
#include "reaction_sql.h"
#include "timeline.h"
#include "timeline_sql.h"

enum { MEMORY = 64 * 1024 };

static void
keep_told(struct db *db, const struct event *e, const struct ref *id, utc_ms now)
{
	struct arena *mem;

	if (reaction_write(db, e->patient, id, e->actor, e->at,
	    e->sentence_ja) != 1)
		return;
	mem = arena_new(MEMORY);
	gram_store(db, e->patient, id, gram_list(mem, e->sentence_ja));
	arena_free(mem);
	timeline_mark(db, e->patient, id, e->actor, 0, now);
}

const struct reaction timeline_reactions[] = {
	{ "vaccination.completed", keep_told },
	{ NULL, NULL }
};
