#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	STACK_BYTES = 4 * 1024 * 1024,
	REST_BYTES = 8 * 1024 * 1024,	/* the stack, code of libraries */
	FILES_MAX = 64			/* open at once, with `reads` */
};

#define NELEMENTS(a) (sizeof (a) / sizeof *(a))

static int
limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit r = { most, most };

	return setrlimit(what, &r);
}

/*
 * RLIMIT_DATA counts what can be written to, RLIMIT_AS would count the shared
 * libraries, too. A sanitizer's shadow memory would not fit into either.
 */
static int
limits(const struct sandbox *s)
{
#if !defined(__SANITIZE_ADDRESS__)
	if (limit(RLIMIT_DATA, s->memory - REST_BYTES) == -1)
		return -1;
#endif
	if (s->cpu_s > 0 && limit(RLIMIT_CPU, (rlim_t)s->cpu_s) == -1)
		return -1;
	return limit(RLIMIT_STACK, STACK_BYTES) == -1 ||
	    limit(RLIMIT_FSIZE, 0) == -1 || limit(RLIMIT_CORE, 0) == -1 ||
	    limit(RLIMIT_NOFILE, s->reads ? FILES_MAX : 2) == -1 ? -1 : 0;
}

/* ---- which calls it may make ---- */

static int
allow(scmp_filter_ctx c, const int *calls, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		bad |= seccomp_rule_add(c, SCMP_ACT_ALLOW, calls[i], 0);
	return bad;
}

/* Memory may be had, but none that can be executed; of a file only to read it. */
static int
memory_rules(scmp_filter_ctx c, int reads)
{
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ,
	    PROT_EXEC, 0);
	int bad = seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    no_code);

	if (reads)
		return bad | seccomp_rule_add(c, SCMP_ACT_ALLOW,
		    SCMP_SYS(mmap), 1, no_code);
	return bad | seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
	    no_code, SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
}

static int
base_rules(scmp_filter_ctx c)
{
	static const int calls[] = {
		SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
		SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
		SCMP_SYS(exit), SCMP_SYS(exit_group),
	};

	return allow(c, calls, NELEMENTS(calls)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO));
}

static int
pipe_rules(scmp_filter_ctx c)
{
	return seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
}

/*
 * clone3 hides its flags from a filter: without it the C library takes clone,
 * which is allowed for threads only.
 */
static int
reading_rules(scmp_filter_ctx c)
{
	static const int calls[] = {
		SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek),
		SCMP_SYS(close), SCMP_SYS(access), SCMP_SYS(faccessat),
		SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
		SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat),
		SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs),
		SCMP_SYS(fstatfs), SCMP_SYS(getdents64), SCMP_SYS(fadvise64),
		SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
		SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
		SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
		SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
#if defined(__SANITIZE_ADDRESS__)
		SCMP_SYS(sigaltstack),	/* of each thread, or it ends all */
#endif
	};
	const uint64_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

	return allow(c, calls, NELEMENTS(calls)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
	    SCMP_A1(SCMP_CMP_EQ, F_SETFD)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
	    SCMP_A1(SCMP_CMP_EQ, F_GETFL)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
	    SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) |
	    seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static int
filter(int reads)
{
	scmp_filter_ctx c = seccomp_init(reads ? SCMP_ACT_ERRNO(EPERM) :
	    SCMP_ACT_KILL_PROCESS);
	int bad;

	if (c == NULL)
		return -1;
	bad = base_rules(c) != 0 || memory_rules(c, reads) != 0 ||
	    (reads ? reading_rules(c) : pipe_rules(c)) != 0 ||
	    seccomp_load(c) != 0;
	seccomp_release(c);
	return bad ? -1 : 0;
}

/* ---- which files it may see ---- */

static int
beneath(int rules, const char *folder)
{
	struct landlock_path_beneath_attr one = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
		    LANDLOCK_ACCESS_FS_READ_DIR,
		.parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC)
	};
	long bad;

	if (one.parent_fd == -1)
		return errno == ENOENT ? 0 : -1;
	bad = syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &one, 0);
	(void)close(one.parent_fd);
	return bad == 0 ? 0 : -1;
}

/* Writing needs no rule: seccomp refuses it, whatever the file. */
static int
files(void)
{
	static const char *const folders[] = { "/usr", "/etc", "/var/cache" };
	const struct landlock_ruleset_attr attr = { .handled_access_fs =
	    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr,
	    sizeof attr, 0);
	int bad = 0;

	if (rules == -1)
		return 0;	/* an older kernel, or a unit that forbids it */
	for (size_t i = 0; i < NELEMENTS(folders); i++)
		bad |= beneath(rules, folders[i]);
	bad |= syscall(SYS_landlock_restrict_self, rules, 0) != 0;
	(void)close(rules);
	return bad ? -1 : 0;
}

int
sandbox_enter(const struct sandbox *s)
{
	unsigned last = s->reads ? STDERR_FILENO : STDOUT_FILENO;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0) == -1 ||
	    prctl(PR_SET_NAME, s->name) == -1 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return -1;
	if (close_range(last + 1, ~0u, 0) == -1 || limits(s) == -1 ||
	    (s->reads && files() == -1))
		return -1;
	return filter(s->reads);
}

int
sandbox_read(void *into, size_t n)
{
	char *p = into;

	while (n > 0) {
		ssize_t got = read(STDIN_FILENO, p, n);

		if (got <= 0)
			return -1;
		p += got;
		n -= (size_t)got;
	}
	return 0;
}

void
sandbox_write(const void *from, size_t n)
{
	const char *p = from;

	while (n > 0) {
		ssize_t put = write(STDOUT_FILENO, p, n);

		if (put <= 0)
			_exit(1);
		p += put;
		n -= (size_t)put;
	}
}
