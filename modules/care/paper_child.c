/* The child that draws a paper: started, told, listened to, gone. */
#include "paper.h"

#include "instant.h"
#include "log.h"
#include "paper_own.h"
#include "program.h"
#include "turns.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE_BYTES = 65536 };

struct child {
	pid_t pid;
	int to, from;		/* -1: closed */
	size_t told;
	struct buf pdf;
	int64_t end;		/* monotonic: then it is killed */
};

static struct turns drawing = TURNS(PAPER_CHILDREN);

/* ---- its life ---- */

static void
shut(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* It has the two pipes and the log, no settings, no secrets, no signals blocked. */
static int
spawn(pid_t *pid, int in, int out)
{
	char program[] = "tomozuna-paper", argument[] = PAPER_ARGUMENT;
	char locale[] = "LC_ALL=C.UTF-8";
	char *const words[] = { program, argument, NULL };
	char *const env[] = { locale, NULL };
	posix_spawn_file_actions_t files;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	/* What runs now, even when a newer one has been installed meanwhile. */
	error = program_spawn(pid, "/proc/self/exe", &files, words, env);
	posix_spawn_file_actions_destroy(&files);
	return error == 0 ? 0 : -1;
}

static int
start(struct child *c)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, status = -1;

	if (pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 &&
	    fcntl(in[1], F_SETFL, O_NONBLOCK) == 0)
		status = spawn(&c->pid, in[0], out[1]);
	shut(&in[0]);
	shut(&out[1]);
	c->to = in[1];
	c->from = out[0];
	if (status != 0) {
		shut(&c->to);
		shut(&c->from);
	}
	return status;
}

static void
tell_some(struct child *c, const struct buf *told)
{
	ssize_t n = write(c->to, told->p + c->told, told->n - c->told);

	if (n > 0)
		c->told += (size_t)n;
	if (c->told == told->n || (n == -1 && errno != EAGAIN &&
	    errno != EINTR))
		shut(&c->to);
}

/* 1: there may be more; 0: that was all; -1: it is too much, or cannot be had. */
static int
take_some(struct child *c)
{
	char piece[PIECE_BYTES];
	ssize_t n = read(c->from, piece, sizeof piece);

	if (n == 0)
		return 0;
	if (n == -1)
		return errno == EINTR ? 1 : -1;
	buf_put(&c->pdf, piece, (size_t)n);
	return c->pdf.failed || c->pdf.n > PAPER_PDF_MAX ? -1 : 1;
}

/* It reads all before it writes: neither waits for the other. 0 or -1. */
static int
talk(struct child *c, const struct buf *told)
{
	for (;;) {
		struct pollfd p[] = { { c->from, POLLIN, 0 },
			{ c->to, POLLOUT, 0 } };
		int64_t left = c->end - instant_monotonic_ms();
		int more = 1;

		if (left <= 0 || (poll(p, 2, (int)left) == -1 &&
		    errno != EINTR))
			return -1;
		if (p[1].revents != 0)
			tell_some(c, told);
		if (p[0].revents != 0)
			more = take_some(c);
		if (more <= 0)
			return more;
	}
}

/* 0: it ended by itself, and says that all went well. */
static int
finish(struct child *c, int talked)
{
	int status;
	pid_t gone;

	shut(&c->to);
	shut(&c->from);
	if (talked != 0)
		(void)kill(c->pid, SIGKILL);
	do
		gone = waitpid(c->pid, &status, 0);
	while (gone == -1 && errno == EINTR);
	return talked == 0 && gone == c->pid && status == 0 ? 0 : -1;
}

void *
paper_child(const struct buf *told, size_t *n)
{
	struct child c = { .to = -1, .from = -1,
		.end = instant_monotonic_ms() + PAPER_SECONDS * SECOND_MS };
	int made = -1;

	if (turns_take(&drawing, c.end) == 0) {
		if (start(&c) == 0)
			made = finish(&c, talk(&c, told));
		turns_give(&drawing);
	}
	*n = c.pdf.n;
	if (made == 0 && *n > 0)
		return c.pdf.p;
	log_line(LOG_ERROR, "a paper was not drawn", NULL);
	buf_free(&c.pdf);
	return NULL;
}
