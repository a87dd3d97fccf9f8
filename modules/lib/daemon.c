#include "daemon.h"

#include "log.h"
#include "program.h"

#include <sys/socket.h>

enum { MEM_CAP = 256 * 1024 * 1024, CHECK_EVERY_MS = 1000, JOBS_MAX = 32 };

/* The daemon under way: when each job is next due, on the monotonic clock. */
struct round {
	const struct gateway *gateway;
	struct daemon *daemon;
	int64_t due[JOBS_MAX];
	int64_t check_due;
	int checked;
};

static int
listener_of(int fd)
{
	int listens = 0;
	socklen_t n = sizeof listens;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) == 0 &&
	    listens ? fd : -1;
}

/* Runs what is due, each job once. Returns when the next is due. */
static int64_t
run_due(struct round *r)
{
	int64_t next = INT64_MAX;

	for (int i = 0; r->gateway->jobs[i].name != NULL; i++) {
		const struct job *job = &r->gateway->jobs[i];
		int64_t now = instant_monotonic_ms();

		if (now >= r->due[i]) {
			arena_reset(r->daemon->mem);
			program_alive();
			r->due[i] = job->run(r->daemon) ? now :
			    instant_monotonic_ms() + job->every_ms;
		}
		if (r->due[i] < next)
			next = r->due[i];
	}
	return next;
}

/* -1 when statements and database differ. */
static int
check(struct round *r)
{
	char why[512];
	int state;

	if (r->checked || instant_monotonic_ms() < r->check_due)
		return 0;
	state = program_check(r->daemon->settings, r->gateway->queries, NULL,
	    why, sizeof why);
	r->checked = state == 0;
	r->check_due = instant_monotonic_ms() + CHECK_EVERY_MS;
	if (state >= 0)
		return 0;
	log_line(LOG_ERROR, "the database differs from this program",
	    "reason", why, NULL);
	return -1;
}

static int
run_until_stopped(struct round *r)
{
	int64_t wait_ms = 0;

	while (!program_stopped(wait_ms)) {
		int64_t next, now;

		if (check(r) != 0)
			return 1;
		next = r->checked ? run_due(r) : r->check_due;
		now = instant_monotonic_ms();
		wait_ms = next > now ? next - now : 0;
		if (wait_ms > ALIVE_MS)
			wait_ms = ALIVE_MS;
		program_alive();
	}
	return 0;
}

static int
serve(const struct gateway *g, struct daemon *d)
{
	struct round r = { .gateway = g, .daemon = d };
	int status;

	if (g->start != NULL && g->start(d) != 0)
		return 1;
	if (program_ready(d->settings) != 0)
		return 1;
	log_line(LOG_INFO, "serving", NULL);
	status = run_until_stopped(&r);
	if (g->stop != NULL)
		g->stop(d);
	program_gone(d->settings);
	log_line(LOG_INFO, "stopped", NULL);
	return status;
}

static int
check_only(const struct gateway *g, const struct settings *s)
{
	char why[512];
	int state = program_check(s, g->queries, NULL, why, sizeof why);

	if (state != 0)
		fprintf(stderr, "tomozuna-%s: %s\n", g->name,
		    state > 0 ? "the database does not answer" : why);
	return state != 0;
}

int
daemon_main(const struct gateway *g, int argc, char **argv)
{
	const struct program program = {
		.name = g->name, .extra = g->settings,
		.settings_bytes = g->settings_bytes,
	};
	struct options o = program_options(&program, argc, argv);
	struct daemon d = { .listener = listener_of(0) };
	struct settings *s;
	int status;

	if (o.task == TASK_NONE)
		return o.status;
	program_block_signals();
	log_open(g->name, LOG_INFO);
	d.settings = s = program_settings(&program, o.config);
	if (s == NULL)
		return 1;
	if (o.task == TASK_CHECK) {
		status = check_only(g, s);
	} else {
		d.db = db_open(s);
		d.mem = arena_new(MEM_CAP);
		status = serve(g, &d);
		db_close(d.db);
		arena_free(d.mem);
	}
	free(s);
	return status;
}
