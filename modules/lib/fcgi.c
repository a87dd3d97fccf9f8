#include "fcgi.h"

#include "instant.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <fcgiapp.h>

enum {
	LISTENER = 0,
	READ_S = 5,		/* longest silence of a peer that sends … */
	WRITE_S = 10,		/* … and of one that takes */
	TOTAL_MS = 60000,	/* one exchange from accept to close */
	STUCK_MS = 30000,	/* beyond that, and nobody will come back */
	BACK_OFF_MS = 50,	/* after an accept that failed */
	DRAIN_MS = 1000		/* for the backlog, when stopping */
};

struct exchange {
	FCGX_Request fcgx;
	struct lane *lane;
	int ended;		/* nothing more may be sent */
};

/* One thread. `peer` is a second descriptor of its connection, or -1. */
struct lane {
	struct fcgi *of;
	pthread_t thread;
	pthread_mutex_t lock;
	int peer;
	int reading;		/* has not said yet what it wants */
	int64_t until;
};

struct fcgi {
	struct fcgi_work work;
	int stop;		/* eventfd; readable for ever once it is set */
	atomic_llong shouted;	/* when a failing accept was last logged */
	pthread_mutex_t spare_lock;
	int spare;		/* a descriptor kept for when there is none */
	atomic_llong accepted;	/* when somebody last was, or none waited */
	int nlanes, njoined;
	struct lane lanes[];
};

static void
lane_arm(struct lane *lane, int peer)
{
	pthread_mutex_lock(&lane->lock);
	lane->peer = peer;
	lane->reading = 1;
	lane->until = instant_monotonic_ms() + TOTAL_MS;
	pthread_mutex_unlock(&lane->lock);
}

static void
lane_has_request(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	lane->reading = 0;
	pthread_mutex_unlock(&lane->lock);
}

static void
lane_disarm(struct lane *lane)
{
	int peer;

	pthread_mutex_lock(&lane->lock);
	peer = lane->peer;
	lane->peer = -1;
	pthread_mutex_unlock(&lane->lock);
	if (peer >= 0)
		close(peer);
}

static void
set_timeouts(int fd)
{
	const struct timeval in = { .tv_sec = READ_S };
	const struct timeval out = { .tv_sec = WRITE_S };

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &in, sizeof in);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &out, sizeof out);
}

/*
 * One connection, one request. libfcgi is handed our descriptor as one it
 * kept; whatever goes wrong it closes it and then fails to accept from -1.
 */
static void
lane_exchange(struct lane *lane, void *worker, int fd)
{
	const struct fcgi_work *work = &lane->of->work;
	struct exchange x;

	x.ended = 0;
	x.lane = lane;
	set_timeouts(fd);
	lane_arm(lane, fcntl(fd, F_DUPFD_CLOEXEC, 3));
	FCGX_InitRequest(&x.fcgx, -1, 0);
	x.fcgx.ipcFd = fd;
	x.fcgx.keepConnection = 1;
	if (FCGX_Accept_r(&x.fcgx) != 0) {
		lane_disarm(lane);
		return;
	}
	x.fcgx.keepConnection = 0;
	lane_has_request(lane);
	work->serve(worker, &x);
	if (!x.ended)
		(void)exchange_end(&x);
	FCGX_Free(&x.fcgx, 1);
	lane_disarm(lane);
	work->after(worker);
}

/*
 * Out of descriptors: with the one that is kept for it somebody is let in and
 * sent away at once. So the web server says 503 now instead of waiting.
 */
static void
send_away(struct fcgi *f)
{
	int fd;

	pthread_mutex_lock(&f->spare_lock);
	if (f->spare >= 0)
		close(f->spare);
	fd = accept4(LISTENER, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	atomic_store(&f->accepted, instant_monotonic_ms());
	f->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	pthread_mutex_unlock(&f->spare_lock);
}

static void
accept_failed(struct fcgi *f, int error)
{
	const struct timespec pause = { .tv_nsec = BACK_OFF_MS * 1000000L };
	int64_t now = instant_monotonic_ms();

	if (error == EAGAIN || error == EINTR || error == ECONNABORTED)
		return;
	if (now - atomic_load(&f->shouted) >= SECOND_MS) {
		atomic_store(&f->shouted, now);
		log_line(LOG_WARNING, "accept failed", "reason",
		    strerrorname_np(error), NULL);
	}
	if (error == EMFILE || error == ENFILE)
		send_away(f);
	nanosleep(&pause, NULL);
}

/* 1 when there was a connection. */
static int
lane_accept(struct lane *lane, void *worker)
{
	int fd = accept4(LISTENER, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0) {
		accept_failed(lane->of, errno);
		return 0;
	}
	atomic_store(&lane->of->accepted, instant_monotonic_ms());
	lane_exchange(lane, worker, fd);
	return 1;
}

static int
lane_epoll(const struct lane *lane)
{
	struct epoll_event listener = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	struct epoll_event stop = { .events = EPOLLIN };
	int ep = epoll_create1(EPOLL_CLOEXEC);

	listener.data.fd = LISTENER;
	stop.data.fd = lane->of->stop;
	if (ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, LISTENER, &listener) != 0 ||
	    epoll_ctl(ep, EPOLL_CTL_ADD, stop.data.fd, &stop) != 0) {
		log_line(LOG_ERROR, "epoll failed", "reason",
		    strerrorname_np(errno), NULL);
		abort();
	}
	return ep;
}

/* Waits; 0 when the program is to stop. */
static int
lane_wait(const struct lane *lane, int ep)
{
	struct epoll_event e[2];
	int n = epoll_wait(ep, e, 2, -1);

	for (int i = 0; i < n; i++)
		if (e[i].data.fd == lane->of->stop)
			return 0;
	return 1;
}

static void *
lane_run(void *arg)
{
	struct lane *lane = arg;
	void *worker = lane->of->work.begin(lane->of->work.of);
	int ep = lane_epoll(lane);
	int64_t until;

	while (lane_wait(lane, ep))
		(void)lane_accept(lane, worker);
	until = instant_monotonic_ms() + DRAIN_MS;
	while (instant_monotonic_ms() < until && lane_accept(lane, worker))
		;
	close(ep);
	lane->of->work.end(worker);
	return NULL;
}

static int
listener_ready(char *why, size_t why_bytes)
{
	int listens = 0, flags = fcntl(LISTENER, F_GETFL);
	socklen_t n = sizeof listens;

	if (flags < 0 || getsockopt(LISTENER, SOL_SOCKET, SO_ACCEPTCONN,
	    &listens, &n) != 0 || !listens) {
		snprintf(why, why_bytes,
		    "descriptor 0 is not a listening socket");
		return -1;
	}
	if (fcntl(LISTENER, F_SETFL, flags | O_NONBLOCK) != 0) {
		snprintf(why, why_bytes, "listening socket: %s",
		    strerror(errno));
		return -1;
	}
	return 0;
}

static struct fcgi *
fcgi_new(const struct fcgi_work *work)
{
	struct fcgi *f = calloc(1, sizeof *f +
	    (size_t)work->threads * sizeof f->lanes[0]);

	if (f == NULL)
		return NULL;
	f->work = *work;
	f->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	atomic_store(&f->accepted, instant_monotonic_ms());
	f->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	pthread_mutex_init(&f->spare_lock, NULL);
	for (int i = 0; i < work->threads; i++) {
		f->lanes[i].of = f;
		f->lanes[i].peer = -1;
		pthread_mutex_init(&f->lanes[i].lock, NULL);
	}
	return f;
}

struct fcgi *
fcgi_start(const struct fcgi_work *work, char *why, size_t why_bytes)
{
	struct fcgi *f;

	if (listener_ready(why, why_bytes) != 0)
		return NULL;
	/* How long libfcgi waits for the peer's end before it closes. */
	setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1);
	setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "200", 1);
	f = fcgi_new(work);
	if (f == NULL || f->stop < 0 || FCGX_Init() != 0) {
		snprintf(why, why_bytes, "out of memory or descriptors");
		return NULL;
	}
	for (; f->nlanes < work->threads; f->nlanes++) {
		struct lane *lane = &f->lanes[f->nlanes];

		if (pthread_create(&lane->thread, NULL, lane_run, lane) != 0)
			break;
	}
	if (f->nlanes < work->threads) {
		snprintf(why, why_bytes, "cannot start %d threads",
		    work->threads);
		return NULL;
	}
	return f;
}

/* Shuts the connections whose time is over; with `silent` all idle ones too. */
static void
cut_off(struct fcgi *f, int silent)
{
	int64_t now = instant_monotonic_ms();

	for (int i = 0; i < f->nlanes; i++) {
		struct lane *lane = &f->lanes[i];

		pthread_mutex_lock(&lane->lock);
		if (lane->peer >= 0 &&
		    (now >= lane->until || (silent && lane->reading)))
			(void)shutdown(lane->peer, SHUT_RDWR);
		pthread_mutex_unlock(&lane->lock);
	}
}

void
fcgi_watch(struct fcgi *f)
{
	cut_off(f, 0);
}

/* Whether a thread is at work long after its peer was cut off. */
static int
is_stuck(struct fcgi *f, int64_t now)
{
	int stuck = 0;

	for (int i = 0; i < f->nlanes; i++) {
		struct lane *lane = &f->lanes[i];

		pthread_mutex_lock(&lane->lock);
		stuck |= lane->peer >= 0 && now >= lane->until + STUCK_MS;
		pthread_mutex_unlock(&lane->lock);
	}
	return stuck;
}

int
fcgi_alive(struct fcgi *f, int64_t now)
{
	struct pollfd waiting = { .fd = LISTENER, .events = POLLIN };

	if (poll(&waiting, 1, 0) == 0)
		atomic_store(&f->accepted, now);
	return !is_stuck(f, now) &&
	    now < atomic_load(&f->accepted) + TOTAL_MS + STUCK_MS;
}

/* Joins the threads that end within `ms`: 0, or -1 when one goes on. */
static int
join_within(struct fcgi *f, int64_t ms)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / SECOND_MS;
	for (; f->njoined < f->nlanes; f->njoined++)
		if (pthread_clockjoin_np(f->lanes[f->njoined].thread, NULL,
		    CLOCK_MONOTONIC, &until) != 0)
			return -1;
	return 0;
}

int
fcgi_stop(struct fcgi *f, int64_t within_ms)
{
	const uint64_t one = 1;

	if (write(f->stop, &one, sizeof one) != sizeof one)
		return -1;
	if (join_within(f, DRAIN_MS + SECOND_MS) != 0) {
		cut_off(f, 1);
		if (join_within(f, within_ms - DRAIN_MS - SECOND_MS) != 0)
			return -1;
	}
	for (int i = 0; i < f->nlanes; i++)
		pthread_mutex_destroy(&f->lanes[i].lock);
	pthread_mutex_destroy(&f->spare_lock);
	if (f->spare >= 0)
		close(f->spare);
	close(f->stop);
	free(f);
	return 0;
}

char *const *
exchange_params(const struct exchange *x)
{
	return x->fcgx.envp;
}

/*
 * Takes what one record brought, so that a caller can look at the clock
 * between two of a peer that sends byte by byte.
 */
long
exchange_read(struct exchange *x, void *p, size_t n)
{
	FCGX_Stream *in = x->fcgx.in;
	unsigned char *to = p;
	size_t ready;
	int c;

	if (n == 0)
		return 0;
	c = FCGX_GetChar(in);
	if (c == EOF)
		return FCGX_GetError(in) == 0 ? 0 : -1;
	to[0] = (unsigned char)c;
	ready = (size_t)(in->stop - in->rdNext);
	if (ready > n - 1)
		ready = n - 1;
	if (ready == 0)
		return 1;
	return 1 + FCGX_GetStr((char *)to + 1, (int)ready, in);
}

/* ---- the answer ---- */

enum {
	RECORD_BYTES = 65528,		/* of one record, a multiple of eight */
	HEAD_BYTES = 8,
	VECTOR = 64			/* pieces of one system call */
};

/* Record types (FastCGI specification, 8). */
enum { END_REQUEST = 3, STDOUT = 6 };

/* Records under way. */
struct sending {
	int fd, failed, n;
	unsigned id;
	struct iovec v[VECTOR];
	unsigned char heads[VECTOR / 2][HEAD_BYTES];
	int nheads;
};

/* Sends what there is, however many calls that takes. */
static void
sending_flush(struct sending *s)
{
	struct msghdr m = { .msg_iov = s->v, .msg_iovlen = (size_t)s->n };

	while (!s->failed && m.msg_iovlen > 0) {
		ssize_t n = sendmsg(s->fd, &m, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		s->failed = n < 0;
		while (n > 0 && m.msg_iovlen > 0) {
			size_t part = m.msg_iov->iov_len;

			if ((size_t)n < part)
				part = (size_t)n;
			m.msg_iov->iov_base = (char *)m.msg_iov->iov_base + part;
			m.msg_iov->iov_len -= part;
			n -= (ssize_t)part;
			if (m.msg_iov->iov_len == 0) {
				m.msg_iov++;
				m.msg_iovlen--;
			}
		}
	}
	s->n = s->nheads = 0;
}

static void
sending_add(struct sending *s, int type, const void *p, size_t n)
{
	unsigned char *head;

	if (s->n + 2 > VECTOR || s->nheads == VECTOR / 2)
		sending_flush(s);
	head = s->heads[s->nheads++];
	memset(head, 0, HEAD_BYTES);
	head[0] = 1;			/* version */
	head[1] = (unsigned char)type;
	head[2] = (unsigned char)(s->id >> 8);
	head[3] = (unsigned char)s->id;
	head[4] = (unsigned char)(n >> 8);
	head[5] = (unsigned char)n;
	s->v[s->n++] = (struct iovec){ head, HEAD_BYTES };
	if (n > 0)
		s->v[s->n++] = (struct iovec){ (void *)(uintptr_t)p, n };
}

static void
sending_put(struct sending *s, const void *p, size_t n)
{
	const unsigned char *from = p;

	while (n > 0) {
		size_t part = n > RECORD_BYTES ? RECORD_BYTES : n;

		sending_add(s, STDOUT, from, part);
		from += part;
		n -= part;
	}
}

/*
 * libfcgi's own stream sends 8 KiB at a time, and each piece wakes nginx up:
 * a page left in fourteen system calls. Records are made here instead; its
 * streams stay empty, and lane_exchange drops them unused.
 */
int
exchange_send(struct exchange *x, const struct iovec *part, int n, int last)
{
	static const unsigned char complete[HEAD_BYTES];
	struct sending s = { .fd = x->fcgx.ipcFd,
		.id = (unsigned)x->fcgx.requestId };

	if (x->ended)
		return -1;
	for (int i = 0; i < n; i++)
		sending_put(&s, part[i].iov_base, part[i].iov_len);
	if (last) {
		sending_add(&s, STDOUT, NULL, 0);
		sending_add(&s, END_REQUEST, complete, sizeof complete);
	}
	sending_flush(&s);
	x->ended = last || s.failed;
	return s.failed ? -1 : 0;
}

int
exchange_write(struct exchange *x, const void *p, size_t n)
{
	const struct iovec part = { (void *)(uintptr_t)p, n };

	return exchange_send(x, &part, 1, 0);
}

void
exchange_go_on(struct exchange *x)
{
	pthread_mutex_lock(&x->lane->lock);
	x->lane->until = instant_monotonic_ms() + TOTAL_MS;
	pthread_mutex_unlock(&x->lane->lock);
}

void
exchange_break(struct exchange *x)
{
	x->ended = 1;
}

int
exchange_end(struct exchange *x)
{
	return exchange_send(x, NULL, 0, 1);
}
