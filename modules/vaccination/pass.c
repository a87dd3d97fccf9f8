/* The nightly pass over everybody, and the same for one person at once. */
#include "pass.h"

#include "coverage.h"
#include "log.h"
#include "pass_sql.h"
#include "text.h"
#include "viewer.h"

/*
 * A transaction looks at as many chunks as change little and fit into the arena: each
 * waits for the disk.
 */
enum { CHUNKS = 10, CHANGES_MOST = PASS_PEOPLE, ROWS_MOST = 100000 };

/* How many are due in a town, by the schedule's vaccines. */
struct tally {
	int64_t network;
	struct number { int due, overdue; } *of;
	struct tally *next;
};

/* What a chunk reads, where it is in each, and what it changes. */
struct chunk {
	struct arena *mem;
	civil_date today;
	struct tally *tally;
	struct one_person_rows people;
	struct one_dose_rows doses;
	struct standing_rows kept;
	size_t dose, row;		/* the next of each */
	struct buf put, drop;
	struct coverage *coverage;
	int64_t changed;
};

static void
add(struct buf *b, const char *item)
{
	buf_puts(b, b->n == 0 ? "[" : ",");
	buf_puts(b, item);
}

/* Codes of the schedule are words without quotes: its schema says so. */
static void
put_row_of(struct chunk *c, int64_t patient, const struct due_row *d)
{
	char due[INSTANT_TEXT], last[INSTANT_TEXT];

	add(&c->put, arena_printf(c->mem, "[%lld,\"%s\",\"%s\",%d,\"%s\",\"%s\"]",
	    (long long)patient, d->vaccine, d->programme, d->dose_number,
	    date_iso(d->due_on, due), date_iso(d->last_on, last)));
	c->changed++;
}

static void
drop_row_of(struct chunk *c, const struct standing *k)
{
	add(&c->drop, arena_printf(c->mem, "[%lld,\"%s\"]",
	    (long long)k->patient_id, k->vaccine));
	c->changed++;
}

/* Oldest first; they are few, and mostly are already. */
static void
sort_doses(struct dose *all, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct dose d = all[i];
		size_t k = i;

		for (; k > 0 && all[k - 1].on > d.on; k--)
			all[k] = all[k - 1];
		all[k] = d;
	}
}

/* The doses of one person: `c->dose` stands at them. */
static void
take_doses(struct chunk *c, int64_t patient, struct history *out)
{
	size_t from = c->dose, n;
	struct dose *all;

	while (c->dose < c->doses.set.n &&
	    one_dose_at(&c->doses, c->dose)->patient_id <= patient)
		c->dose++;
	n = c->dose - from;
	all = arena_take_many(c->mem, n + 1, sizeof *all);
	for (size_t i = 0; i < n; i++) {
		const struct one_dose *d = one_dose_at(&c->doses, from + i);

		all[i] = (struct dose){ .vaccine = d->vaccine,
		    .product = d->product, .on = d->given_on,
		    .elsewhere = d->reported };
	}
	sort_doses(all, n);
	*out = (struct history){ all, n };
}

static int
same_row(const struct standing *k, const struct due_row *d)
{
	return strcmp(k->programme, d->programme) == 0 &&
	    k->dose_number == d->dose_number && k->due_on == d->due_on &&
	    k->last_on == d->last_on;
}

/* Compares what is with what ought to be; writes down what differs. */
static void
compare(struct chunk *c, int64_t patient, const struct due_row *d, size_t n)
{
	int found[DUE_ROWS] = { 0 };

	for (; c->row < c->kept.set.n &&
	    standing_at(&c->kept, c->row)->patient_id <= patient; c->row++) {
		const struct standing *k = standing_at(&c->kept, c->row);
		size_t i = 0;

		while (i < n && strcmp(d[i].vaccine, k->vaccine) != 0)
			i++;
		if (i == n)
			drop_row_of(c, k);
		else
			found[i] = 1 + same_row(k, &d[i]);
	}
	for (size_t i = 0; i < n; i++)
		if (found[i] != 2)
			put_row_of(c, patient, &d[i]);
}

static struct tally *
tally_of(struct chunk *c, int64_t network)
{
	struct tally *t = c->tally;

	while (t != NULL && t->network != network)
		t = t->next;
	if (t != NULL)
		return t;
	t = arena_take(c->mem, sizeof *t);
	*t = (struct tally){ .network = network, .next = c->tally,
	    .of = arena_take_many(c->mem, schedule_now()->vaccines,
	    sizeof *t->of) };
	c->tally = t;
	return t;
}

static void
count(struct chunk *c, int64_t network, const struct due_row *d, size_t n)
{
	const struct schedule *s = schedule_now();
	struct tally *t = n == 0 ? NULL : tally_of(c, network);

	for (size_t i = 0; i < n; i++)
		for (size_t v = 0; v < s->vaccines; v++) {
			if (d[i].vaccine != s->vaccine[v].code)
				continue;
			t->of[v].due += d[i].due_on <= c->today &&
			    d[i].last_on >= c->today;
			t->of[v].overdue += d[i].last_on < c->today;
		}
}

static void
look(struct chunk *c)
{
	for (size_t i = 0; i < c->people.set.n; i++) {
		const struct one_person *p = one_person_at(&c->people, i);
		struct due_row d[DUE_ROWS];
		struct history h;
		size_t n;

		take_doses(c, p->patient_id, &h);
		n = due_rows(schedule_now(), p->birth_date, &h, c->today, d);
		compare(c, p->patient_id, d, n);
		count(c, p->network_id, d, n);
		coverage_count(c->coverage, p->network_id, p->address,
		    p->birth_date, &h);
	}
}

static const char *
rows_text(struct chunk *c, struct buf *b)
{
	const char *text;

	if (b->n == 0)
		return NULL;
	buf_putc(b, ']');
	text = arena_text(c->mem, buf_text(b));
	buf_free(b);
	return text;
}

/*
 * First those for which a person is read under a lock: whoever renames her has her row
 * before she comes to these.
 */
static void
write_rows(struct chunk *c, struct db *db)
{
	const char *rows = rows_text(c, &c->put);

	if (rows != NULL)
		pass_put(db, rows);
	rows = rows_text(c, &c->drop);
	if (rows != NULL)
		pass_drop(db, rows);
}

static void
write_tally(struct chunk *c, struct db *db)
{
	const struct schedule *s = schedule_now();
	struct buf b = { 0 };
	const char *rows;

	for (const struct tally *t = c->tally; t != NULL; t = t->next)
		for (size_t v = 0; v < s->vaccines; v++)
			if (t->of[v].due + t->of[v].overdue > 0)
				buf_printf(&b, "%s[%lld,\"%s\",%d,%d]",
				    b.n == 0 ? "[" : ",", (long long)t->network,
				    s->vaccine[v].code, t->of[v].due,
				    t->of[v].overdue);
	rows = rows_text(c, &b);
	if (rows != NULL)
		pass_tally(db, c->today, rows);
}

/* ---- the pass ---- */

static void
finish(struct db *db, const struct pass *p, utc_ms now)
{
	pass_uncount(db);
	pass_count_all(db, p->on_day);
	pass_untally(db);
	coverage_finish(db, p->on_day);
	pass_end(db, p->on_day, now);
}

static void
tell_over(const struct pass *p, utc_ms now)
{
	char looked[24], changed[24], ms[24];

	(void)snprintf(looked, sizeof looked, "%lld", (long long)p->looked);
	(void)snprintf(changed, sizeof changed, "%lld", (long long)p->changed);
	(void)snprintf(ms, sizeof ms, "%lld", (long long)(now - p->started_at));
	log_line(LOG_INFO, "nightly pass over", "people", looked, "changed",
	    changed, "ms", ms, NULL);
}

/* The people behind `after`: looked at, and what differs is written. How many rows that read. */
static size_t
one_chunk(struct db *db, struct chunk *c, int64_t *after)
{
	int64_t upto;

	pass_people(db, &c->people, *after, PASS_PEOPLE);
	if (c->people.set.n == 0)
		return 0;
	upto = one_person_at(&c->people, c->people.set.n - 1)->patient_id;
	pass_doses(db, &c->doses, *after, upto);
	pass_kept(db, &c->kept, *after, upto);
	c->dose = c->row = 0;
	look(c);
	write_rows(c, db);
	*after = upto;
	return c->people.set.n + c->doses.set.n + c->kept.set.n;
}

/* Some chunks under the lock of the pass; 1 when there may be more. */
static int
go_on(struct db *db, struct arena *mem, const struct pass *p, utc_ms now)
{
	struct chunk c = { .mem = mem, .today = p->on_day };
	int64_t after = p->after_id, looked = 0;
	size_t rows = 0, n;

	c.coverage = coverage_begin(db, mem, p->on_day);
	for (int i = 0; i < CHUNKS && c.changed < CHANGES_MOST &&
	    rows < ROWS_MOST; i++) {
		n = one_chunk(db, &c, &after);
		if (n == 0)
			break;
		rows += n;
		looked += (int64_t)c.people.set.n;
	}
	if (looked == 0) {
		finish(db, p, now);
		return 0;
	}
	coverage_write(c.coverage, db);
	write_tally(&c, db);
	pass_go_on(db, p->on_day, after, looked, c.changed);
	return 1;
}

int
pass_tidy(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	civil_date today = date_of(now);
	const struct pass *p;
	int more = 0, went;

	(void)settings;
	db_begin(db, mem, 0);
	pass_state(db, &p, today);
	if (db_end(db) != DB_FINE || (p != NULL && p->ended_at.set))
		return 0;
	db_begin(db, mem, 1);
	if (p == NULL && pass_open(db, today, now) > 0) {
		coverage_forget(db, today);
		pass_untally(db);
	}
	pass_lock(db, &p, today);
	went = p != NULL && !p->ended_at.set;
	if (went)
		more = go_on(db, mem, p, now);
	if (db_end(db) != DB_FINE)
		return 0;
	if (went && !more)
		tell_over(p, now);
	return more;
}

void
pass_refresh_of(struct req *r, int64_t patient, civil_date birth)
{
	struct chunk c = { .mem = r->mem, .today = date_of(r->now) };
	struct due_row d[DUE_ROWS];
	struct history h;
	size_t n;

	doses_of(r, patient, &h);
	n = due_rows(schedule_now(), birth, &h, c.today, d);
	pass_drop_all(r->db, patient);
	for (size_t i = 0; i < n; i++)
		put_row_of(&c, patient, &d[i]);
	write_rows(&c, r->db);
}

void
pass_refresh(struct req *r)
{
	pass_refresh_of(r, viewer_patient(r), r->viewer->strip->birth_date);
}
