#include "touch.h"

#include "admit_sql.h"

#include <pthread.h>

enum { TOUCH_ROOM = 4096 };

struct touched {
	unsigned char token[SHA256_BYTES];
	utc_ms at;
};

static struct {
	pthread_mutex_t lock;
	size_t n;
	struct touched v[TOUCH_ROOM];
} noted = { .lock = PTHREAD_MUTEX_INITIALIZER };

void
touch_note(const unsigned char token[SHA256_BYTES], utc_ms at)
{
	struct touched *last;

	pthread_mutex_lock(&noted.lock);
	if (noted.n < TOUCH_ROOM) {
		last = &noted.v[noted.n++];
		memcpy(last->token, token, SHA256_BYTES);
		last->at = at;
	}
	pthread_mutex_unlock(&noted.lock);
}

static size_t
take(struct touched *into, size_t room)
{
	size_t n;

	pthread_mutex_lock(&noted.lock);
	n = noted.n < room ? noted.n : room;
	noted.n -= n;
	memcpy(into, noted.v + noted.n, n * sizeof *into);
	pthread_mutex_unlock(&noted.lock);
	return n;
}

void
touch_write(struct db *db, struct arena *arena)
{
	struct touched some[64];
	size_t n;

	while ((n = take(some, sizeof some / sizeof some[0])) > 0) {
		db_begin(db, arena, 1);
		for (size_t i = 0; i < n; i++)
			admit_touch(db, (struct db_bytes){ some[i].token,
			    SHA256_BYTES }, some[i].at);
		(void)db_end(db);
	}
}
