#include "module.h"

#include "keeper.h"
#include "kv.h"
#include "log.h"
#include "program.h"

#include <sys/syscall.h>
#include <unistd.h>

enum { WATCH_MS = 1000, FINISH_MS = 4000 };

static int
fail(const struct module *m, const char *why)
{
	fprintf(stderr, "tomozuna-%s: %s\n", m->name, why);
	return -1;
}

/* Pages and routes: what can be checked without settings or database. */
static int
prepare_tables(struct server *s)
{
	const struct module *m = s->module;
	const struct page_source *lists[2];
	size_t nlists = 0;
	char why[512];

	if (m->hooks != NULL && m->hooks->pages != NULL)
		lists[nlists++] = m->hooks->pages;
	if (m->pages != NULL)
		lists[nlists++] = m->pages;
	s->strict = getenv("TOMOZUNA_STRICT") != NULL;
	own_routes(s);
	s->pages = pages_new(lists, nlists, m->words, why, sizeof why);
	if (s->pages == NULL || routes_check(s->routes, m->hooks, s->pages,
	    why, sizeof why) != 0)
		return fail(m, why);
	return 0;
}

static int
prepare_keys(struct server *s)
{
	struct seal_key master;
	char purpose[64];

	if (seal_load_key(s->settings->key, &master) != 0)
		return fail(s->module, "the master key cannot be read: see the "
		    "setting key_file");
	snprintf(purpose, sizeof purpose, "cursor %s", s->module->name);
	seal_derive(&master, purpose, &s->cursor_key);
	seal_derive(&master, "idempotency", &s->key_key);
	explicit_bzero(&master, sizeof master);
	snprintf(s->bell_socket, sizeof s->bell_socket, "%s/bell.sock",
	    s->settings->run_dir);
	return bell_keys_load(&s->bell, s->settings->key);
}

/* The settings as the hooks see them. */
static int
settings_ready(const struct server *s)
{
	const struct hooks *hooks = s->module->hooks;
	char why[512];

	if (hooks == NULL || hooks->ready == NULL ||
	    hooks->ready(s->settings, why, sizeof why) == 0)
		return 0;
	return fail(s->module, why);
}

static int
check_only(const struct server *s)
{
	const struct module *m = s->module;
	char why[512] = "the database does not answer";
	int state = program_check(s->settings, m->queries,
	    m->hooks == NULL ? NULL : m->hooks->queries, why, sizeof why);

	if (state == 0)
		return 0;
	(void)fail(m, state > 0 ? "the database does not answer" : why);
	return 1;
}

/* Until SIGTERM or drift; 0 or 1, the exit status. */
static int
run_until_stopped(struct server *s, struct fcgi *f)
{
	struct keeper keeper;
	int drift = 0;

	if (keeper_start(&keeper, s) != 0 || program_ready(s->settings) != 0)
		return 1;
	log_line(LOG_INFO, "serving", NULL);
	while (!drift && !program_stopped(WATCH_MS)) {
		fcgi_watch(f);
		if (fcgi_alive(f, instant_monotonic_ms()))
			program_alive();
		drift = atomic_load(&keeper.drift);
	}
	if (fcgi_stop(f, FINISH_MS) != 0) {
		log_line(LOG_WARNING, "stopped with a request unfinished",
		    NULL);
		program_gone(s->settings);
		/* Past all that a library does at exit: threads still run. */
		syscall(SYS_exit_group, drift);
	}
	keeper_stop(&keeper);
	if (s->module->away != NULL)
		s->module->away->close();
	journal_close(s->journal);
	program_gone(s->settings);
	log_line(LOG_INFO, "stopped", NULL);
	return drift;
}

static int
open_copy(const struct server *s, char *why, size_t why_bytes)
{
	const struct away *away = s->module->away;

	return away == NULL ? 0 : away->open(s->settings, why, why_bytes);
}

static int
serve(struct server *s)
{
	const struct fcgi_work work = {
		.threads = (int)s->settings->threads,
		.begin = worker_begin, .serve = worker_serve,
		.after = worker_after, .end = worker_end, .of = s,
	};
	struct fcgi *f;
	char why[512];

	s->metrics = metrics_new(s->module->name, s->nroutes);
	s->journal = journal_open(s->settings, why, sizeof why);
	if (s->journal == NULL || open_copy(s, why, sizeof why) != 0) {
		(void)fail(s->module, why);
		return 1;
	}
	f = fcgi_start(&work, why, sizeof why);
	if (f == NULL) {
		(void)fail(s->module, why);
		return 1;
	}
	return run_until_stopped(s, f);
}

static int
run(struct server *s, const struct options *o, const struct program *p)
{
	int status;

	s->settings = program_settings(p, o->config);
	if (s->settings == NULL || prepare_keys(s) != 0 ||
	    settings_ready(s) != 0)
		return 1;
	status = o->task == TASK_CHECK ? check_only(s) : serve(s);
	explicit_bzero(&s->cursor_key, sizeof s->cursor_key);
	explicit_bzero(&s->key_key, sizeof s->key_key);
	explicit_bzero(&s->bell, sizeof s->bell);
	return status;
}

int
module_main(const struct module *m, int argc, char **argv)
{
	const struct program program = {
		.name = m->name, .extra = m->settings,
		.settings_bytes = m->settings_bytes, .has_routes = 1,
	};
	static struct server s;		/* lives as long as the program */
	struct options o;

	if (argc == 2 && m->hooks != NULL && m->hooks->child != NULL)
		m->hooks->child(argv[1]);
	o = program_options(&program, argc, argv);
	s.module = m;
	if (o.task == TASK_NONE)
		return o.status;
	program_block_signals();
	log_open(m->name, LOG_INFO);
	if (prepare_tables(&s) != 0)
		return 1;
	if (o.task == TASK_ROUTES) {
		routes_print(s.routes, m->hooks);
		return 0;
	}
	return run(&s, &o, &program);
}
