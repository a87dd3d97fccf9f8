#include "schedule.h"

enum { RETRY_FIRST_S = 2, DOUBLINGS_MAX = 20 };

static int64_t
doubled(int64_t s, int64_t times, int64_t most)
{
	for (int64_t i = 0; i < times && i < DOUBLINGS_MAX && s < most; i++)
		s *= 2;
	return s < most ? s : most;
}

static int64_t
heeded(int64_t s, int64_t retry_after_s)
{
	if (retry_after_s > SCHEDULE_HEED_MAX_S)
		retry_after_s = SCHEDULE_HEED_MAX_S;
	return s > retry_after_s ? s : retry_after_s;
}

int64_t
schedule_next(int64_t interval_s, int64_t failures, int64_t retry_after_s,
    uint32_t random)
{
	int64_t most = interval_s > SCHEDULE_BACKOFF_MAX_S ? interval_s :
	    SCHEDULE_BACKOFF_MAX_S;
	int64_t s = doubled(interval_s, failures, most), ms, spread;

	ms = heeded(s, retry_after_s) * 1000;
	spread = ms * SCHEDULE_JITTER_PERCENT / 100;
	if (retry_after_s > 0)
		return ms + (int64_t)random % (spread + 1);
	return ms - spread + (int64_t)random % (2 * spread + 1);
}

int64_t
schedule_retry(int64_t attempts, int64_t retry_after_s)
{
	return 1000 * heeded(doubled(RETRY_FIRST_S, attempts,
	    SCHEDULE_BACKOFF_MAX_S), retry_after_s);
}
