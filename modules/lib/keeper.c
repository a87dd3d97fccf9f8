#include "keeper.h"

#include "log.h"
#include "program.h"
#include "reactor.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	CHECK_EVERY_MS = 1000,		/* until the database has answered */
	REFRESH_EVERY_MS = 5000,
	REACT_EVERY_MS = 500,
	PURGE_EVERY = 120,		/* refreshes */
	COPY_EVERY_MS = 1000,
	CUT_EVERY_MS = 50,
	MEM_CAP = 64 * 1024 * 1024
};

/* 1 when the program stops. */
static int
keeper_wait(const struct keeper *k, int ms)
{
	struct pollfd p = { .fd = k->stop, .events = POLLIN };

	return poll(&p, 1, ms) > 0;
}

/* 1 when the statements agree, 0 while nobody can be asked. */
static int
check(struct keeper *k)
{
	const struct module *m = k->server->module;
	char why[512];

	switch (program_check(k->server->settings, m->queries,
	    m->hooks == NULL ? NULL : m->hooks->queries, why, sizeof why)) {
	case 0:
		atomic_store(&k->server->checked, 1);
		return 1;
	case 1:
		return 0;
	default:
		log_line(LOG_ERROR, "the database differs from this program",
		    "reason", why, NULL);
		atomic_store(&k->drift, 1);
		return 0;
	}
}

static void
refresh(const struct keeper *k, struct db *db, struct arena *mem)
{
	const struct hooks *hooks = k->server->module->hooks;

	if (hooks == NULL || hooks->refresh == NULL || !db_reachable(db))
		return;
	arena_reset(mem);
	hooks->refresh(db, mem);
}

/* Unless the program is to stop. */
static void
tidy(const struct keeper *k, struct db *db, struct arena *mem)
{
	const struct server *s = k->server;

	if (s->module->tidy == NULL)
		return;
	do {
		if (!db_reachable(db))
			return;
		arena_reset(mem);
	} while (s->module->tidy(s->settings, db, mem, instant_now()) &&
	    !keeper_wait(k, 0));
}

static void
purge(struct db *db, struct arena *mem)
{
	while (db_reachable(db) && key_purge(db, mem, instant_now()))
		arena_reset(mem);
}

static void *
keep(void *arg)
{
	struct keeper *k = arg;
	struct db *db = db_open(k->server->settings);
	struct arena *mem = arena_new(MEM_CAP);
	unsigned rounds = 0;
	int64_t tidy_ms = k->server->settings->tidy_seconds * SECOND_MS;
	int64_t next_tidy = 0;

	db_unattended(db);
	while (!check(k))
		if (keeper_wait(k, CHECK_EVERY_MS))
			goto out;
	do {
		refresh(k, db, mem);
		if (rounds++ % PURGE_EVERY == 0)
			purge(db, mem);
		if (instant_monotonic_ms() >= next_tidy) {
			next_tidy = instant_monotonic_ms() + tidy_ms;
			tidy(k, db, mem);
		}
	} while (!keeper_wait(k, REFRESH_EVERY_MS));
out:
	db_close(db);
	arena_free(mem);
	return NULL;
}

/* Says once which topic would never come; 0 while nobody can be asked. */
static int
check_registered(const struct reactor *r)
{
	const char *topic = NULL;
	int state = react_registered(r, &topic);

	if (state == 0)
		log_line(LOG_ERROR, "a topic is not registered in lib_reactor",
		    "topic", topic, NULL);
	return state >= 0;
}

static void *
react(void *arg)
{
	struct keeper *k = arg;
	struct reactor r = {
		.program = k->server->module->name,
		.reactions = k->server->module->reactions,
		.db = db_open(k->server->settings),
		.mem = arena_new(MEM_CAP),
		.bell = &k->server->bell,
		.bell_socket = k->server->bell_socket
	};
	int wait_ms = 0, asked = 0;

	while (!keeper_wait(k, wait_ms)) {
		asked = asked || check_registered(&r);
		wait_ms = react_once(&r, instant_now()) ? 0 : REACT_EVERY_MS;
	}
	db_close(r.db);
	arena_free(r.mem);
	return NULL;
}

static void *
keep_copy(void *arg)
{
	struct keeper *k = arg;
	const struct away *away = k->server->module->away;
	struct db *db = db_open(k->server->settings);
	struct arena *mem = arena_new(MEM_CAP);
	int more = 0;

	while (!keeper_wait(k, more ? 0 : COPY_EVERY_MS)) {
		arena_reset(mem);
		more = atomic_load(&k->server->checked) && db_reachable(db) &&
		    away->keep(db, mem, instant_now());
	}
	db_close(db);
	arena_free(mem);
	return NULL;
}

static void *
cut_waiting(void *arg)
{
	struct keeper *k = arg;

	while (!keeper_wait(k, CUT_EVERY_MS))
		db_cut_waiting();
	return NULL;
}

static int
start_thread(struct keeper *k, void *(*run)(void *))
{
	if (pthread_create(&k->threads[k->nthreads], NULL, run, k) != 0)
		return -1;
	k->nthreads++;
	return 0;
}

int
keeper_start(struct keeper *k, struct server *s)
{
	*k = (struct keeper){ .server = s };
	k->stop = eventfd(0, EFD_CLOEXEC);
	if (k->stop < 0 || start_thread(k, keep) != 0)
		return -1;
	if (s->module->away != NULL && (start_thread(k, keep_copy) != 0 ||
	    start_thread(k, cut_waiting) != 0))
		return -1;
	return s->module->reactions == NULL ? 0 : start_thread(k, react);
}

void
keeper_stop(struct keeper *k)
{
	const uint64_t one = 1;

	if (write(k->stop, &one, sizeof one) != sizeof one)
		return;
	for (int i = 0; i < k->nthreads; i++)
		pthread_join(k->threads[i], NULL);
	close(k->stop);
}
