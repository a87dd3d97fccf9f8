/* At most so many at a time: whoever comes later waits for a turn, for so long at most. */
#ifndef TURNS_H
#define TURNS_H

#include <pthread.h>
#include <stdint.h>

struct turns {
	pthread_mutex_t lock;
	pthread_cond_t given_back;
	int most, taken;
};

#define TURNS(most) { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, most, 0 }

/* 0: it is the caller's; -1: there was none until `end`, monotonic milliseconds. */
int turns_take(struct turns *, int64_t end);
void turns_give(struct turns *);

#endif
