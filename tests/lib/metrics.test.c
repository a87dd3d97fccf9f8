#include "metrics.h"

#include "text.h"
#include "unit.h"

#include <pthread.h>

static const char *const paths[] = { "GET /a", "POST /\"b\\\n" };
static struct metrics *metrics;

/* They live as long as the program: kept, so that they are not lost. */
static void
start(void)
{
	static struct metrics *all[8];
	static size_t n;

	metrics = all[n++] = metrics_new("timeline", NELEMENTS(paths));
}

static const char *
label(const void *of, size_t i)
{
	return ((const char *const *)of)[i];
}

static const char *
written(struct buf *b)
{
	buf_reset(b);
	metrics_write(metrics, b, label, paths);
	return buf_text(b);
}

static void
assert_has(const char *text, const char *line)
{
	const char *at = strstr(text, line);

	if (at == NULL || (at != text && at[-1] != '\n') ||
	    at[strlen(line)] != '\n')
		fail_msg("no line %s in\n%s", line, text);
}

static void
counters(void **state)
{
	struct buf b = { 0 };
	const char *text;

	(void)state;
	start();
	metrics_add(metrics, METRIC_KV_FAILED, 2);
	metrics_add(metrics, METRIC_KV_FAILED, 1);
	text = written(&b);
	assert_has(text, "# TYPE tomozuna_kv_failed_total counter");
	assert_has(text, "tomozuna_kv_failed_total{program=\"timeline\"} 3");
	assert_has(text, "tomozuna_db_failed_total{program=\"timeline\"} 0");
	assert_has(text, "tomozuna_shed_total{program=\"timeline\"} 0");
	assert_null(strstr(text, "_bucket"));
	buf_free(&b);
}

#define LABELS(route, status) \
	"{program=\"timeline\",route=\"" route "\",status=\"" status "\""

static void
histogram(void **state)
{
	static const int64_t us[] = { 0, 1000, 1001, 4999, 5000000, 5000001 };
	struct buf b = { 0 };
	const char *text;

	(void)state;
	start();
	for (size_t i = 0; i < NELEMENTS(us); i++)
		metrics_request(metrics, 0, 200, us[i]);
	metrics_request(metrics, 0, 503, -5);
	text = written(&b);
	assert_has(text, "# TYPE tomozuna_request_seconds histogram");
#define BUCKET(le, n) assert_has(text, "tomozuna_request_seconds_bucket" \
	LABELS("GET /a", "2xx") ",le=\"" le "\"} " n)
	BUCKET("0.001", "2");
	BUCKET("0.002", "3");
	BUCKET("0.005", "4");
	BUCKET("2", "4");
	BUCKET("5", "5");
	BUCKET("+Inf", "6");
	assert_has(text, "tomozuna_request_seconds_sum"
	    LABELS("GET /a", "2xx") "} 10.007001");
	assert_has(text, "tomozuna_request_seconds_count"
	    LABELS("GET /a", "2xx") "} 6");
	assert_has(text, "tomozuna_request_seconds_sum"
	    LABELS("GET /a", "5xx") "} 0.000000");
	assert_null(strstr(text, "4xx"));
	buf_free(&b);
}

static void
labels(void **state)
{
	struct buf b = { 0 };
	const char *text;

	(void)state;
	start();
	metrics_request(metrics, 1, 404, 1);
	metrics_request(metrics, 2, 404, 1);
	metrics_request(metrics, SIZE_MAX, 302, 1);
	metrics_request(metrics, 0, 0, 1);
	metrics_request(metrics, 0, 999, 1);
	text = written(&b);
	assert_has(text, "tomozuna_request_seconds_count"
	    LABELS("POST /\\\"b\\\\\\n", "4xx") "} 1");
	assert_has(text, "tomozuna_request_seconds_count"
	    LABELS("", "4xx") "} 1");
	assert_has(text, "tomozuna_request_seconds_count"
	    LABELS("", "3xx") "} 1");
	assert_has(text, "tomozuna_request_seconds_count"
	    LABELS("GET /a", "5xx") "} 2");
	buf_free(&b);
}

enum { THREADS = 4, EACH = 20000 };

static void *
count_many(void *unused)
{
	(void)unused;
	for (int i = 0; i < EACH; i++)
		metrics_request(metrics, 0, 200, 1);
	return NULL;
}

static void
threads_lose_nothing(void **state)
{
	pthread_t thread[THREADS];
	struct buf b = { 0 };

	(void)state;
	start();
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, count_many,
		    NULL), 0);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	assert_has(written(&b), "tomozuna_request_seconds_count"
	    LABELS("GET /a", "2xx") "} 80000");
	assert_has(written(&b), "tomozuna_request_seconds_sum"
	    LABELS("GET /a", "2xx") "} 0.080000");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters),
		cmocka_unit_test(histogram),
		cmocka_unit_test(labels),
		cmocka_unit_test(threads_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
