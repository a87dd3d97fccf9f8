#include "turns.h"

#include <time.h>

int
turns_take(struct turns *t, int64_t end)
{
	struct timespec until = { end / 1000, end % 1000 * 1000000 };
	int error = 0, have;

	(void)pthread_mutex_lock(&t->lock);
	while (t->taken >= t->most && error == 0)
		error = pthread_cond_clockwait(&t->given_back, &t->lock,
		    CLOCK_MONOTONIC, &until);
	have = t->taken < t->most;
	t->taken += have;
	(void)pthread_mutex_unlock(&t->lock);
	return have ? 0 : -1;
}

void
turns_give(struct turns *t)
{
	(void)pthread_mutex_lock(&t->lock);
	t->taken--;
	(void)pthread_cond_signal(&t->given_back);
	(void)pthread_mutex_unlock(&t->lock);
}
