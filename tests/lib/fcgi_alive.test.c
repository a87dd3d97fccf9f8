/* What the watchdog is told: whether the threads of a program still come back. */
#include "fcgi.h"

#include "instant.h"
#include "unit.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LATER_MS = 91000, TRIES = 2000 };

/* The one thread's handler: enters, and comes back when it is let go. */
struct held {
	pthread_mutex_t lock;
	pthread_cond_t change;
	atomic_int inside, go;
};

static void *
begin(void *of)
{
	return of;
}

static void
end(void *worker)
{
	(void)worker;
}

static void
serve(void *worker, struct exchange *x)
{
	struct held *h = worker;

	(void)x;
	pthread_mutex_lock(&h->lock);
	atomic_fetch_add(&h->inside, 1);
	while (!atomic_load(&h->go))
		pthread_cond_wait(&h->change, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

static void
let_go(struct held *h)
{
	pthread_mutex_lock(&h->lock);
	atomic_store(&h->go, 1);
	pthread_cond_broadcast(&h->change);
	pthread_mutex_unlock(&h->lock);
}

static struct sockaddr_un
address(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	snprintf(a.sun_path, sizeof a.sun_path, "/tmp/tomozuna-alive-%ld.sock",
	    (long)getpid());
	return a;
}

/* Descriptor 0 becomes a listening socket, as a service manager hands it over. */
static void
listen_at_0(void)
{
	struct sockaddr_un a = address();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)unlink(a.sun_path);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(fd, 16), 0);
	assert_int_equal(dup2(fd, 0), 0);
	close(fd);
}

/* A connection with a whole request on it, small as can be. */
static int
ask(void)
{
	static const unsigned char request[] = {
		1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
		1, 4, 0, 1, 0, 0, 0, 0, 1, 5, 0, 1, 0, 0, 0, 0
	};
	struct sockaddr_un a = address();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(write(fd, request, sizeof request), sizeof request);
	return fd;
}

static void
wait_inside(struct held *h, int n)
{
	for (int i = 0; i < TRIES && atomic_load(&h->inside) < n; i++)
		(void)poll(NULL, 0, 5);
	assert_int_equal(atomic_load(&h->inside), n);
}

static void
wait_end(int fd)
{
	char byte[256];

	while (read(fd, byte, sizeof byte) > 0)
		;
	close(fd);
}

static void
alive_while_threads_come_back(void **state)
{
	struct held h = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.change = PTHREAD_COND_INITIALIZER };
	const struct fcgi_work work = { .threads = 1, .begin = begin,
		.serve = serve, .after = end, .end = end, .of = &h };
	char why[200];
	struct fcgi *f;
	int first, second;

	(void)state;
	listen_at_0();
	f = fcgi_start(&work, why, sizeof why);
	assert_non_null(f);
	assert_true(fcgi_alive(f, instant_monotonic_ms()));
	assert_true(fcgi_alive(f, instant_monotonic_ms() + LATER_MS));
	first = ask();
	wait_inside(&h, 1);
	second = ask();
	/* At work, and somebody waits: that may be for a while. */
	assert_true(fcgi_alive(f, instant_monotonic_ms()));
	assert_true(fcgi_alive(f, instant_monotonic_ms() + MINUTE_MS));
	assert_false(fcgi_alive(f, instant_monotonic_ms() + LATER_MS));
	let_go(&h);
	wait_end(first);
	wait_end(second);
	assert_int_equal(atomic_load(&h.inside), 2);
	assert_true(fcgi_alive(f, instant_monotonic_ms() + MINUTE_MS));
	assert_int_equal(fcgi_stop(f, 4000), 0);
	(void)unlink(address().sun_path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alive_while_threads_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
