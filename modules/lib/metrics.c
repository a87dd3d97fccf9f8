#include "metrics.h"

#include "text.h"

#include <inttypes.h>
#include <stdatomic.h>

enum { CLASSES = 5 };	/* 1xx to 5xx */

static const struct bucket {
	int64_t us;
	const char *le;		/* seconds */
} buckets[] = {
	{ 1000, "0.001" }, { 2000, "0.002" }, { 5000, "0.005" },
	{ 10000, "0.01" }, { 20000, "0.02" }, { 50000, "0.05" },
	{ 100000, "0.1" }, { 200000, "0.2" }, { 500000, "0.5" },
	{ 1000000, "1" }, { 2000000, "2" }, { 5000000, "5" }
};

enum { BUCKETS = sizeof buckets / sizeof buckets[0] };

static const struct counter {
	const char *name, *help;
} counters[METRIC_COUNT] = {
	[METRIC_DB_FAILED] = { "db_failed",
	    "Units of work that the database failed." },
	[METRIC_DB_AGAIN] = { "db_again",
	    "Units of work run again after a deadlock or lock wait." },
	[METRIC_JOURNAL_FAILED] = { "journal_failed",
	    "Audit records that could not be written to the journal." },
	[METRIC_KV_FAILED] = { "kv_failed", "Calls that Redis failed." },
	[METRIC_ANSWER_LOST] = { "answer_lost",
	    "Answers that the client did not wait for." },
	[METRIC_SHED] = { "shed", "Requests refused for lack of room." },
	[METRIC_AWAY] = { "away",
	    "Requests answered from the local copy, without the database." }
};

/* Requests of one route and status class. */
struct series {
	atomic_int_least64_t n[BUCKETS + 1];	/* the last: longer than all */
	atomic_int_least64_t us;
};

struct metrics {
	const char *program;
	atomic_int_least64_t counter[METRIC_COUNT];
	size_t nroutes;
	struct series (*route)[CLASSES];	/* and one more: no route */
};

static void
add(atomic_int_least64_t *to, int64_t n)
{
	atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

static int64_t
value(const atomic_int_least64_t *of)
{
	return atomic_load_explicit(of, memory_order_relaxed);
}

struct metrics *
metrics_new(const char *program, size_t nroutes)
{
	struct metrics *m = calloc(1, sizeof *m);

	if (m != NULL)
		m->route = calloc(nroutes + 1, sizeof *m->route);
	if (m == NULL || m->route == NULL) {
		fprintf(stderr, "metrics: out of memory\n");
		abort();
	}
	m->program = program;
	m->nroutes = nroutes;
	return m;
}

void
metrics_request(struct metrics *m, size_t i, int status, int64_t us)
{
	int class = status >= 100 && status < 600 ? status / 100 - 1 :
	    CLASSES - 1;
	struct series *s = &m->route[i < m->nroutes ? i : m->nroutes][class];
	size_t b = 0;

	if (us < 0)
		us = 0;
	while (b < BUCKETS && us > buckets[b].us)
		b++;
	add(&s->n[b], 1);
	add(&s->us, us);
}

void
metrics_add(struct metrics *m, enum metric which, int64_t n)
{
	add(&m->counter[which], n);
}

/* A label's value: backslash, quote and line feed are escaped. */
static void
put_label(struct buf *b, const char *name, const char *text)
{
	buf_printf(b, "%s=\"", name);
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '"')
			buf_putc(b, '\\');
		if (*text == '\n')
			buf_puts(b, "\\n");
		else
			buf_putc(b, *text);
	}
	buf_putc(b, '"');
}

static void
write_counters(struct metrics *m, struct buf *b)
{
	for (size_t i = 0; i < METRIC_COUNT; i++) {
		buf_printf(b, "# HELP tomozuna_%s_total %s\n"
		    "# TYPE tomozuna_%s_total counter\n"
		    "tomozuna_%s_total{", counters[i].name, counters[i].help,
		    counters[i].name, counters[i].name);
		put_label(b, "program", m->program);
		buf_printf(b, "} %" PRId64 "\n", value(&m->counter[i]));
	}
}

/* What all lines of a series have in braces, without `le`. */
static void
put_labels(struct buf *b, const struct metrics *m, const char *route, int class)
{
	put_label(b, "program", m->program);
	buf_putc(b, ',');
	put_label(b, "route", route);
	buf_printf(b, ",status=\"%dxx\"", class + 1);
}

/* The buckets are summed from one reading, so that they agree with _count. */
static void
write_series(struct buf *b, const struct metrics *m, const struct series *s,
    const char *route, int class)
{
	int64_t n[BUCKETS + 1], sum = 0, us = value(&s->us);

	for (size_t i = 0; i <= BUCKETS; i++)
		n[i] = sum += value(&s->n[i]);
	if (sum == 0)
		return;
	for (size_t i = 0; i <= BUCKETS; i++) {
		buf_puts(b, "tomozuna_request_seconds_bucket{");
		put_labels(b, m, route, class);
		buf_printf(b, ",le=\"%s\"} %" PRId64 "\n",
		    i < BUCKETS ? buckets[i].le : "+Inf", n[i]);
	}
	buf_puts(b, "tomozuna_request_seconds_sum{");
	put_labels(b, m, route, class);
	buf_printf(b, "} %" PRId64 ".%06" PRId64 "\n", us / 1000000,
	    us % 1000000);
	buf_puts(b, "tomozuna_request_seconds_count{");
	put_labels(b, m, route, class);
	buf_printf(b, "} %" PRId64 "\n", sum);
}

void
metrics_write(struct metrics *m, struct buf *b,
    const char *(*label)(const void *, size_t), const void *of)
{
	write_counters(m, b);
	buf_puts(b, "# HELP tomozuna_request_seconds Time to answer.\n"
	    "# TYPE tomozuna_request_seconds histogram\n");
	for (size_t i = 0; i <= m->nroutes; i++) {
		const char *route = i < m->nroutes ? label(of, i) : "";

		for (int class = 0; class < CLASSES; class++)
			write_series(b, m, &m->route[i][class], route, class);
	}
}

void
metrics_copy(const struct metrics *m, struct buf *b, int64_t as_of_ms)
{
	buf_puts(b, "# HELP tomozuna_copy_as_of_seconds As of when the local "
	    "copy is.\n# TYPE tomozuna_copy_as_of_seconds gauge\n"
	    "tomozuna_copy_as_of_seconds{");
	put_label(b, "program", m->program);
	buf_printf(b, "} %" PRId64 "\n", as_of_ms / 1000);
}
