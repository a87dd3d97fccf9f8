#include "program.h"

#include "audit_sql.h"
#include "db.h"
#include "event_sql.h"
#include "health_sql.h"
#include "idempotency_sql.h"
#include "instant.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
usage(const struct program *p, FILE *to)
{
	fprintf(to, "usage: tomozuna-%s [--config FILE] [--check%s] [--help] "
	    "[--version]\n", p->name, p->has_routes ? " | --routes" : "");
}

static void
help(const struct program *p)
{
	usage(p, stdout);
	printf("\n  --config FILE  settings (default " SYSCONFDIR "/%s.conf)\n"
	    "  --check        settings, database, statements; exit 0 when it "
	    "could serve\n", p->name);
	if (p->has_routes)
		puts("  --routes       a line a route: method, path, who, "
		    "inputs");
	puts("\nSettings:");
	settings_describe(p->extra);
}

enum { OPT_HELP, OPT_VERSION, OPT_CONFIG, OPT_CHECK, OPT_ROUTES };

/* One option; 0 when the rest may be read. */
static int
take_option(const struct program *p, struct options *o, int option)
{
	switch (option) {
	case OPT_HELP:
		help(p);
		return 1;
	case OPT_VERSION:
		printf("tomozuna-%s %s\n", p->name, PACKAGE_VERSION);
		return 1;
	case OPT_CONFIG:
		o->config = optarg;
		return 0;
	case OPT_CHECK:
		o->task = TASK_CHECK;
		return 0;
	case OPT_ROUTES:
		o->task = TASK_ROUTES;
		return 0;
	default:
		usage(p, stderr);
		o->status = 2;
		return 1;
	}
}

struct options
program_options(const struct program *p, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, OPT_HELP },
		{ "version", no_argument, NULL, OPT_VERSION },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "check", no_argument, NULL, OPT_CHECK },
		{ "routes", no_argument, NULL, OPT_ROUTES },
		{ 0 }
	};
	struct options o = { .task = TASK_SERVE };
	int option;

	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1)
		if (take_option(p, &o, option) != 0) {
			o.task = TASK_NONE;
			return o;
		}
	if (optind < argc || (o.task == TASK_ROUTES && !p->has_routes)) {
		usage(p, stderr);
		o.task = TASK_NONE;
		o.status = 2;
	}
	return o;
}

struct settings *
program_settings(const struct program *p, const char *path)
{
	size_t bytes = p->settings_bytes > sizeof(struct settings) ?
	    p->settings_bytes : sizeof(struct settings);
	struct settings *s = calloc(1, bytes);
	char standard[256], why[512];

	if (s == NULL)
		abort();
	snprintf(standard, sizeof standard, SYSCONFDIR "/%s.conf", p->name);
	if (path == NULL)
		path = standard;
	if (settings_read(path, p->extra, s, why, sizeof why) == 0) {
		s->name = p->name;
		return s;
	}
	fprintf(stderr, "tomozuna-%s: %s\n", p->name, why);
	free(s);
	return NULL;
}

/*
 * No core file: it would have patients and keys in it. To look at a fault, give
 * the running program a limit (prlimit --core=unlimited --pid …).
 */
static void
leave_no_core(void)
{
	struct rlimit core;

	if (getrlimit(RLIMIT_CORE, &core) != 0)
		return;
	core.rlim_cur = 0;
	(void)setrlimit(RLIMIT_CORE, &core);
}

void
program_block_signals(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t all;

	leave_no_core();
	sigfillset(&all);
	/* A fault of ours still ends the program. */
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	sigdelset(&all, SIGABRT);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

int
program_spawn(pid_t *pid, const char *path,
    const posix_spawn_file_actions_t *files, char *const words[],
    char *const env[])
{
	posix_spawnattr_t how;
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	error = posix_spawn(pid, path, files, &how, words, env);
	posix_spawnattr_destroy(&how);
	return error;
}

int
program_stopped(int64_t ms)
{
	struct timespec wait = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000L };
	sigset_t stop;
	int got;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	got = sigtimedwait(&stop, NULL, &wait);
	return got == SIGTERM || got == SIGINT;
}

/* systemd's notification, when it asked for one (sd_notify(3)). */
static void
notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t n = path == NULL ? 0 : strlen(path);
	int fd;

	if (n == 0 || n >= sizeof to.sun_path)
		return;
	memcpy(to.sun_path, path, n);
	if (to.sun_path[0] == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL,
	    (const struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}

void
program_alive(void)
{
	static _Thread_local int64_t next;
	int64_t now = instant_monotonic_ms();

	if (getenv("WATCHDOG_USEC") == NULL || now < next)
		return;
	next = now + ALIVE_MS / 2;
	notify("WATCHDOG=1");
}

int
program_ready(const struct settings *s)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	int fd;

	notify("READY=1");
	if (s->pid_file[0] == '\0')
		return 0;
	fd = open(s->pid_file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, (size_t)n) != n) {
		log_line(LOG_ERROR, "pid file", "reason",
		    strerrorname_np(errno), NULL);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	close(fd);
	return 0;
}

void
program_gone(const struct settings *s)
{
	notify("STOPPING=1");
	if (s->pid_file[0] != '\0')
		(void)unlink(s->pid_file);
}

static int
check_lists(struct db *db, const struct db_query *const *const *lists,
    char *why, size_t why_bytes)
{
	int state = 0;

	for (; lists != NULL && *lists != NULL && state == 0; lists++)
		state = db_check(db, *lists, why, why_bytes);
	return state;
}

int
program_check(const struct settings *s,
    const struct db_query *const *const *lists,
    const struct db_query *const *const *more, char *why, size_t why_bytes)
{
	const struct db_query *const *const own[] = {
		health_queries, idempotency_queries, event_queries,
		audit_queries, NULL
	};
	struct db *db = db_open(s);
	int state = check_lists(db, own, why, why_bytes);

	if (state == 0)
		state = check_lists(db, lists, why, why_bytes);
	if (state == 0)
		state = check_lists(db, more, why, why_bytes);
	db_close(db);
	return state;
}
