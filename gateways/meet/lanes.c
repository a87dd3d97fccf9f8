#include "lanes.h"

#include "http.h"
#include "meet.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { LOOK_EVERY_MS = 300, MEM_CAP = 64 * 1024 * 1024 };

struct lane {
	struct lanes *all;
	struct daemon daemon;
	struct meet meet;
	int64_t network;	/* whose provider is being asked; 0: none's */
	pthread_t thread;
};

/* Under the lock, but what a lane does with the meeting that it took. */
struct lanes {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int stopping;
	int64_t look_at;	/* nothing was due: the next look, monotonic */
	size_t n;
	struct lane lane[MEET_LANES_MOST];
};

/* The networks that a lane has, as a list with commas. */
static const char *
busy(const struct lanes *all, struct arena *mem)
{
	const char *list = "";

	for (size_t i = 0; i < all->n; i++)
		if (all->lane[i].network != 0)
			list = arena_printf(mem, "%s%s%lld", list,
			    list[0] == '\0' ? "" : ",",
			    (long long)all->lane[i].network);
	return list;
}

static void
rest(struct lanes *all)
{
	struct timespec until = {
		.tv_sec = all->look_at / SECOND_MS,
		.tv_nsec = all->look_at % SECOND_MS * 1000000
	};

	(void)pthread_cond_timedwait(&all->changed, &all->lock, &until);
}

/* Takes one and acts on it, without the lock meanwhile. */
static void
work(struct lane *l)
{
	struct lanes *all = l->all;
	int64_t meeting;

	arena_reset(l->daemon.mem);
	meeting = meet_take(&l->daemon, &l->meet,
	    busy(all, l->daemon.mem), &l->network);
	if (meeting < 0) {
		all->look_at = instant_monotonic_ms() + LOOK_EVERY_MS;
		return;
	}
	pthread_mutex_unlock(&all->lock);
	meet_act(&l->daemon, &l->meet, meeting);
	pthread_mutex_lock(&all->lock);
	l->network = 0;
	all->look_at = 0;
}

static void *
run(void *of)
{
	struct lane *l = of;
	struct lanes *all = l->all;

	pthread_mutex_lock(&all->lock);
	while (!all->stopping)
		if (instant_monotonic_ms() < all->look_at)
			rest(all);
		else
			work(l);
	pthread_mutex_unlock(&all->lock);
	return NULL;
}

static void
begin(struct lanes *all, const struct meet_settings *s)
{
	struct lane *l = &all->lane[all->n];

	l->all = all;
	l->daemon = (struct daemon){ .settings = &s->base,
	    .db = db_open(&s->base), .mem = arena_new(MEM_CAP),
	    .listener = -1 };
	db_unattended(l->daemon.db);
	l->meet = (struct meet){ .settings = s, .owner = ref_new(),
	    .mem = l->daemon.mem, .http = http_new(s->ca, s->timeout_s) };
	if (pthread_create(&l->thread, NULL, run, l) != 0)
		abort();
	all->n++;
}

struct lanes *
lanes_start(const struct meet_settings *s)
{
	struct lanes *all = calloc(1, sizeof *all);
	pthread_condattr_t attr;

	if (all == NULL || pthread_mutex_init(&all->lock, NULL) != 0 ||
	    pthread_condattr_init(&attr) != 0 ||
	    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) != 0 ||
	    pthread_cond_init(&all->changed, &attr) != 0)
		abort();
	pthread_condattr_destroy(&attr);
	pthread_mutex_lock(&all->lock);
	while (all->n < (size_t)s->lanes)
		begin(all, s);
	pthread_mutex_unlock(&all->lock);
	return all;
}

void
lanes_stop(struct lanes *all)
{
	pthread_mutex_lock(&all->lock);
	all->stopping = 1;
	pthread_cond_broadcast(&all->changed);
	pthread_mutex_unlock(&all->lock);
	for (size_t i = 0; i < all->n; i++) {
		struct lane *l = &all->lane[i];

		pthread_join(l->thread, NULL);
		teams_forget(&l->meet);
		http_free(l->meet.http);
		db_close(l->daemon.db);
		arena_free(l->daemon.mem);
	}
	pthread_cond_destroy(&all->changed);
	pthread_mutex_destroy(&all->lock);
	free(all);
}
