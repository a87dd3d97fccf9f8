#include "kv.h"

#include "arena.h"
#include "instant.h"

#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/time.h>

enum {
	WAIT_US = 50 * 1000,	/* for connecting, for an answer */
	REST_MS = 1000		/* after a failure */
};

struct kv {
	char *path;
	redisContext *redis;	/* NULL: not connected */
	int64_t rest_until_ms;	/* on the clock that never jumps */
	int up;
};

struct kv *
kv_open(const char *socket_path)
{
	struct kv *kv = calloc(1, sizeof *kv);

	if (kv == NULL)
		return NULL;
	kv->path = strdup(socket_path);
	if (kv->path == NULL) {
		free(kv);
		return NULL;
	}
	return kv;
}

/* Drops a context that may still have a late answer under way. */
static void
hang_up(struct kv *kv)
{
	if (kv->redis != NULL)
		redisFree(kv->redis);
	kv->redis = NULL;
}

void
kv_close(struct kv *kv)
{
	if (kv == NULL)
		return;
	hang_up(kv);
	free(kv->path);
	free(kv);
}

static int
fail(struct kv *kv)
{
	hang_up(kv);
	kv->rest_until_ms = instant_monotonic_ms() + REST_MS;
	return -1;
}

/*
 * Whether the other side has hung up since: between two questions nothing is
 * to come, so anything that came is the end. A Redis that was started anew is
 * then asked at once instead of after a rest of every thread's own.
 */
static int
has_ended(const redisContext *redis)
{
	struct pollfd p = { .fd = redis->fd, .events = POLLIN };

	return poll(&p, 1, 0) != 0;
}

/* Makes sure of a connection: 0, or -1 without asking while at rest. */
static int
reach(struct kv *kv)
{
	const struct timeval wait = { .tv_usec = WAIT_US };

	kv->up = 0;
	if (kv->redis != NULL && has_ended(kv->redis))
		hang_up(kv);
	if (kv->redis != NULL)
		return 0;
	if (kv->path[0] == '\0' || instant_monotonic_ms() < kv->rest_until_ms)
		return -1;
	kv->redis = redisConnectUnixWithTimeout(kv->path, wait);
	if (kv->redis == NULL || kv->redis->err != 0 ||
	    redisSetTimeout(kv->redis, wait) != REDIS_OK)
		return fail(kv);
	return 0;
}

/*
 * The next answer if it is of this type; NULL when Redis is out of reach, in
 * which case the connection is gone, or when it answered something else.
 */
static redisReply *
answer(struct kv *kv, int type)
{
	void *reply = NULL;
	redisReply *r;

	if (kv->redis == NULL)
		return NULL;
	if (redisGetReply(kv->redis, &reply) != REDIS_OK || reply == NULL) {
		(void)fail(kv);
		return NULL;
	}
	r = reply;
	kv->up = r->type != REDIS_REPLY_ERROR;
	if (r->type == type)
		return r;
	freeReplyObject(r);
	return NULL;
}

char *
kv_get(struct kv *kv, struct arena *mem, const char *key, size_t *n)
{
	redisReply *r;
	char *value;

	if (reach(kv) == -1)
		return NULL;
	if (redisAppendCommand(kv->redis, "GET %b", key, strlen(key)) !=
	    REDIS_OK) {
		(void)fail(kv);
		return NULL;
	}
	r = answer(kv, REDIS_REPLY_STRING);
	if (r == NULL)
		return NULL;
	value = arena_copy(mem, r->str, r->len);
	if (n != NULL)
		*n = r->len;
	freeReplyObject(r);
	return value;
}

int
kv_put(struct kv *kv, const char *key, const void *p, size_t n, int seconds)
{
	redisReply *r;

	if (reach(kv) == -1)
		return -1;
	if (redisAppendCommand(kv->redis, "SET %b %b EX %d", key, strlen(key),
	    n == 0 ? "" : p, n, seconds) != REDIS_OK)
		return fail(kv);
	r = answer(kv, REDIS_REPLY_STATUS);
	if (r == NULL)
		return -1;
	freeReplyObject(r);
	return 0;
}

/*
 * INCR and, in the same packet, EXPIRE NX: it acts on the first only, and on a
 * counter whose EXPIRE was lost.
 */
long
kv_count(struct kv *kv, const char *key, int seconds)
{
	redisReply *count, *expire;
	long result = -1;

	if (reach(kv) == -1)
		return -1;
	if (redisAppendCommand(kv->redis, "INCR %b", key, strlen(key)) !=
	    REDIS_OK || redisAppendCommand(kv->redis, "EXPIRE %b %d NX", key,
	    strlen(key), seconds) != REDIS_OK)
		return fail(kv);
	count = answer(kv, REDIS_REPLY_INTEGER);
	expire = answer(kv, REDIS_REPLY_INTEGER);
	if (count != NULL && expire != NULL)
		result = (long)count->integer;
	kv->up = result != -1;
	freeReplyObject(count);
	freeReplyObject(expire);
	return result;
}

int
kv_up(const struct kv *kv)
{
	return kv->up;
}
