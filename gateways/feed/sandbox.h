/* The cage around a process that reads what strangers wrote. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

/*
 * From here on this process can read `in`, write `out`, use `memory` bytes, and
 * end: no file, no network, no other program, for good (seccomp-bpf by
 * libseccomp; anything else kills it). What it had in memory before counts, too.
 * Closes every other descriptor. 0, or -1: then do not go on.
 */
int sandbox_enter(int in, int out, size_t memory);

#endif
