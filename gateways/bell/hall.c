#include "hall.h"

#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUCKETS = 8192, EVENTS = 256, TICK_MS = 1000 };

enum state { SAYING, WAITING, GONE };

struct guest {
	int fd;
	enum state state;
	int64_t until, beat;		/* monotonic ms */
	struct bell_place place;	/* WAITING */
	struct guest *next, *prev;	/* of its bucket */
	size_t n;
	char *said;			/* SAYING: HALL_SAY_BYTES */
};

/* Channels of whom, made until when, open no line. */
struct shut {
	struct bell_topic whom;
	utc_ms at;
};

struct hall {
	int listener, poll;
	const struct bell_keys *keys;
	struct guest *all[HALL_MAX];	/* the first `count` are used */
	int count, waiting, gone;
	int64_t tick;
	struct guest *bucket[BUCKETS];
	struct shut shut[HALL_SHUT];	/* the oldest gives way */
	unsigned nshut;
};

static const char waits_head[] = "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/event-stream\r\nCache-Control: no-store\r\n"
    "Connection: close\r\n\r\nretry: 5000\n\n";
static const char refuses[] = "HTTP/1.1 404 Not Found\r\n"
    "Content-Length: 0\r\nConnection: close\r\n\r\n";
static const char rings[] = "data: changed\n\n";
static const char beats[] = ": still here\n\n";
static const char shuts[] = "event: shut\ndata: look\n\n";

static unsigned
bucket_of(const struct bell_topic *t)
{
	return ((unsigned)t->b[0] << 8 | t->b[1]) % BUCKETS;
}

static void
join(struct hall *h, struct guest *g)
{
	struct guest **head = &h->bucket[bucket_of(&g->place.topic)];

	g->prev = NULL;
	g->next = *head;
	if (*head != NULL)
		(*head)->prev = g;
	*head = g;
	h->waiting++;
}

static void
leave(struct hall *h, struct guest *g)
{
	if (g->prev != NULL)
		g->prev->next = g->next;
	else
		h->bucket[bucket_of(&g->place.topic)] = g->next;
	if (g->next != NULL)
		g->next->prev = g->prev;
	h->waiting--;
}

/* It is freed at the end of the turn: events of this turn may still name it. */
static void
dismiss(struct hall *h, struct guest *g)
{
	if (g->state == GONE)
		return;
	if (g->state == WAITING)
		leave(h, g);
	g->state = GONE;
	h->gone++;
	(void)close(g->fd);
}

/* Who does not take a line at once has gone or is too slow to be told. */
static void
tell(struct hall *h, struct guest *g, const char *text, size_t n)
{
	if (send(g->fd, text, n, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)n)
		dismiss(h, g);
}

static int
same(const struct bell_topic *a, const struct bell_topic *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static int
is_of(const struct bell_place *p, const struct bell_topic *whom)
{
	return same(&p->session, whom) || same(&p->device, whom) ||
	    same(&p->topic, whom);
}

static void
shut(struct hall *h, const struct bell_topic *whom)
{
	h->shut[h->nshut++ % HALL_SHUT] =
	    (struct shut){ *whom, instant_now() };
	for (int i = 0; i < h->count; i++)
		if (h->all[i]->state == WAITING && is_of(&h->all[i]->place, whom)) {
			tell(h, h->all[i], shuts, sizeof shuts - 1);
			dismiss(h, h->all[i]);
		}
}

static int
was_shut(const struct hall *h, const struct bell_place *p, utc_ms made)
{
	for (unsigned i = 0; i < h->nshut && i < HALL_SHUT; i++)
		if (made <= h->shut[i].at && is_of(p, &h->shut[i].whom))
			return 1;
	return 0;
}

static void
ring(struct hall *h, const struct bell_topic *topic)
{
	struct guest *g = h->bucket[bucket_of(topic)], *next;

	for (; g != NULL; g = next) {
		next = g->next;
		if (same(&g->place.topic, topic))
			tell(h, g, rings, sizeof rings - 1);
	}
}

/* 0 when nobody is at the door any more. */
static int
accept_guest(struct hall *h)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLRDHUP };
	int fd = accept4(h->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct guest *g;

	if (fd < 0)
		return 0;
	g = h->count < HALL_MAX ? calloc(1, sizeof *g) : NULL;
	if (g != NULL && (g->said = malloc(HALL_SAY_BYTES)) != NULL) {
		g->fd = fd;
		g->until = instant_monotonic_ms() + HALL_SAY_MS;
		e.data.ptr = g;
		if (epoll_ctl(h->poll, EPOLL_CTL_ADD, fd, &e) == 0) {
			h->all[h->count++] = g;
			return 1;
		}
		free(g->said);
	}
	free(g);
	(void)close(fd);
	return 1;
}

/* GET /bell/CHANNEL HTTP/1.x, as nginx passes it on. */
static void
let_wait(struct hall *h, struct guest *g)
{
	static const char start[] = "GET /bell/";
	char *channel = g->said + sizeof start - 1;
	int64_t now = instant_monotonic_ms();
	utc_ms made;

	channel[strcspn(channel, " \r\n")] = '\0';
	if (bell_open(h->keys, channel, instant_now(), &g->place, &made) != 0 ||
	    was_shut(h, &g->place, made)) {
		tell(h, g, refuses, sizeof refuses - 1);
		dismiss(h, g);
		return;
	}
	free(g->said);
	g->said = NULL;
	g->state = WAITING;
	g->until = now + BELL_STREAM_S * 1000;
	g->beat = now + HALL_BEAT_MS;
	join(h, g);
	tell(h, g, waits_head, sizeof waits_head - 1);
}

/* One line "RING TOPIC" or "SHUT TOPIC". 0, or -1 when it is none. */
static int
take_ring(struct hall *h, char *line)
{
	int rings_it = strncmp(line, "RING ", 5) == 0;
	struct bell_topic topic;

	if ((!rings_it && strncmp(line, "SHUT ", 5) != 0) ||
	    hex_decode(line + 5, topic.b, sizeof topic.b) != 0)
		return -1;
	if (rings_it)
		ring(h, &topic);
	else
		shut(h, &topic);
	return 0;
}

static void
take_rings(struct hall *h, struct guest *g)
{
	char *end;

	while ((end = memchr(g->said, '\n', g->n)) != NULL) {
		size_t used = (size_t)(end - g->said) + 1;

		*end = '\0';
		if (take_ring(h, g->said) != 0) {
			dismiss(h, g);
			return;
		}
		g->n -= used;
		memmove(g->said, end + 1, g->n);
	}
}

static void
understand(struct hall *h, struct guest *g)
{
	g->said[g->n] = '\0';
	if (strncmp(g->said, "GET /bell/", g->n < 10 ? g->n : 10) == 0) {
		if (strstr(g->said, "\r\n\r\n") != NULL)
			let_wait(h, g);
	} else if (strncmp(g->said, "RING ", g->n < 5 ? g->n : 5) == 0 ||
	    strncmp(g->said, "SHUT ", g->n < 5 ? g->n : 5) == 0) {
		take_rings(h, g);
	} else {
		dismiss(h, g);
	}
}

static void
listen_to(struct hall *h, struct guest *g)
{
	char waste[256];
	ssize_t n;

	if (g->state == WAITING) {	/* says nothing more, or leaves */
		n = recv(g->fd, waste, sizeof waste, 0);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			dismiss(h, g);
		return;
	}
	n = recv(g->fd, g->said + g->n, HALL_SAY_BYTES - 1 - g->n, 0);
	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			dismiss(h, g);
		return;
	}
	g->n += (size_t)n;
	understand(h, g);
	if (g->state == SAYING && g->n == HALL_SAY_BYTES - 1)
		dismiss(h, g);
}

/* Once a second: ends of lives, beats; and the gone are freed. */
static void
look_round(struct hall *h)
{
	int64_t now = instant_monotonic_ms();
	int beats_due = now >= h->tick, kept = 0;

	if (beats_due)
		h->tick = now + TICK_MS;
	for (int i = 0; i < h->count; i++) {
		struct guest *g = h->all[i];

		if (beats_due && g->state != GONE && now >= g->until)
			dismiss(h, g);
		if (beats_due && g->state == WAITING && now >= g->beat) {
			g->beat = now + HALL_BEAT_MS;
			tell(h, g, beats, sizeof beats - 1);
		}
		if (g->state != GONE) {
			h->all[kept++] = g;
			continue;
		}
		free(g->said);
		free(g);
	}
	h->count = kept;
	h->gone = 0;
}

struct hall *
hall_new(int listener, const struct bell_keys *keys)
{
	struct epoll_event e = { .events = EPOLLIN };
	struct hall *h = calloc(1, sizeof *h);

	if (h == NULL)
		return NULL;
	h->listener = listener;
	h->keys = keys;
	h->poll = epoll_create1(EPOLL_CLOEXEC);
	(void)fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
	if (h->poll >= 0 &&
	    epoll_ctl(h->poll, EPOLL_CTL_ADD, listener, &e) == 0)
		return h;
	free(h);
	return NULL;
}

void
hall_free(struct hall *h)
{
	for (int i = 0; i < h->count; i++)
		dismiss(h, h->all[i]);
	look_round(h);
	(void)close(h->poll);
	free(h);
}

int
hall_waiting(const struct hall *h)
{
	return h->waiting;
}

void
hall_turn(struct hall *h, int wait_ms)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(h->poll, events, EVENTS, wait_ms);

	for (int i = 0; i < n; i++) {
		struct guest *g = events[i].data.ptr;

		for (int k = 0; g == NULL && k < EVENTS && accept_guest(h); k++)
			continue;
		if (g != NULL && g->state != GONE)
			listen_to(h, g);
	}
	if (h->gone > 0 || instant_monotonic_ms() >= h->tick)
		look_round(h);
}
