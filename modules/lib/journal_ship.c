/*
 * Carries the journal to MariaDB: the oldest segment first, in batches, each
 * one statement. It reads the files back, so a long outage costs disk and no
 * memory. What was committed but not yet marked is sent again after a crash;
 * the table's unique key makes that harmless.
 */
#include "journal_private.h"

#include "arena.h"
#include "audit_sql.h"
#include "db.h"
#include "log.h"
#include "settings.h"
#include "text.h"

#include <unistd.h>

enum {
	PAUSE_MS = 250,		/* between rounds: a record waits this long */
	AGAIN_MS = 1000,	/* after a failure */
	CLOSING_MS = 1000,	/* for shipping what is left at the end */
	ARENA_BYTES = 1024 * 1024,
	ALARM_RECORDS = 100000
};

struct shipment {
	struct journal *j;
	struct db *db;
	struct arena *mem;
	struct buf json;
	unsigned char *chunk;
	int alarmed;
};

/* A part of one segment, and what of it was made into JSON. */
struct load {
	struct segment *segment;
	size_t from, end;	/* in the file; `end` is the segment's own */
	int more;		/* records may still be added to the segment */
	size_t bytes;		/* read through */
	int64_t frames, unread;	/* all of them, and those that did not open */
	utc_ms first, last;
};

static void
log_count(enum log_level level, const char *what, int64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)n);
	log_line(level, what, "records", text, NULL);
}

/* Finds the oldest segment and its present end. 0 if there is none. */
static int
choose(struct journal *j, struct load *l)
{
	memset(l, 0, sizeof *l);
	pthread_mutex_lock(&j->lock);
	l->segment = j->oldest;
	if (l->segment != NULL) {
		l->from = l->segment->shipped;
		l->end = l->segment->end;
		l->more = l->segment == j->current;
	}
	pthread_mutex_unlock(&j->lock);
	return l->segment != NULL;
}

static void
add_frame(struct shipment *s, struct load *l, const unsigned char *frame)
{
	struct journal_record r;
	uint64_t seq;

	l->frames++;
	if (frame_open(&s->j->key, &l->segment->journal, frame, &seq, &r) < 0) {
		l->unread++;
		l->segment->torn = 1;
		return;
	}
	if (l->segment->torn)	/* what tears is the end, not the middle */
		l->segment->damaged = 1;
	if (l->first == 0)
		l->first = r.r.at;
	l->last = r.r.at;
	buf_putc(&s->json, s->json.n == 0 ? '[' : ',');
	record_json(&s->json, &r.r, seq);
}

/* Reads up to a batch of frames into JSON. 0, or -1 if it cannot be read. */
static int
read_batch(struct shipment *s, struct load *l)
{
	size_t want = l->end - l->from, length;
	ssize_t n;

	buf_reset(&s->json);
	if (want > SHIP_BYTES)
		want = SHIP_BYTES;
	n = pread(l->segment->fd, s->chunk, want, (off_t)l->from);
	if (n < 0)
		return -1;
	while (l->frames < SHIP_RECORDS) {
		length = frame_length(s->chunk + l->bytes,
		    (size_t)n - l->bytes);
		if (length == 0)
			break;
		add_frame(s, l, s->chunk + l->bytes);
		l->bytes += length;
	}
	if (s->json.n > 0)
		buf_putc(&s->json, ']');
	return s->json.failed ? -1 : 0;
}

static int
insert_batch(struct shipment *s, const struct load *l)
{
	if (s->json.n == 0)
		return 0;
	if (!db_reachable(s->db))
		return -1;
	db_begin(s->db, s->mem, 1);
	audit_ship(s->db, &l->segment->journal, buf_text(&s->json));
	if (db_end(s->db) == DB_FINE)
		return 0;
	log_line(LOG_WARNING, "audit records cannot be shipped yet", NULL);
	return -1;
}

static void
set_oldest(struct journal *j, utc_ms at)
{
	if (at == 0)
		return;
	pthread_mutex_lock(&j->lock);
	j->oldest_at = at;
	pthread_mutex_unlock(&j->lock);
}

static void
count_shipped(struct journal *j, const struct load *l)
{
	segment_mark(l->segment, l->from + l->bytes);
	pthread_mutex_lock(&j->lock);
	l->segment->left -= l->frames;
	j->backlog -= l->frames;
	if (l->last != 0)
		j->oldest_at = l->last;
	pthread_mutex_unlock(&j->lock);
}

/* Gives up what cannot be read; the file is kept for people to look at. */
static int
skip_rest(struct journal *j, const struct load *l)
{
	log_count(LOG_ERROR, "audit journal: unreadable rest",
	    l->segment->left);
	l->segment->damaged = 1;
	l->segment->shipped = l->end;
	pthread_mutex_lock(&j->lock);
	j->backlog -= l->segment->left;
	l->segment->left = 0;
	pthread_mutex_unlock(&j->lock);
	return 1;
}

/* Removes a segment that nobody writes any more and all of which is shipped. */
static int
finish_segment(struct journal *j, struct segment *s)
{
	pthread_mutex_lock(&j->lock);
	j->oldest = s->next;
	pthread_mutex_unlock(&j->lock);
	if (s->damaged || !segment_ends(s)) {
		log_line(LOG_ERROR, "audit journal: damaged, kept aside", NULL);
		segment_keep(&j->dir, s);
	} else {
		segment_drop(&j->dir, s);
	}
	return 1;
}

/* Ships one batch. 1 if there may be more, 0 if not, -1 if it failed. */
static int
ship_batch(struct shipment *s)
{
	struct load l;

	if (!choose(s->j, &l))
		return 0;
	if (l.from >= l.end)
		return l.more ? 0 : finish_segment(s->j, l.segment);
	if (read_batch(s, &l) < 0 || l.bytes == 0)
		return skip_rest(s->j, &l);
	set_oldest(s->j, l.first);
	if (insert_batch(s, &l) < 0)
		return -1;
	if (l.unread > 0)
		log_count(LOG_WARNING, "audit journal: torn or altered",
		    l.unread);
	count_shipped(s->j, &l);
	return 1;
}

/* Waits for the next round; returns 1 when the program ends. */
static int
wait_round(struct journal *j, int ms)
{
	struct timespec until;
	int stopping;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ms % 1000 * 1000000L;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&j->lock);
	if (!j->stopping)
		pthread_cond_timedwait(&j->wake, &j->lock, &until);
	stopping = j->stopping;
	pthread_mutex_unlock(&j->lock);
	return stopping;
}

/* Says once that the journal grows long, and once that it is short again. */
static void
watch(struct shipment *s)
{
	int64_t records, age_ms;

	journal_backlog(s->j, &records, &age_ms);
	if (!s->alarmed && records > ALARM_RECORDS) {
		s->alarmed = 1;
		log_count(LOG_ERROR, "audit journal: long backlog", records);
	} else if (s->alarmed && records < ALARM_RECORDS / 2) {
		s->alarmed = 0;
		log_count(LOG_WARNING, "audit journal: catching up", records);
	}
}

static int
ship_round(struct shipment *s)
{
	int r;

	do {
		arena_reset(s->mem);
		r = ship_batch(s);
		watch(s);
	} while (r > 0 && !wait_round(s->j, 0));
	return r;
}

/* The last second: all that MariaDB takes, then the empty segment goes. */
static void
ship_rest(struct shipment *s)
{
	int64_t until = instant_monotonic_ms() + CLOSING_MS;
	int r = 1;

	pthread_mutex_lock(&s->j->lock);
	s->j->current = NULL;	/* nobody writes any more */
	pthread_mutex_unlock(&s->j->lock);
	while (r > 0 && instant_monotonic_ms() < until) {
		arena_reset(s->mem);
		r = ship_batch(s);
	}
}

void *
journal_ship(void *journal)
{
	struct shipment s = { .j = journal };
	int pause_ms = 0;

	s.db = db_open(s.j->settings);
	s.mem = arena_new(ARENA_BYTES);
	s.chunk = malloc(SHIP_BYTES);
	while (s.chunk != NULL && !wait_round(s.j, pause_ms)) {
		pause_ms = ship_round(&s) < 0 ? AGAIN_MS : PAUSE_MS;
		(void)segment_spare(&s.j->dir);
	}
	if (s.chunk != NULL)
		ship_rest(&s);
	free(s.chunk);
	buf_free(&s.json);
	arena_free(s.mem);
	db_close(s.db);
	return NULL;
}
