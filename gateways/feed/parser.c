/* The parent's side of the sandboxed reader. */
#include "parse.h"

#include "arena.h"
#include "child.h"
#include "instant.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SERVES_MAX = 2000,		/* documents a child */
	POLL_MS = 50,
	PIPE_BYTES = 1024 * 1024
};

const struct parse_limits parse_default = {
	.bytes = 16 * 1024 * 1024, .memory = 64 * 1024 * 1024,
	.cpu_ms = 900, .wall_ms = 10000, .items = 20000
};

struct parser {
	struct parse_limits limits;
	int zone_min;
	char place[PLACE_BYTES];
	pid_t pid;			/* 0: no child */
	int to, from;
	int served;
	clockid_t clock;		/* of the child's processor time */
	int64_t used_before;		/* on it, before this document */
	int64_t began;			/* on the monotonic clock */
};

enum outcome { DONE, DIED, TOO_LONG };

struct parser *
parser_new(const struct parse_limits *limits)
{
	struct parser *p = calloc(1, sizeof *p);

	if (p == NULL)
		abort();
	p->limits = *limits;
	return p;
}

void
parser_zone(struct parser *p, int64_t zone_min)
{
	p->zone_min = (int)zone_min;
}

void
parser_place(struct parser *p, const char *place)
{
	const char *name = place == NULL ? "" : place;

	if (strlen(name) >= sizeof p->place)	/* a path, no address */
		name = strrchr(name, '/') == NULL ? "" : strrchr(name, '/') + 1;
	if (strlen(name) >= sizeof p->place ||
	    text_check(name, strlen(name), 0) != TEXT_OK)
		name = "";
	(void)snprintf(p->place, sizeof p->place, "%s", name);
}

/* The child is not asked to end: it may be caught in a loop. */
static void
end_child(struct parser *p)
{
	if (p->pid == 0)
		return;
	(void)kill(p->pid, SIGKILL);
	while (waitpid(p->pid, NULL, 0) == -1 && errno == EINTR)
		;
	(void)close(p->to);
	(void)close(p->from);
	p->pid = 0;
}

void
parser_free(struct parser *p)
{
	if (p == NULL)
		return;
	end_child(p);
	free(p);
}

static void
close_pair(const int pair[2])
{
	(void)close(pair[0]);
	(void)close(pair[1]);
}

static int
start_child(struct parser *p, const char *charset)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) == -1)
		return -1;
	if (pipe2(out, O_CLOEXEC) == -1) {
		close_pair(in);
		return -1;
	}
	(void)fcntl(in[1], F_SETPIPE_SZ, PIPE_BYTES);
	(void)fcntl(out[1], F_SETPIPE_SZ, PIPE_BYTES);
	p->pid = fork();
	if (p->pid == 0)
		child_main(in[0], out[1], p->limits.memory, charset);
	(void)close(in[0]);
	(void)close(out[1]);
	p->to = in[1];
	p->from = out[0];
	p->served = 0;
	if (p->pid == -1) {
		p->pid = 0;
		(void)close(p->to);
		(void)close(p->from);
		return -1;
	}
	(void)fcntl(p->to, F_SETFL, O_NONBLOCK);
	(void)fcntl(p->from, F_SETFL, O_NONBLOCK);
	return clock_getcpuclockid(p->pid, &p->clock) == 0 ? 0 : -1;
}

static int64_t
used_ms(const struct parser *p)
{
	struct timespec t;

	return clock_gettime(p->clock, &t) == 0 ?
	    t.tv_sec * 1000 + t.tv_nsec / 1000000 : 0;
}

/* Waits until the pipe is ready. The child has no way to sleep but on it. */
static enum outcome
wait_for(const struct parser *p, int fd, short events)
{
	for (;;) {
		struct pollfd one = { fd, events, 0 };
		int n = poll(&one, 1, POLL_MS);

		if (n == 1)
			return DONE;
		if (used_ms(p) - p->used_before > p->limits.cpu_ms ||
		    instant_monotonic_ms() - p->began > p->limits.wall_ms)
			return TOO_LONG;
	}
}

static enum outcome
give(const struct parser *p, const void *from, size_t n)
{
	const char *at = from;

	while (n > 0) {
		ssize_t put = write(p->to, at, n);

		if (put > 0) {
			at += put;
			n -= (size_t)put;
		} else if (put == -1 && errno == EAGAIN) {
			enum outcome o = wait_for(p, p->to, POLLOUT);

			if (o != DONE)
				return o;
		} else if (put == 0 || errno != EINTR)
			return DIED;
	}
	return DONE;
}

static enum outcome
get(const struct parser *p, void *into, size_t n)
{
	char *at = into;

	while (n > 0) {
		ssize_t got = read(p->from, at, n);

		if (got > 0) {
			at += got;
			n -= (size_t)got;
		} else if (got == -1 && errno == EAGAIN) {
			enum outcome o = wait_for(p, p->from, POLLIN);

			if (o != DONE)
				return o;
		} else if (got == 0 || errno != EINTR)
			return DIED;
	}
	return DONE;
}

/*
 * A write to a dead child must not end this program. The signal is held back in
 * this thread alone and taken off again: others may be writing, too.
 */
static enum outcome
give_quietly(const struct parser *p, const void *from, size_t n)
{
	const struct timespec at_once = { 0 };
	sigset_t broken, before;
	enum outcome o;

	(void)sigemptyset(&broken);
	(void)sigaddset(&broken, SIGPIPE);
	(void)pthread_sigmask(SIG_BLOCK, &broken, &before);
	o = give(p, from, n);
	if (o == DIED && !sigismember(&before, SIGPIPE))
		while (sigtimedwait(&broken, NULL, &at_once) == -1 &&
		    errno == EINTR)
			;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return o;
}

/* One document to the child and back. *result is malloc'd, of answer->bytes. */
static enum outcome
ask(struct parser *p, const struct child_request *q, const void *bytes,
    struct child_answer *answer, void **result)
{
	enum outcome o;

	*result = NULL;
	p->began = instant_monotonic_ms();
	p->used_before = used_ms(p);
	p->served++;
	o = give_quietly(p, q, sizeof *q);
	if (o == DONE)
		o = give_quietly(p, bytes, q->bytes);
	if (o == DONE)
		o = get(p, answer, sizeof *answer);
	if (o != DONE)
		return o;
	answer->need[sizeof answer->need - 1] = '\0';
	if (answer->bytes > WIRE_BYTES)
		return DIED;
	*result = malloc(answer->bytes + 1);
	if (*result == NULL)
		return DIED;
	return get(p, *result, answer->bytes);
}

static const struct parsed *
refused(struct arena *mem, const char *why)
{
	struct parsed *made = arena_take(mem, sizeof *made);

	made->refused = arena_text(mem, why);
	made->updated = ITEM_NO_TIME;
	return made;
}

/* Once, with a new child if there is none. NULL: the child asked for *charset. */
static const struct parsed *
parse_once(struct parser *p, struct arena *mem, const struct child_request *q,
    const void *bytes, char *need, enum outcome *o)
{
	struct child_answer answer;
	const struct parsed *made = NULL;
	void *result;

	if (p->pid == 0 && start_child(p, need[0] == '\0' ? NULL : need) == -1) {
		end_child(p);
		return refused(mem, "the reader cannot be started");
	}
	*o = ask(p, q, bytes, &answer, &result);
	if (*o == DONE && answer.need[0] != '\0') {
		(void)snprintf(need, CHARSET_BYTES, "%s", answer.need);
		end_child(p);
	} else if (*o == DONE) {
		made = wire_get(mem, result, answer.bytes, &p->limits);
		if (made == NULL) {
			made = refused(mem, "the reader's answer is not one");
			end_child(p);
		}
	} else
		end_child(p);
	free(result);
	return made;
}

const struct parsed *
parse_document(struct parser *p, struct arena *mem, const void *bytes, size_t n,
    const char *charset)
{
	struct child_request q = { .bytes = n, .items = p->limits.items,
		.zone_min = p->zone_min };
	char need[CHARSET_BYTES] = "";
	const struct parsed *made = NULL;
	enum outcome o = DONE;

	if (n == 0)
		return refused(mem, "an empty document");
	if (n > p->limits.bytes)
		return refused(mem, "longer than a document may be");
	if (charset != NULL && strlen(charset) < sizeof q.charset)
		(void)snprintf(q.charset, sizeof q.charset, "%s", charset);
	memcpy(q.place, p->place, sizeof q.place);
	if (p->served >= SERVES_MAX)
		end_child(p);
	/* A child that fails on its first document would fail again. Three
	 * goes: an old child, a new one, one with another converter. */
	for (int i = 0; made == NULL && i < 3; i++) {
		int fresh = p->pid == 0;

		made = parse_once(p, mem, &q, bytes, need, &o);
		if (o == TOO_LONG)
			return refused(mem, "it takes too long to read");
		if (o == DIED && fresh)
			break;
	}
	return made != NULL ? made : refused(mem, "the reader died of it: it "
	    "needs too much memory, or asks for what is not allowed");
}
