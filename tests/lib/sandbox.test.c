/* The cage: what a process in it cannot do, with files to read and without. */
#include "sandbox.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum { MEMORY = 64 * 1024 * 1024, NO_CAGE = 9, REFUSED = 20, ALLOWED = 21 };

static const struct sandbox closed = { .name = "cage", .memory = MEMORY };
static const struct sandbox reading = { .name = "cage", .memory = MEMORY,
	.reads = 1 };
static char outside[] = "/tmp/tomozuna-sandbox-XXXXXX";

/* Each answers what the call did: not -1 when it was let through. */

static long try_open(void) { return open("/etc/passwd", O_RDONLY); }
static long try_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long try_local(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static long try_fork(void) { return fork(); }
static long try_kill(void) { return kill(getppid(), 0); }
static long try_remove(void) { return unlink(outside); }
static long try_outside(void) { return open(outside, O_RDONLY); }
static long try_write(void) { return open(outside, O_WRONLY); }
static long try_trace(void) { return syscall(SYS_ptrace, 0, 0, 0, 0); }

static long
try_exec(void)
{
	return execl("/bin/true", "true", (char *)NULL);
}

static long
try_make(void)
{
	return open("/tmp/tomozuna-sandbox-made", O_RDONLY | O_CREAT, 0600);
}

static long
try_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

static long
try_other_descriptor(void)
{
	return write(STDERR_FILENO, "", 1);
}

static long
try_font(void)
{
	int fd = open("/usr/share/misc/magic.mgc", O_RDONLY);

	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) ==
	    MAP_FAILED ? -1 : 0;
}

static void *
thread_main(void *given)
{
	return given;
}

static long
try_thread(void)
{
	pthread_t t;

	return pthread_create(&t, NULL, thread_main, NULL) == 0 &&
	    pthread_join(t, NULL) == 0 ? 0 : -1;
}

static long
nothing(void)
{
	return -1;
}

static long
eat(void)
{
	for (size_t i = 0; i < 200; i++) {
		char *p = malloc(1024 * 1024);

		if (p == NULL)
			return -1;
		memset(p, 1, 1024 * 1024);
	}
	return 0;
}

/* How a process in the cage ends when it tries something. */
static int
end_of(const struct sandbox *cage, long (*what)(void))
{
	int status, pipes[2];
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0) {
		if (dup2(pipes[0], STDIN_FILENO) == -1 ||
		    dup2(pipes[1], STDOUT_FILENO) == -1 ||
		    sandbox_enter(cage) == -1)
			_exit(NO_CAGE);
		_exit(what() == -1 ? REFUSED : ALLOWED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)close(pipes[0]);
	(void)close(pipes[1]);
	return status;
}

static void
the_closed_cage_lets_nothing_out(void **state)
{
	long (*const tries[])(void) = { try_open, try_socket, try_local, try_exec,
		try_fork, try_kill, try_code, try_other_descriptor, try_remove,
		try_make, try_trace, try_thread };

	(void)state;
	if (!SANITIZED)			/* a sanitizer's _exit does more */
		assert_int_equal(WEXITSTATUS(end_of(&closed, nothing)), REFUSED);
	for (size_t i = 0; i < NELEMENTS(tries); i++) {
		int status = end_of(&closed, tries[i]);

		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
			fail_msg("attempt %zu ended with %x", i, status);
	}
}

static void
the_reading_cage_refuses_the_rest(void **state)
{
	long (*const tries[])(void) = { nothing, try_socket, try_local, try_exec,
		try_fork, try_kill, try_code, try_remove, try_make, try_write,
		try_trace };
	long (*const allowed[])(void) = { try_open, try_font, try_thread };

	(void)state;
	if (SANITIZED)
		nothing_to_try();
	for (size_t i = 0; i < NELEMENTS(tries); i++)
		if (WEXITSTATUS(end_of(&reading, tries[i])) != REFUSED)
			fail_msg("attempt %zu was let through", i);
	for (size_t i = 0; i < NELEMENTS(allowed); i++)
		if (WEXITSTATUS(end_of(&reading, allowed[i])) != ALLOWED)
			fail_msg("%zu was refused", i);
	assert_int_equal(access(outside, F_OK), 0);
}

/* Landlock alone keeps it from what its user may read elsewhere. */
static void
the_reading_cage_sees_fonts_only(void **state)
{
	(void)state;
	if (SANITIZED || syscall(SYS_landlock_create_ruleset, NULL, 0, 1) == -1)
		nothing_to_try();
	assert_int_equal(WEXITSTATUS(end_of(&reading, try_outside)), REFUSED);
}

static void
the_cage_has_little_memory(void **state)
{
	(void)state;
	if (SANITIZED)
		nothing_to_try();
	assert_int_equal(WEXITSTATUS(end_of(&closed, eat)), REFUSED);
	assert_int_equal(WEXITSTATUS(end_of(&reading, eat)), REFUSED);
}

static long
spin(void)
{
	for (volatile long n = 0;;)
		n++;
	return 0;
}

static void
the_cage_has_little_time(void **state)
{
	const struct sandbox hurried = { .name = "cage", .memory = MEMORY,
		.cpu_s = 1 };
	int status;

	(void)state;
	status = end_of(&hurried, spin);
	assert_true(WIFSIGNALED(status));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_closed_cage_lets_nothing_out),
		cmocka_unit_test(the_reading_cage_refuses_the_rest),
		cmocka_unit_test(the_reading_cage_sees_fonts_only),
		cmocka_unit_test(the_cage_has_little_memory),
		cmocka_unit_test(the_cage_has_little_time),
	};
	int fd = mkstemp(outside), bad;

	if (fd == -1)
		return 1;
	(void)close(fd);
	bad = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(outside);
	return bad;
}
