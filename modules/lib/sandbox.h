/*
 * The cage around a process that reads what strangers wrote, or draws it with a
 * large library. Whoever starts one does so with nothing in its memory that must
 * not be lost: what is there before counts, too.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

struct sandbox {
	const char *name;	/* for ps(1), 15 bytes */
	size_t memory;		/* bytes that can be written to */
	int cpu_s;		/* processor time in its life, 0: no limit */
	int reads;		/* it opens files as it goes: fonts */
};

/*
 * From here on this process can read standard input, write standard output, use
 * memory, and end: no file, no network, no other program, for good (seccomp-bpf
 * by libseccomp, anything else kills it; every other descriptor is closed).
 *
 * With `reads` it can besides start threads, write standard error, and open for
 * reading what lies beneath /usr, /etc and /var/cache (Landlock; where the kernel
 * has none, whatever its user may read). There, all else fails with EPERM: what
 * libraries try differs from one Debian to the next.
 *
 * 0, or -1: then do not go on.
 */
int sandbox_enter(const struct sandbox *);

/* All n bytes from standard input: 0; -1 when it ends before, or fails. */
int sandbox_read(void *, size_t n);

/* All n bytes to standard output. Whom nobody listens to ends, with status 1. */
void sandbox_write(const void *, size_t n);

#endif
