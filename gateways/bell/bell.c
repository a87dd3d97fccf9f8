/* The doorbell: who waits in a browser hears that something changed. */
#include "hall.h"

#include "log.h"
#include "program.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { TURN_MS = 250 };

static int
is_listener(int fd)
{
	int listens = 0;
	socklen_t n = sizeof listens;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) == 0 &&
	    listens;
}

/* Each who waits is a descriptor. */
static void
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &r);
	}
}

static int
serve(const struct settings *s, const struct bell_keys *keys)
{
	struct hall *hall = hall_new(0, keys);

	if (hall == NULL || program_ready(s) != 0)
		return 1;
	log_line(LOG_INFO, "serving", NULL);
	while (!program_stopped(0))
		hall_turn(hall, TURN_MS);
	hall_free(hall);
	program_gone(s);
	log_line(LOG_INFO, "stopped", NULL);
	return 0;
}

static int
complain(const char *what)
{
	log_line(LOG_ERROR, what, "reason", strerror(errno), NULL);
	return 1;
}

int
main(int argc, char **argv)
{
	const struct program program = { .name = "bell" };
	struct options o = program_options(&program, argc, argv);
	const struct settings *s;
	struct bell_keys keys;
	int status;

	if (o.task == TASK_NONE)
		return o.status;
	program_block_signals();
	log_open("bell", LOG_INFO);
	s = program_settings(&program, o.config);
	if (s == NULL)
		return 1;
	if (bell_keys_load(&keys, s->key) != 0)
		return complain("key_file");
	if (o.task == TASK_CHECK)
		return 0;
	if (!is_listener(0))
		return complain("descriptor 0 does not listen");
	raise_limit();
	status = serve(s, &keys);
	explicit_bzero(&keys, sizeof keys);
	return status;
}
