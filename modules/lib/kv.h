/*
 * Redis: a cache and nothing else. Every call may fail and the caller goes on
 * without; nobody is admitted, refused or told anything because of what Redis
 * says, but "too often" (429). One context a thread. A call waits 50 ms at
 * most; after a failure all calls fail at once for a second, then one tries.
 */
#ifndef KV_H
#define KV_H

#include <stddef.h>

struct arena;
struct kv;

/*
 * Not yet connected; copies the path. An empty path gives a door that always
 * fails. SIGPIPE must be ignored. NULL only without memory.
 */
struct kv *kv_open(const char *socket_path);
void kv_close(struct kv *);

/* The value, in the arena, with its length; NULL if absent or out of reach. */
char *kv_get(struct kv *, struct arena *, const char *key, size_t *n);

/* Keeps a value for `seconds` (1 or more). 0 or -1. */
int kv_put(struct kv *, const char *key, const void *p, size_t n, int seconds);

/*
 * Counts one more under the key in a window of `seconds`, which begins with
 * the first: the count, or -1.
 */
long kv_count(struct kv *, const char *key, int seconds);

/* 1 if the last call reached Redis and was not refused by it. */
int kv_up(const struct kv *);

#endif
