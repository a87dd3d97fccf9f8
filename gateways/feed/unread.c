#include "unread.h"

#include "feed_sql.h"
#include "store.h"

#include <inttypes.h>

enum { MOST = 1000 };

int
unread_list(struct db *db, struct arena *mem, utc_ms since)
{
	struct puzzle_rows rows;
	char at[INSTANT_TEXT];

	db_begin(db, mem, 0);
	feed_puzzles(db, &rows, since, MOST);
	if (db_end(db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct puzzle *p = puzzle_at(&rows, i);

		printf("%" PRId64 "\t%s\t%s\t%" PRId64 "\t%s\n", p->telegram,
		    instant_iso(p->received_at, at), p->source, p->bytes,
		    p->why);
	}
	return 0;
}

int
unread_write(struct db *db, struct arena *mem, int64_t telegram)
{
	const struct telegram *t = NULL;
	const char *bytes;

	db_begin(db, mem, 0);
	feed_one_telegram(db, &t, telegram);
	if (db_end(db) != DB_FINE)
		return -1;
	bytes = t == NULL ? NULL : store_unpack(mem, t->packed,
	    (size_t)t->bytes);
	if (bytes == NULL) {
		fprintf(stderr, "tomozuna-feed: %s\n", t == NULL ?
		    "there is no such telegram" : "it is damaged");
		return -1;
	}
	(void)fwrite(bytes, 1, (size_t)t->bytes, stdout);
	return fflush(stdout) == 0 ? 0 : -1;
}
