/*
 * The journal as a worker sees it. There is no writer thread: the first
 * worker that comes flushes for all whose frames are there by then, and those
 * who come meanwhile make the next batch. Two hand-overs less than with a
 * thread, and a lone request pays one fdatasync and nothing else.
 */
#include "audit.h"

#include "journal_private.h"
#include "settings.h"

#include <errno.h>
#include <semaphore.h>

enum { RETRY_MS = 250, BATCH_START_BYTES = 64 * 1024 };

/*
 * Lies on its thread's stack, and is gone once `turn` was posted. Each waits
 * for itself alone: all of them woken into one lock made twice the futex calls.
 */
struct waiter {
	struct waiter *next;
	sem_t turn;		/* posted when it is done, or is to lead */
	int done, result;
};

static void
append_segment(struct journal *j, struct segment *s)
{
	struct segment **at = &j->oldest;

	while (*at != NULL)
		at = &(*at)->next;
	*at = s;
}

/* A segment for what comes now. The caller flushes, and holds no lock. */
static struct segment *
rotate(struct journal *j)
{
	struct segment *s = NULL;
	int64_t now_ms = instant_monotonic_ms();

	if (now_ms >= j->retry_ms)
		s = segment_new(&j->dir, j->next_number++, &j->id);
	if (s == NULL && now_ms >= j->retry_ms)
		j->retry_ms = instant_monotonic_ms() + RETRY_MS;
	pthread_mutex_lock(&j->lock);
	j->current = s;
	if (s != NULL)
		append_segment(j, s);
	pthread_mutex_unlock(&j->lock);
	return s;
}

/* Where the next n bytes may go; the caller flushes. */
static struct segment *
segment_for(struct journal *j, size_t n)
{
	struct segment *s = j->current;

	if (s != NULL && s->end + n <= SEGMENT_BYTES)
		return s;
	return rotate(j);
}

/*
 * After a failed flush nobody knows what of the segment reached the disk, and
 * the kernel forgets the error: it is left for ever, a new one comes next.
 */
static void
flushed(struct journal *j, struct segment *s, const struct batch *b, int r)
{
	if (r < 0) {
		j->current = NULL;
		return;
	}
	s->end += b->n;
	s->left += b->records;
	if (j->backlog == 0)
		j->oldest_at = instant_now();
	j->backlog += b->records;
}

/* Empties the batch; its waiters are the caller's to wake. */
static struct waiter *
batch_take(struct batch *b)
{
	struct waiter *w = b->waiters;

	b->waiters = NULL;
	b->n = 0;
	b->records = 0;
	return w;
}

static void
wake_others(struct waiter *w, const struct waiter *self, int result)
{
	struct waiter *next;

	for (; w != NULL; w = next) {
		next = w->next;
		w->result = result;
		w->done = 1;
		if (w != self)
			sem_post(&w->turn);
	}
}

/* Flushes the batch that is there. Called with the lock held, left without. */
static void
lead(struct journal *j, const struct waiter *self)
{
	struct batch *b = j->filling;
	struct waiter *flushed_for, *leader;
	struct segment *s;
	int r = -1;

	j->filling = b == &j->batch[0] ? &j->batch[1] : &j->batch[0];
	pthread_mutex_unlock(&j->lock);
	s = segment_for(j, b->n);
	if (s != NULL)
		r = segment_append(s, b->p, b->n);
	pthread_mutex_lock(&j->lock);
	flushed(j, s, b, r);
	flushed_for = batch_take(b);
	leader = j->filling->waiters;	/* of those who came meanwhile */
	j->flushing = leader != NULL;
	pthread_mutex_unlock(&j->lock);
	if (leader != NULL)
		sem_post(&leader->turn);
	wake_others(flushed_for, self, r);
}

static int
batch_put(struct batch *b, const unsigned char *frame, size_t n)
{
	size_t cap = b->cap == 0 ? BATCH_START_BYTES : b->cap;
	unsigned char *p;

	while (cap < b->n + n)
		cap *= 2;
	if (cap > SEGMENT_BYTES - SEGMENT_START)
		return -1;
	if (cap > b->cap) {
		p = realloc(b->p, cap);
		if (p == NULL)
			return -1;
		b->p = p;
		b->cap = cap;
	}
	memcpy(b->p + b->n, frame, n);
	b->n += n;
	b->records++;
	return 0;
}

/* Until the frame is flushed, by another or by itself. The lock is held. */
static int
wait_flushed(struct journal *j, struct waiter *w)
{
	if (j->flushing) {
		pthread_mutex_unlock(&j->lock);
		while (sem_wait(&w->turn) != 0)
			;
		if (w->done)
			return w->result;
		pthread_mutex_lock(&j->lock);
	}
	j->flushing = 1;
	lead(j, w);
	return w->result;
}

int
journal_write(struct journal *j, const struct audit_record *r)
{
	unsigned char frame[FRAME_MAX_BYTES];
	struct waiter w = { .result = -1 };
	uint64_t seq = atomic_fetch_add(&j->seq, 1);
	size_t n = frame_close(&j->key, &j->id, seq, r, frame);
	int result;

	pthread_mutex_lock(&j->lock);
	if (batch_put(j->filling, frame, n) < 0) {
		pthread_mutex_unlock(&j->lock);
		return -1;
	}
	sem_init(&w.turn, 0, 0);
	w.next = j->filling->waiters;
	j->filling->waiters = &w;
	result = wait_flushed(j, &w);
	sem_destroy(&w.turn);
	return result;
}

void
journal_backlog(struct journal *j, int64_t *records, int64_t *age_ms)
{
	pthread_mutex_lock(&j->lock);
	*records = j->backlog;
	*age_ms = j->backlog == 0 ? 0 : instant_now() - j->oldest_at;
	pthread_mutex_unlock(&j->lock);
	if (*age_ms < 0)
		*age_ms = 0;
}

static int
open_files(struct journal *j, char *why, size_t why_bytes)
{
	const struct settings *s = j->settings;
	struct seal_key master;
	struct segment *left;
	int foreign;

	if (seal_load_key(s->key, &master) < 0) {
		snprintf(why, why_bytes, "%s: %s", s->key, strerror(errno));
		return -1;
	}
	seal_derive(&master, "journal", &j->key);
	explicit_bzero(&master, sizeof master);
	if (journal_dir_open(&j->dir, s->journal_dir, s->name, why,
	    why_bytes) < 0)
		return -1;
	j->oldest = segments_left(&j->dir, &j->next_number, &foreign);
	for (left = j->oldest; left != NULL; left = left->next)
		j->backlog += left->left;
	if (rotate(j) == NULL) {
		snprintf(why, why_bytes, "%s: %s", s->journal_dir,
		    strerror(errno));
		return -1;
	}
	return 0;
}

static void
free_journal(struct journal *j)
{
	struct segment *s;
	int i;

	while ((s = j->oldest) != NULL) {
		j->oldest = s->next;
		segment_free(s);
	}
	journal_dir_close(&j->dir);
	for (i = 0; i < 2; i++)
		free(j->batch[i].p);
	pthread_cond_destroy(&j->wake);
	pthread_mutex_destroy(&j->lock);
	explicit_bzero(&j->key, sizeof j->key);
	free(j);
}

static struct journal *
new_journal(const struct settings *settings)
{
	struct journal *j = calloc(1, sizeof *j);
	pthread_condattr_t steady;

	if (j == NULL)
		return NULL;
	j->settings = settings;
	j->id = ref_new();
	j->dir.fd = j->dir.lock = -1;
	j->filling = &j->batch[0];
	j->oldest_at = instant_now();
	atomic_init(&j->seq, 1);
	pthread_mutex_init(&j->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&j->wake, &steady);
	pthread_condattr_destroy(&steady);
	return j;
}

struct journal *
journal_open(const struct settings *settings, char *why, size_t why_bytes)
{
	struct journal *j = new_journal(settings);
	int r;

	if (j == NULL) {
		snprintf(why, why_bytes, "out of memory");
		return NULL;
	}
	if (open_files(j, why, why_bytes) < 0) {
		free_journal(j);
		return NULL;
	}
	r = pthread_create(&j->shipper, NULL, journal_ship, j);
	if (r != 0) {
		snprintf(why, why_bytes, "thread: %s", strerror(r));
		free_journal(j);
		return NULL;
	}
	return j;
}

void
journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	pthread_mutex_lock(&j->lock);
	j->stopping = 1;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->shipper, NULL);
	free_journal(j);
}
