/*
 * journal DIR THREADS SECONDS: records a second that reach the disk, and how
 * long one takes. DIR holds a file `key`; no database is needed.
 */
#include "audit.h"
#include "settings.h"

#include <pthread.h>

enum { BUCKETS = 20000, BUCKET_US = 10 };

struct worker {
	pthread_t thread;
	struct journal *journal;
	int64_t until_ms, written, failed;
	int64_t took[BUCKETS];
};

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void *
work(void *of)
{
	struct worker *w = of;
	struct audit_record r = {
		.program = "bench", .method = "GET", .status = 200,
		.route = "/timeline/{patient}"
	};
	int64_t began, took;

	r.a.purpose = "TREAT";
	r.request = ref_new();
	while (instant_monotonic_ms() < w->until_ms) {
		r.at = instant_now();
		began = now_us();
		if (journal_write(w->journal, &r) < 0)
			w->failed++;
		took = (now_us() - began) / BUCKET_US;
		w->took[took < BUCKETS ? took : BUCKETS - 1]++;
		w->written++;
	}
	return NULL;
}

/* Microseconds within which that share of all records was written. */
static int64_t
within(const struct worker *w, int n, double share)
{
	int64_t all = 0, seen = 0;
	int i, b;

	for (i = 0; i < n; i++)
		all += w[i].written;
	for (b = 0; b < BUCKETS; b++) {
		for (i = 0; i < n; i++)
			seen += w[i].took[b];
		if ((double)seen >= share * (double)all)
			break;
	}
	return (int64_t)(b + 1) * BUCKET_US;
}

int
main(int argc, char **argv)
{
	struct settings s = {
		.name = "bench", .db_socket = "/nonexistent",
		.db_name = "", .db_user = "", .db_password = "",
		.db_timeout_ms = 1000
	};
	int i, n = argc == 4 ? atoi(argv[2]) : 0;
	int64_t written = 0, failed = 0, seconds = n > 0 ? atoi(argv[3]) : 0;
	struct worker *w = calloc((size_t)n + 1, sizeof *w);
	struct journal *j;
	char why[200], key[400];

	if (w == NULL || seconds <= 0) {
		fprintf(stderr, "usage: journal DIR THREADS SECONDS\n");
		free(w);
		return 64;
	}
	snprintf(key, sizeof key, "%s/key", argv[1]);
	s.journal_dir = argv[1];
	s.key = key;
	j = journal_open(&s, why, sizeof why);
	if (j == NULL) {
		fprintf(stderr, "journal: %s\n", why);
		free(w);
		return 1;
	}
	for (i = 0; i < n; i++) {
		w[i].journal = j;
		w[i].until_ms = instant_monotonic_ms() + seconds * 1000;
		pthread_create(&w[i].thread, NULL, work, &w[i]);
	}
	for (i = 0; i < n; i++) {
		pthread_join(w[i].thread, NULL);
		written += w[i].written;
		failed += w[i].failed;
	}
	printf("%d threads: %lld records/s, p50 %lld us, p99 %lld us, "
	    "%lld failed\n", n, (long long)(written / seconds),
	    (long long)within(w, n, 0.5), (long long)within(w, n, 0.99),
	    (long long)failed);
	journal_close(j);
	free(w);
	return 0;
}
