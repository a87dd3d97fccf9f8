#include "caged.h"

#include "instant.h"
#include "program.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int
spawn(pid_t *pid, int fd, const char *name, const char *argument)
{
	char program[32], word[32], locale[] = "LC_ALL=C.UTF-8";
	char *const words[] = { program, word, NULL };
	char *const env[] = { locale, NULL };
	posix_spawn_file_actions_t files;
	int error;

	(void)snprintf(program, sizeof program, "%s", name);
	(void)snprintf(word, sizeof word, "%s", argument);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
	/* What runs now, even when a newer one has been installed meanwhile. */
	error = program_spawn(pid, "/proc/self/exe", &files, words, env);
	posix_spawn_file_actions_destroy(&files);
	return error == 0 ? 0 : -1;
}

int
caged_start(struct caged *c, const char *name, const char *argument)
{
	int pair[2], status;

	*c = (struct caged){ .fd = -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	c->fd = pair[0];
	status = spawn(&c->pid, pair[1], name, argument);
	if (status != 0)
		c->pid = 0;
	(void)close(pair[1]);
	return status;
}

void
caged_stop(struct caged *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	if (c->pid > 0)
		(void)kill(c->pid, SIGKILL);
	while (c->pid > 0 && waitpid(c->pid, NULL, 0) == -1 && errno == EINTR)
		;
	*c = (struct caged){ .fd = -1 };
}

void
caged_within(struct caged *c, int64_t ms)
{
	c->end = instant_monotonic_ms() + ms;
}

static int
wait_for(const struct caged *c, short events)
{
	struct pollfd p = { c->fd, events, 0 };
	int64_t left = c->end - instant_monotonic_ms();

	return left > 0 && (poll(&p, 1, (int)left) != -1 || errno == EINTR) ?
	    0 : -1;
}

int
caged_give(const struct caged *c, const void *from, size_t n)
{
	for (const char *p = from; n > 0;) {
		ssize_t put = send(c->fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (put > 0) {
			p += put;
			n -= (size_t)put;
		} else if ((errno != EAGAIN && errno != EINTR) ||
		    wait_for(c, POLLOUT) != 0)
			return -1;
	}
	return 0;
}

int
caged_get(const struct caged *c, void *into, size_t n)
{
	for (char *p = into; n > 0;) {
		ssize_t got = recv(c->fd, p, n, MSG_DONTWAIT);

		if (got > 0) {
			p += got;
			n -= (size_t)got;
		} else if (got == 0 || (errno != EAGAIN && errno != EINTR) ||
		    wait_for(c, POLLIN) != 0)
			return -1;
	}
	return 0;
}
