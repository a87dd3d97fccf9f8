#include "sandbox.h"

#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	STACK_BYTES = 4 * 1024 * 1024,
	REST_BYTES = 8 * 1024 * 1024	/* the stack, code of libraries */
};

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
limits(size_t memory)
{
#if !defined(__SANITIZE_ADDRESS__)
	if (limit(RLIMIT_DATA, memory - REST_BYTES) == -1)
		return -1;
#else
	(void)memory;
#endif
	return limit(RLIMIT_STACK, STACK_BYTES) == -1 ||
	    limit(RLIMIT_FSIZE, 0) == -1 || limit(RLIMIT_CORE, 0) == -1 ||
	    limit(RLIMIT_NOFILE, 2) == -1 ? -1 : 0;
}

/* Memory may be had, but none that can be executed and none of a file. */
static int
memory_rules(scmp_filter_ctx c)
{
	return seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
	    SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) |
	    seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static int
rules(scmp_filter_ctx c)
{
	static const int calls[] = {
		SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
		SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),
		SCMP_SYS(exit), SCMP_SYS(exit_group),
	};
	int bad = 0;

	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		bad |= seccomp_rule_add(c, SCMP_ACT_ALLOW, calls[i], 0);
	bad |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
	bad |= seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
	    SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO));
	return bad | memory_rules(c);
}

static int
filter(void)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad;

	if (c == NULL)
		return -1;
	bad = rules(c) != 0 || seccomp_load(c) != 0;
	seccomp_release(c);
	return bad ? -1 : 0;
}

/* `in` and `out` become 0 and 1, everything else is closed. */
static int
descriptors(int in, int out)
{
	if (dup2(in, STDIN_FILENO) == -1 || dup2(out, STDOUT_FILENO) == -1)
		return -1;
	return close_range(STDOUT_FILENO + 1, ~0u, 0);
}

int
sandbox_enter(int in, int out, size_t memory)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0) == -1 ||
	    prctl(PR_SET_NAME, "feed-reader") == -1)
		return -1;
	if (descriptors(in, out) == -1 || limits(memory) == -1)
		return -1;
	return filter();
}
