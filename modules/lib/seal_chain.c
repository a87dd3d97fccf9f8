#include "seal_chain.h"

#include "arena.h"
#include "seal_own.h"
#include "text.h"

static const char lease_name[] = "audit-seal";

/* What one transaction did. */
struct stretch {
	int64_t rows, last_id;
	int64_t seq;			/* the newest seal, 0 = none yet */
	unsigned char head[SHA256_BYTES];
	int refused;			/* another sealer holds the lease */
};

void
audit_sealer_init(struct audit_sealer *s, const char *head_file)
{
	memset(s, 0, sizeof *s);
	s->owner = ref_new();
	s->head_file = head_file;
}

/* Takes or renews the lease inside the transaction. 1 if it is ours. */
static int
hold_lease(struct audit_sealer *s, struct db *db, utc_ms now)
{
	const struct lease *l;
	int64_t fence;
	int ours;

	seal_chain_lease(db, &l, lease_name);
	if (l == NULL) {
		seal_chain_first_lease(db, lease_name, &s->owner,
		    now + SEAL_LEASE_MS);
		seal_chain_lease(db, &l, lease_name);
		if (l == NULL)
			return 0;
	}
	ours = ref_same(l->owner, &s->owner);
	if (!ours && l->until > now)
		return 0;
	fence = ours ? l->fence : l->fence + 1;
	if (!ours || l->until < now + SEAL_LEASE_MS / 2)
		seal_chain_take_lease(db, lease_name, &s->owner, fence,
		    now + SEAL_LEASE_MS);
	s->fence = fence;
	return 1;
}

static void
add_seal(struct buf *json, int64_t seq, int64_t audit_id,
    const unsigned char head[SHA256_BYTES])
{
	char hex[2 * SHA256_BYTES + 1];

	hex_encode(head, SHA256_BYTES, hex);
	buf_printf(json, "%s[%lld,%lld,\"%s\"]", json->n == 0 ? "[" : ",",
	    (long long)seq, (long long)audit_id, hex);
}

/* Continues the chain over the rows. */
static void
chain(struct db *db, const struct record_rows *rows, struct stretch *done,
    utc_ms now)
{
	struct buf json = { 0 };
	size_t i;

	for (i = 0; i < rows->set.n; i++) {
		head_after(done->head, record_at(rows, i), done->head);
		done->seq++;
		done->last_id = record_at(rows, i)->id;
		add_seal(&json, done->seq, done->last_id, done->head);
	}
	buf_putc(&json, ']');
	if (json.failed)
		abort();
	seal_chain_insert_seals(db, now, buf_text(&json));
	buf_free(&json);
}

/* Seals a batch of ids above..upto in one transaction. 0 or -1. */
static int
seal_stretch(struct audit_sealer *s, struct db *db, struct arena *mem,
    int64_t above, int64_t upto, utc_ms now, struct stretch *done)
{
	const struct seal *last;
	struct record_rows rows;

	memset(done, 0, sizeof *done);
	arena_reset(mem);
	db_begin(db, mem, 1);
	if (!hold_lease(s, db, now)) {
		done->refused = 1;
		return db_end(db) == DB_FINE ? 0 : -1;
	}
	seal_chain_last_seal(db, &last);
	if (last != NULL) {
		done->seq = last->seq;
		memcpy(done->head, last->head.p, SHA256_BYTES);
	}
	seal_chain_unsealed_records(db, &rows, above, upto, SEAL_BATCH);
	done->rows = (int64_t)rows.set.n;
	if (done->rows > 0)
		chain(db, &rows, done, now);
	return db_end(db) == DB_FINE ? 0 : -1;
}

/* A seal that the file names must be there with that head. */
static int
agrees(const struct head_line *line, const struct seal *known,
    const struct seal *last)
{
	if (line->seq == 0)
		return last == NULL;
	return known != NULL && memcmp(known->head.p, line->head,
	    SHA256_BYTES) == 0;
}

/* What the head file says of the table, and where to begin. 0, -1 or -2. */
static int
start(struct audit_sealer *s, struct db *db, struct arena *mem, utc_ms now)
{
	const struct seal *last, *known = NULL;
	struct head_line line;

	if (head_last(s->head_file, &line) < 0)
		return -2;
	arena_reset(mem);
	db_begin(db, mem, 0);
	seal_chain_last_seal(db, &last);
	if (line.seq > 0)
		seal_chain_seal_at(db, &known, line.seq);
	if (db_end(db) != DB_FINE)
		return -1;
	s->disagrees = !agrees(&line, known, last);
	s->head_seq = line.seq;
	s->next_low_at = now;
	s->top = last == NULL ? 0 : last->audit_id;
	s->started = 1;
	return 0;
}

/*
 * Where each step begins to look. Below it nothing new is likely: so many ids
 * or so much time lies between; what comes there yet, seal_late finds.
 */
static int64_t
window_start(const struct audit_sealer *s)
{
	int64_t ids = s->steps % SEAL_WIDE_STEPS == 0 ? SEAL_WINDOW_IDS :
	    SEAL_NARROW_IDS;
	int64_t by_ids = s->top - ids;

	return s->low > by_ids ? s->low : by_ids > 0 ? by_ids : 0;
}

/* Seals all that is new, from the window's start. 1 if another one seals. */
static int
seal_new(struct audit_sealer *s, struct db *db, struct arena *mem,
    utc_ms now, int64_t *rows, struct stretch *done)
{
	int64_t above = s->resume > 0 ? s->resume : window_start(s);
	int i;

	s->resume = 0;
	for (i = 0; i < SEAL_STEP_BATCHES; i++) {
		if (seal_stretch(s, db, mem, above, INT64_MAX, now, done) < 0)
			return -1;
		if (done->refused)
			return 1;
		*rows += done->rows;
		if (done->last_id > s->top)
			s->top = done->last_id;
		if (done->rows < SEAL_BATCH)
			return 0;
		above = done->last_id;
	}
	s->resume = above;
	return 0;
}

/* Looks again at a part of what lies below the window. 0 or -1. */
static int
seal_late(struct audit_sealer *s, struct db *db, struct arena *mem,
    utc_ms now, int64_t *rows, struct stretch *done)
{
	int64_t last = window_start(s), upto = s->sweep + SEAL_SWEEP_IDS;

	if (upto > last)
		upto = last;
	if (seal_stretch(s, db, mem, s->sweep, upto, now, done) < 0)
		return -1;
	*rows += done->rows;
	if (done->rows < SEAL_BATCH)
		s->sweep = upto < last ? upto : 0;
	return 0;
}

/* The window follows, a safe time behind what is sealed. */
static void
move_window(struct audit_sealer *s, utc_ms now)
{
	if (now - s->next_low_at < SEAL_LATE_MS)
		return;
	s->low = s->next_low;
	s->next_low = s->top;
	s->next_low_at = now;
}

static int
remember_head(struct audit_sealer *s, const struct stretch *done,
    int64_t rows, utc_ms now)
{
	if (done->seq < s->head_seq)
		s->disagrees = 1;
	if (done->seq == 0 || (rows == 0 && done->seq <= s->head_seq))
		return 0;
	if (head_append(s->head_file, done->seq, done->head, now) < 0)
		return -2;
	s->head_seq = done->seq;
	return 0;
}

int64_t
audit_seal_step(struct audit_sealer *s, struct db *db, struct arena *mem,
    utc_ms now)
{
	struct stretch done;
	int64_t rows = 0;
	int r = s->started ? 0 : start(s, db, mem, now);

	if (r < 0)
		return r;
	s->steps++;
	r = seal_new(s, db, mem, now, &rows, &done);
	if (r == 0 && window_start(s) > 0)
		r = seal_late(s, db, mem, now, &rows, &done);
	if (r < 0 || done.refused)
		return r < 0 ? -1 : rows;
	move_window(s, now);
	r = remember_head(s, &done, rows, now);
	return r < 0 ? r : rows;
}
