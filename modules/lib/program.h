/* What a module and a gateway have in common as programs. Internal to lib. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "settings.h"

#include <spawn.h>
#include <stddef.h>

struct db_query;

struct program {
	const char *name;
	const struct setting *extra;	/* settings beyond lib's own */
	size_t settings_bytes;
	int has_routes;			/* takes --routes */
};

enum task { TASK_SERVE, TASK_CHECK, TASK_ROUTES, TASK_NONE };

struct options {
	enum task task;
	const char *config;
	int status;			/* of TASK_NONE: leave with it */
};

/* Reads the arguments; prints what --help, --version or a mistake needs. */
struct options program_options(const struct program *, int argc, char **argv);

/*
 * The program's settings, living as long as it does. NULL after a line of
 * reason on standard error.
 */
struct settings *program_settings(const struct program *, const char *path);

/*
 * Lets no signal reach a thread, and no fault leave a core file. First thing in
 * main, before any thread.
 */
void program_block_signals(void);

/*
 * posix_spawn(3) for programs that call program_block_signals: what is started has
 * no signal blocked or ignored. 0, or an errno.
 */
int program_spawn(pid_t *, const char *path,
    const posix_spawn_file_actions_t *, char *const words[], char *const env[]);

/* Waits for SIGTERM or SIGINT: 1, or 0 when there was none for `ms`. */
int program_stopped(int64_t ms);

/*
 * Tells systemd's watchdog that the program does its work, when it was asked to
 * (WatchdogSec=). Call it only where that is known: a caller that hangs, or sees
 * that others do, must not. At most once a second goes out.
 */
void program_alive(void);

/* The longest wait between two calls of program_alive. */
enum { ALIVE_MS = 2000 };

/* pid file and systemd's readiness. 0, or -1 after a line on the log. */
int program_ready(const struct settings *);
void program_gone(const struct settings *);

/*
 * Checks the statements of lib and of the lists. As db_check: 0, 1 without a
 * database, -1 on drift with a line in `why`.
 */
int program_check(const struct settings *,
    const struct db_query *const *const *lists,
    const struct db_query *const *const *more, char *why, size_t why_bytes);

#endif
