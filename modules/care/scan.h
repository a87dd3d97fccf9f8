/*
 * A file on its way through ClamAV's clamd, by its INSTREAM command (clamd(8))
 * on a unix socket. clamd keeps what it scans in its TemporaryDirectory: that
 * must be memory (tmpfs), or clear text lies on a disk.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>

struct scan;

enum scan_result { SCAN_CLEAN, SCAN_INFECTED, SCAN_FAILED };

/* NULL: nobody answers there. */
struct scan *scan_begin(const char *socket_path);

/* The next bytes; what goes wrong shows at the end. */
void scan_put(struct scan *, const void *p, size_t n);

/* The verdict; waits for it 20 seconds at most. Frees. */
enum scan_result scan_end(struct scan *);

/* Gives up. NULL is allowed. */
void scan_drop(struct scan *);

#endif
