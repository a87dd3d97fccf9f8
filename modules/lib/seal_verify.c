#include "seal_chain.h"

#include "arena.h"
#include "seal_own.h"

#include <errno.h>

enum {
	WALK_SEALS = 1000,		/* seals a batch */
	COUNT_IDS = 100000,		/* ids a look for unsealed rows */
	TOLD_MAX = 100,			/* findings of one kind that are told */
	SEARCHES_MAX = 20,		/* for where a misplaced row belongs */
	FAULTS = AUDIT_UNSEALED + 1
};

struct walk {
	struct db *db;
	struct arena *mem;
	FILE *heads;			/* NULL if there is no such file */
	struct head_line line;
	int has_line;
	audit_report *report;
	void *of;
	int64_t told[FAULTS];
	struct audit_verdict *verdict;
	int64_t seq;			/* of the seal before; 0 at the start */
	int broken;			/* the head before is not known */
	int searches;
	int64_t uncovered;		/* first seal behind the last line */
	utc_ms uncovered_at, began;
};

const char *
audit_fault_name(enum audit_fault fault)
{
	static const char *const names[FAULTS] = {
		[AUDIT_GAP] = "gap", [AUDIT_DELETED] = "deleted",
		[AUDIT_EDITED] = "edited", [AUDIT_REORDERED] = "reordered",
		[AUDIT_HEAD_FILE] = "head-file",
		[AUDIT_TRUNCATED] = "truncated",
		[AUDIT_HEAD_BEHIND] = "head-behind",
		[AUDIT_UNSEALED] = "unsealed"
	};

	return names[fault];
}

static void
tell(struct walk *w, enum audit_fault fault, int64_t seq, int64_t audit_id,
    int64_t count)
{
	const struct audit_finding f = { fault, seq, audit_id, count };

	w->verdict->findings++;
	if (w->told[fault]++ < TOLD_MAX)
		w->report(w->of, &f);
}

/* ---- the head file, read beside the seals ---- */

static void
next_line(struct walk *w)
{
	w->has_line = w->heads != NULL && head_read(w->heads, &w->line);
	while (w->has_line && w->line.bad) {
		tell(w, AUDIT_HEAD_FILE, 0, 0, w->line.line);
		w->has_line = head_read(w->heads, &w->line);
	}
}

/*
 * The head that the line must have: this seal's or, when the line was written
 * only after that one was walked, the one's before. NULL: it is nobody's.
 */
static const unsigned char *
head_for_line(const struct walk *w, const struct seal *s)
{
	if (s != NULL && w->line.seq == s->seq)
		return s->head.p;
	return w->line.seq == w->seq ? w->verdict->head : NULL;
}

/* Takes the lines that are due: up to this seal, or to the last if NULL. */
static void
check_lines(struct walk *w, const struct seal *s)
{
	int64_t seq = s == NULL ? w->seq : s->seq;
	const unsigned char *head;

	if (!w->has_line)	/* the file may have grown meanwhile */
		next_line(w);
	while (w->has_line && w->line.seq <= seq) {
		head = head_for_line(w, s);
		if (head == NULL || !seal_same(w->line.head, head,
		    SHA256_BYTES))
			tell(w, AUDIT_HEAD_FILE, w->line.seq, 0,
			    w->line.line);
		if (w->line.seq == seq)
			w->uncovered = 0;
		next_line(w);
	}
}

/* ---- the chain ---- */

/*
 * 1 if another row of the batch would fit here: with this seal's head (rows
 * changed places) or with its own seal's (seals changed places).
 */
static int
belongs_elsewhere(struct walk *w, const struct seal_rows *seals,
    const struct record_rows *rows, const struct seal *here)
{
	unsigned char head[SHA256_BYTES];
	size_t i, k;

	if (w->searches++ >= SEARCHES_MAX)
		return 0;
	for (i = 0; i < rows->set.n; i++) {
		head_after(w->verdict->head, record_at(rows, i), head);
		if (seal_same(head, here->head.p, SHA256_BYTES))
			return 1;
		for (k = 0; k < seals->set.n; k++)
			if (seal_at(seals, k)->audit_id ==
			    record_at(rows, i)->id && seal_same(head,
			    seal_at(seals, k)->head.p, SHA256_BYTES))
				return 1;
	}
	return 0;
}

static void
check_seal(struct walk *w, const struct seal_rows *seals,
    const struct record_rows *rows, const struct seal *s,
    const struct record *r)
{
	unsigned char head[SHA256_BYTES];

	if (s->seq != w->seq + 1) {
		tell(w, AUDIT_GAP, w->seq + 1, 0, s->seq - w->seq - 1);
		w->broken = 1;
	}
	if (r == NULL) {
		tell(w, AUDIT_DELETED, s->seq, s->audit_id, 0);
	} else if (!w->broken) {
		head_after(w->verdict->head, r, head);
		if (!seal_same(head, s->head.p, SHA256_BYTES))
			tell(w, belongs_elsewhere(w, seals, rows, s) ?
			    AUDIT_REORDERED : AUDIT_EDITED, s->seq,
			    s->audit_id, 0);
	}
	if (w->uncovered == 0) {
		w->uncovered = s->seq;
		w->uncovered_at = s->sealed_at;
	}
	check_lines(w, s);
	memcpy(w->verdict->head, s->head.p, SHA256_BYTES);
	w->verdict->seals++;
	w->seq = s->seq;
	w->broken = 0;
}

/* Walks a batch. 1 if there was one, 0 at the end, -1 if it failed. */
static int
walk_batch(struct walk *w)
{
	struct seal_rows seals;
	struct record_rows rows = { 0 };
	const struct seal *s;
	const struct record *r;
	size_t i, at = 0;

	arena_reset(w->mem);
	db_begin(w->db, w->mem, 0);
	seal_chain_seals_after(w->db, &seals, w->seq, WALK_SEALS);
	if (seals.set.n > 0)
		seal_chain_sealed_records(w->db, &rows, w->seq,
		    seal_at(&seals, seals.set.n - 1)->seq);
	if (db_end(w->db) != DB_FINE)
		return -1;
	for (i = 0; i < seals.set.n; i++) {
		s = seal_at(&seals, i);
		r = at < rows.set.n && record_at(&rows, at)->id == s->audit_id ?
		    record_at(&rows, at++) : NULL;
		check_seal(w, &seals, &rows, s, r);
	}
	return seals.set.n > 0;
}

/*
 * All seals. A line of the file behind the last of them may be of a seal that
 * was made meanwhile: it was committed before its line was written, so one
 * more look finds it.
 */
static int
walk_all(struct walk *w)
{
	int r;

	next_line(w);
	do {
		r = walk_batch(w);
		if (r == 0)
			check_lines(w, NULL);
		if (r == 0 && w->has_line)
			r = walk_batch(w);
	} while (r > 0);
	if (r < 0)
		return -1;
	if (w->has_line)
		tell(w, AUDIT_TRUNCATED, w->line.seq, 0, w->line.line);
	if (w->uncovered > 0 &&
	    w->uncovered_at + AUDIT_UNSEALED_MS < w->began)
		tell(w, AUDIT_HEAD_BEHIND, w->uncovered, 0, 0);
	return 0;
}

/* ---- rows without a seal ---- */

static int
newest_id(struct walk *w, int64_t *id)
{
	const struct newest *row;

	arena_reset(w->mem);
	db_begin(w->db, w->mem, 0);
	seal_chain_newest_record(w->db, &row);
	if (db_end(w->db) != DB_FINE)
		return -1;
	*id = row == NULL || !row->id.set ? 0 : row->id.v;
	return 0;
}

static int
count_unsealed(struct walk *w, int64_t newest, int64_t *n, int64_t *first)
{
	const struct unsealed *u;
	int64_t above;

	*n = *first = 0;
	for (above = 0; above < newest; above += COUNT_IDS) {
		arena_reset(w->mem);
		db_begin(w->db, w->mem, 0);
		seal_chain_count_unsealed(w->db, &u, above,
		    above + COUNT_IDS < newest ? above + COUNT_IDS : newest);
		if (db_end(w->db) != DB_FINE || u == NULL)
			return -1;
		if (*n == 0 && u->n > 0)
			*first = u->first.v;
		*n += u->n;
	}
	return 0;
}

/* Rows that were there at the start must have a seal after five seconds. */
static int
check_unsealed(struct walk *w, int64_t newest, int64_t began_ms)
{
	int64_t n, first, left;
	struct timespec pause;

	if (count_unsealed(w, newest, &n, &first) < 0)
		return -1;
	left = began_ms + AUDIT_UNSEALED_MS - instant_monotonic_ms();
	if (n > 0 && left > 0) {
		pause.tv_sec = left / 1000;
		pause.tv_nsec = left % 1000 * 1000000;
		nanosleep(&pause, NULL);
		if (count_unsealed(w, newest, &n, &first) < 0)
			return -1;
	}
	if (n > 0)
		tell(w, AUDIT_UNSEALED, 0, first, n);
	return 0;
}

int
audit_verify(struct db *db, struct arena *mem, const char *head_file,
    audit_report *report, void *of, struct audit_verdict *verdict)
{
	struct walk w = {
		.db = db, .mem = mem, .report = report, .of = of,
		.verdict = verdict, .began = instant_now()
	};
	int64_t newest, began_ms = instant_monotonic_ms();
	int r = -1;

	memset(verdict, 0, sizeof *verdict);
	w.heads = fopen(head_file, "re");
	if (w.heads == NULL && errno != ENOENT)
		return -1;
	if (newest_id(&w, &newest) == 0 && walk_all(&w) == 0)
		r = check_unsealed(&w, newest, began_ms);
	if (w.heads != NULL)
		fclose(w.heads);
	return r;
}
