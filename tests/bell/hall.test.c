/*
 * The hall of the doorbell: who waits hears its own topic and no other; who says
 * nonsense is sent away; thousands wait in one thread.
 */
#include "unit.h"

#include "hall.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MANY = 2000, TURNS = 200 };

static struct bell_keys keys;
static char path[64];
static int listener;
static struct hall *hall;

static int
start(void **state)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct rlimit r;

	(void)state;
	if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &r);
	}
	memset(&keys, 7, sizeof keys);
	snprintf(path, sizeof path, "/tmp/hall.%ld.sock", (long)getpid());
	(void)unlink(path);
	memcpy(at.sun_path, path, strlen(path) + 1);
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(listener, 4096), 0);
	hall = hall_new(listener, &keys);
	return hall == NULL;
}

static int
stop(void **state)
{
	(void)state;
	hall_free(hall);
	(void)close(listener);
	return unlink(path);
}

static void
turn(void)
{
	for (int i = 0; i < TURNS; i++)
		hall_turn(hall, 0);
}

static int
say(const char *text)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	memcpy(at.sun_path, path, strlen(path) + 1);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(send(fd, text, strlen(text), 0), (ssize_t)strlen(text));
	return fd;
}

/* All that has come; -1 in *open when the line has ended. */
static const char *
heard(int fd, int *open)
{
	static char text[4096];
	size_t n = 0;
	ssize_t got;

	while ((got = recv(fd, text + n, sizeof text - 1 - n, 0)) > 0)
		n += (size_t)got;
	*open = got < 0 && errno == EAGAIN;
	text[n] = '\0';
	return text;
}

static struct bell_topic
topic_of(int n)
{
	struct bell_topic t;
	struct ref thing = { { 0 } };

	memcpy(thing.b, &n, sizeof n);
	bell_topic_of(&keys, &thing, &t);
	return t;
}

static struct bell_place
place_of(const struct bell_topic *t)
{
	return (struct bell_place){ *t, topic_of(1000), topic_of(2000) };
}

static int
wait_with(const struct bell_place *p, utc_ms made)
{
	char channel[BELL_CHANNEL], line[300];

	bell_channel(&keys, p, made, channel);
	snprintf(line, sizeof line, "GET /bell/%s HTTP/1.1\r\nHost: x\r\n\r\n",
	    channel);
	return say(line);
}

static int
wait_at(const struct bell_topic *t)
{
	struct bell_place p = place_of(t);

	return wait_with(&p, instant_now());
}

/* Who has signed out, or whose phone is lost, hears no more, nor by an old channel. */
static void
shuts_out(void **state)
{
	struct bell_topic one = topic_of(1), whom;
	struct bell_place lost = { one, topic_of(7), topic_of(8) };
	int a, b, again, open;

	(void)state;
	for (int i = 0; i < 2; i++) {	/* the session, then the device */
		utc_ms made = instant_now();

		whom = i == 0 ? lost.session : lost.device;
		a = wait_with(&lost, made);
		b = wait_at(&one);
		turn();
		(void)heard(a, &open);
		assert_true(open);
		(void)heard(b, &open);
		bell_shut(path, &whom);
		turn();
		(void)heard(a, &open);
		assert_false(open);
		bell_ring(path, &one);
		turn();
		assert_string_equal(heard(b, &open), "data: changed\n\n");
		again = wait_with(&lost, made);
		turn();
		assert_non_null(strstr(heard(again, &open), "404"));
		(void)close(again);
		again = wait_with(&lost, instant_now() + 1000);
		turn();
		assert_non_null(strstr(heard(again, &open), "200"));
		(void)close(a);
		(void)close(b);
		(void)close(again);
		lost.session = topic_of(9);
		turn();
	}
}

static void
hears_its_topic(void **state)
{
	struct bell_topic one = topic_of(1), two = topic_of(2);
	int a = wait_at(&one), b = wait_at(&two), open;

	(void)state;
	turn();
	assert_non_null(strstr(heard(a, &open), "text/event-stream"));
	assert_true(open);
	(void)heard(b, &open);
	bell_ring(path, &one);
	turn();
	assert_string_equal(heard(a, &open), "data: changed\n\n");
	assert_string_equal(heard(b, &open), "");
	assert_true(open);
	(void)close(a);
	(void)close(b);
	turn();
	assert_int_equal(hall_waiting(hall), 0);
}

static void
sends_nonsense_away(void **state)
{
	static const char *const said[] = { "POST /bell/x HTTP/1.1\r\n\r\n",
	    "GET /other HTTP/1.1\r\n\r\n", "RING xyz\n", "RING \n", "\n", "G\n" };
	int open, fd;

	(void)state;
	for (size_t i = 0; i < NELEMENTS(said); i++) {
		fd = say(said[i]);
		turn();
		assert_string_equal(heard(fd, &open), "");
		assert_false(open);
		(void)close(fd);
	}
}

static void
refuses_a_channel(void **state)
{
	struct bell_topic one = topic_of(1);
	struct bell_place place = place_of(&one), out;
	utc_ms made;
	char channel[BELL_CHANNEL];
	struct bell_keys other;
	int open, fd;

	(void)state;
	bell_channel(&keys, &place, instant_now() - BELL_CHANNEL_MS - 1,
	    channel);
	assert_int_equal(bell_open(&keys, channel, instant_now(), &out,
	    &made), -1);
	memset(&other, 8, sizeof other);
	bell_channel(&other, &place, instant_now(), channel);
	assert_int_equal(bell_open(&keys, channel, instant_now(), &out,
	    &made), -1);
	bell_channel(&keys, &place, instant_now(), channel);
	assert_int_equal(bell_open(&keys, channel, instant_now(), &out,
	    &made), 0);
	assert_memory_equal(&out, &place, sizeof place);
	fd = say("GET /bell/AAAA HTTP/1.1\r\n\r\n");
	turn();
	assert_non_null(strstr(heard(fd, &open), "404"));
	assert_false(open);
	(void)close(fd);
}

static void
takes_words_in_pieces(void **state)
{
	struct bell_topic one = topic_of(1);
	char hex[2 * BELL_TOPIC_BYTES + 1];
	int a = wait_at(&one), b = say("RI"), open;

	(void)state;
	turn();
	(void)heard(a, &open);
	hex_encode(one.b, sizeof one.b, hex);
	assert_int_equal(send(b, "NG ", 3, 0), 3);
	turn();
	assert_int_equal(send(b, hex, strlen(hex), 0), (ssize_t)strlen(hex));
	turn();
	assert_string_equal(heard(a, &open), "");
	assert_int_equal(send(b, "\n", 1, 0), 1);
	turn();
	assert_string_equal(heard(a, &open), "data: changed\n\n");
	(void)close(a);
	(void)close(b);
	turn();
}

static void
holds_thousands(void **state)
{
	static int fd[MANY];
	int open, told = 0;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct bell_topic t = topic_of(i % 100);

		fd[i] = wait_at(&t);
		if (i % 500 == 0)
			turn();
	}
	for (int i = 0; i < 100 && hall_waiting(hall) < MANY; i++)
		turn();
	assert_int_equal(hall_waiting(hall), MANY);
	for (int i = 0; i < MANY; i++)
		(void)heard(fd[i], &open);
	bell_ring(path, &(struct bell_topic){ .b = { 0 } });
	bell_ring(path, (struct bell_topic[]){ topic_of(42) });
	turn();
	for (int i = 0; i < MANY; i++)
		told += strcmp(heard(fd[i], &open), "data: changed\n\n") == 0;
	assert_int_equal(told, MANY / 100);
	for (int i = 0; i < MANY; i++)
		(void)close(fd[i]);
	for (int i = 0; i < 100 && hall_waiting(hall) > 0; i++)
		turn();
	assert_int_equal(hall_waiting(hall), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hears_its_topic, start, stop),
		cmocka_unit_test_setup_teardown(shuts_out, start, stop),
		cmocka_unit_test_setup_teardown(sends_nonsense_away, start, stop),
		cmocka_unit_test_setup_teardown(refuses_a_channel, start, stop),
		cmocka_unit_test_setup_teardown(takes_words_in_pieces, start, stop),
		cmocka_unit_test_setup_teardown(holds_thousands, start, stop)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
