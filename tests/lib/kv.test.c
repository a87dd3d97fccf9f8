#include "kv.h"

#include "arena.h"
#include "instant.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/kv-test-XXXXXX";
static char path[64];
static pid_t server;
static struct arena *mem;

static void
rest_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	(void)nanosleep(&t, NULL);
}

/* ---- a Redis of our own, a child whose process id we hold ---- */

static void
become_server(void)
{
	int null = open("/dev/null", O_RDWR);

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)dup2(null, STDIN_FILENO);
	(void)dup2(null, STDOUT_FILENO);
	(void)dup2(null, STDERR_FILENO);
	(void)execlp("redis-server", "redis-server", "--port", "0",
	    "--unixsocket", path, "--save", "", "--appendonly", "no", "--dir",
	    folder, (char *)NULL);
	_exit(127);
}

/* 1 once it answers, 0 if there is no redis-server here. */
static int
start_server(void)
{
	struct kv *kv;
	int up = 0;

	(void)unlink(path);
	server = fork();
	assert_int_not_equal(server, -1);
	if (server == 0)
		become_server();
	for (int i = 0; i < 200 && !up; i++) {
		rest_ms(50);
		if (waitpid(server, NULL, WNOHANG) == server) {
			server = 0;
			return 0;
		}
		kv = kv_open(path);
		up = kv_put(kv, "start", "1", 1, 1) == 0;
		kv_close(kv);
	}
	return up;
}

static void
stop_server(void)
{
	if (server == 0)
		return;
	(void)kill(server, SIGKILL);
	(void)waitpid(server, NULL, 0);
	server = 0;
}

static int
begin(void **state)
{
	(void)state;
	(void)signal(SIGPIPE, SIG_IGN);
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof path, "%s/redis", folder);
	mem = arena_new(4 * 1024 * 1024);
	(void)start_server();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	stop_server();
	arena_free(mem);
	(void)unlink(path);
	return rmdir(folder);
}

/* A door to the server, which is started again if a test stopped it. */
static struct kv *
door(void)
{
	if (server == 0 && !start_server())
		skip();
	return kv_open(path);
}

/* ---- with Redis ---- */

static void
put_and_get(void **state)
{
	static char big[300000];
	struct kv *kv = door();
	char *value;
	size_t n = 99;

	(void)state;
	assert_int_equal(kv_up(kv), 0);
	assert_null(kv_get(kv, mem, "absent", &n));
	assert_int_equal(n, 99);
	assert_int_equal(kv_up(kv), 1);
	assert_int_equal(kv_put(kv, "a key\r\n", "x\0\r\n %s\xff", 9, 60), 0);
	value = kv_get(kv, mem, "a key\r\n", &n);
	assert_non_null(value);
	assert_int_equal(n, 9);
	assert_memory_equal(value, "x\0\r\n %s\xff", 10);
	assert_int_equal(kv_put(kv, "empty", NULL, 0, 60), 0);
	assert_string_equal(kv_get(kv, mem, "empty", NULL), "");
	memset(big, 7, sizeof big);
	assert_int_equal(kv_put(kv, "big", big, sizeof big, 60), 0);
	value = kv_get(kv, mem, "big", &n);
	assert_int_equal(n, sizeof big);
	assert_memory_equal(value, big, n);
	kv_close(kv);
}

static void
forgets(void **state)
{
	struct kv *kv = door();

	(void)state;
	assert_int_equal(kv_put(kv, "brief", "x", 1, 2), 0);
	assert_int_equal(kv_count(kv, "window", 2), 1);
	assert_int_equal(kv_count(kv, "window", 2), 2);
	rest_ms(1200);
	assert_int_equal(kv_count(kv, "window", 2), 3);
	rest_ms(1200);
	assert_null(kv_get(kv, mem, "brief", NULL));
	assert_int_equal(kv_count(kv, "window", 2), 1);
	kv_close(kv);
}

/* A refusal by Redis fails the call and nothing else. */
static void
refused(void **state)
{
	struct kv *kv = door();
	size_t n;

	(void)state;
	assert_int_equal(kv_put(kv, "text", "x", 1, 60), 0);
	assert_int_equal(kv_count(kv, "text", 60), -1);
	assert_int_equal(kv_up(kv), 0);
	assert_string_equal(kv_get(kv, mem, "text", &n), "x");
	assert_int_equal(kv_up(kv), 1);
	assert_int_equal(kv_put(kv, "text", "y", 1, 0), -1);
	assert_string_equal(kv_get(kv, mem, "text", &n), "x");
	assert_int_equal(kv_count(kv, "number", 60), 1);
	kv_close(kv);
}

static void
killed(void **state)
{
	struct kv *kv = door();
	int64_t start;

	(void)state;
	assert_int_equal(kv_put(kv, "k", "x", 1, 60), 0);
	stop_server();
	start = instant_monotonic_ms();
	assert_null(kv_get(kv, mem, "k", NULL));
	assert_int_equal(kv_up(kv), 0);
	assert_int_equal(start_server(), 1);
	if (instant_monotonic_ms() - start < 900)	/* at rest */
		assert_int_equal(kv_put(kv, "k", "y", 1, 60), -1);
	rest_ms(1100);
	assert_int_equal(kv_put(kv, "k", "y", 1, 60), 0);
	assert_string_equal(kv_get(kv, mem, "k", NULL), "y");
	kv_close(kv);
}

/* A door that slept through a restart asks the new server at once. */
static void
started_anew(void **state)
{
	struct kv *kv = door();

	(void)state;
	assert_int_equal(kv_put(kv, "k", "x", 1, 60), 0);
	stop_server();
	assert_int_equal(start_server(), 1);
	assert_int_equal(kv_count(kv, "fresh", 60), 1);
	assert_int_equal(kv_count(kv, "fresh", 60), 2);
	kv_close(kv);
}

/* The ms that one call takes which fails. */
static int64_t
failing_ms(struct kv *kv)
{
	int64_t start = instant_monotonic_ms();

	assert_int_equal(kv_count(kv, "c", 60), -1);
	return instant_monotonic_ms() - start;
}

/*
 * The server lives and does not answer: one wait, then none for a second. The
 * shortest of several waits counts, as the machine may have other work.
 */
static void
stopped(void **state)
{
	enum { DOORS = 4 };
	struct kv *kv[DOORS];
	int64_t first = INT64_MAX, later = INT64_MAX, again = INT64_MAX, ms;

	(void)state;
	for (int i = 0; i < DOORS; i++) {
		kv[i] = door();
		assert_int_equal(kv_put(kv[i], "b", "two", 3, 60), 0);
	}
	assert_int_equal(kill(server, SIGSTOP), 0);
	for (int i = 0; i < DOORS; i++) {
		ms = failing_ms(kv[i]);
		first = ms < first ? ms : first;
		ms = failing_ms(kv[i]);
		later = ms < later ? ms : later;
	}
	rest_ms(1100);
	for (int i = 0; i < DOORS; i++) {	/* one tries */
		ms = failing_ms(kv[i]);
		again = ms < again ? ms : again;
	}
	assert_int_equal(kill(server, SIGCONT), 0);
	assert_in_range(first, 40, 100);
	assert_in_range(later, 0, 10);
	assert_in_range(again, 40, 100);
	rest_ms(1100);
	for (int i = 0; i < DOORS; i++) {
		/* A late answer must not be taken for this one's. */
		assert_string_equal(kv_get(kv[i], mem, "b", NULL), "two");
		kv_close(kv[i]);
	}
}

/* ---- without ---- */

static void
no_path(void **state)
{
	struct kv *kv = kv_open("");

	(void)state;
	assert_null(kv_get(kv, mem, "k", NULL));
	assert_int_equal(kv_put(kv, "k", "x", 1, 1), -1);
	assert_int_equal(kv_count(kv, "k", 1), -1);
	assert_int_equal(kv_up(kv), 0);
	kv_close(kv);
	kv_close(NULL);
}

static void
no_server(void **state)
{
	struct kv *kv = kv_open("/nonexistent/redis");
	char endless[300];

	(void)state;
	assert_int_equal(kv_put(kv, "k", "x", 1, 1), -1);
	assert_int_equal(kv_up(kv), 0);
	kv_close(kv);
	memset(endless, 'x', sizeof endless);
	endless[sizeof endless - 1] = '\0';
	kv = kv_open(endless);
	assert_int_equal(kv_put(kv, "k", "x", 1, 1), -1);
	kv_close(kv);
}

/* Something else behind the socket: it says what it likes and hangs up. What is counted then. */
static long
answers(const char *text)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char other[80];
	struct kv *kv;
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	pid_t child;
	long counted;

	(void)snprintf(other, sizeof other, "%s/other", folder);
	memcpy(at.sun_path, other, sizeof other);
	assert_int_equal(bind(s, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(s, 1), 0);
	child = fork();
	if (child == 0) {
		char question[500];
		int c = accept(s, NULL, NULL);

		(void)!read(c, question, sizeof question);
		(void)!write(c, text, strlen(text));
		_exit(0);
	}
	kv = kv_open(other);
	counted = kv_count(kv, "k", 60);
	assert_int_equal(kv_count(kv, "k", 60), -1);
	assert_int_equal(kv_up(kv), 0);
	kv_close(kv);
	assert_int_equal(waitpid(child, NULL, 0), child);
	(void)close(s);
	(void)unlink(other);
	return counted;
}

static void
odd_answers(void **state)
{
	static const char *const odd[] = { "", ":5\r\n", ":5\r\n-ERR syntax\r\n",
		"-ERR a\r\n-ERR b\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n",
		"+OK\r\n$-1\r\n", "$5\r\nab", "$99999999999999999999\r\n" };
	long right = -1;

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		assert_int_equal(answers(odd[i]), -1);
	/* Who answers late on a busy machine is not waited for. */
	for (int i = 0; i < 50 && right == -1; i++)
		right = answers(":5\r\n:1\r\n");
	assert_int_equal(right, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_and_get),
		cmocka_unit_test(forgets),
		cmocka_unit_test(refused),
		cmocka_unit_test(killed),
		cmocka_unit_test(started_anew),
		cmocka_unit_test(stopped),
		cmocka_unit_test(no_path),
		cmocka_unit_test(no_server),
		cmocka_unit_test(odd_answers),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
