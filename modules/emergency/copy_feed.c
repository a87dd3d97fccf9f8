/* Keeping the copy current: sessions and openings of now, and whoever has changed. */
#include "copy_own.h"

#include "arena.h"
#include "bytes.h"
#include "emergency.h"
#include "log.h"
#include "text.h"
#include "viewer.h"

enum {
	AT_A_TIME = 100,	/* patients a round */
	AT_REST = 3,		/* of the walk through all, when nothing changes */
	MEET_EVERY_MS = 10 * 60 * 1000,
	SWEEP_EVERY_MS = 60 * 1000,
	SAVE_EVERY_MS = 10 * 1000,
	GONE_DAYS = 30		/* a copy that has not been seen since is no more */
};

/* What one thread keeps between its rounds. */
struct feed {
	int64_t meetings;
	int64_t follower;	/* its row there; 0: not met since the outage */
	int64_t met_ms, swept_ms, saved_ms;
	int64_t walked;		/* the patient until whom the walk through all went */
	int filled;		/* that went to the end once */
	int said;		/* a round failed, which is in the log */
	int64_t notes;		/* seen when openings were read last */
	unsigned char crews[SHA256_BYTES], openings[SHA256_BYTES];
};

static struct feed *
feed_self(void)
{
	static struct feed self;	/* the feeding thread's alone */

	return &self;
}

/* ---- what the copy knows of itself ---- */

static int64_t
number_of(struct standing *s, const char *what)
{
	struct store_name name = name_of_meta(s->store, what);
	struct db_bytes v = store_get(s->on, &name, s->mem);

	return v.p == NULL || v.n != 8 ? 0 : (int64_t)get_le64(v.p);
}

static void
put_number(struct standing *s, const char *what, int64_t n)
{
	struct store_name name = name_of_meta(s->store, what);
	unsigned char le[8];

	put_le64(le, (uint64_t)n);
	store_put(s->on, &name, le, sizeof le);
}

static int
begin(struct standing *s, struct arena *mem)
{
	s->store = copy_self()->store;
	s->mem = mem;
	s->on = store_begin(s->store, 1);
	return s->on != NULL;
}

void
feed_open(void)
{
	struct feed *f = feed_self();
	struct copy *self = copy_self();
	struct arena *mem = arena_new(1024 * 1024);
	struct standing s;
	struct store_name name;
	struct db_bytes id;

	if (!begin(&s, mem)) {
		arena_free(mem);
		return;
	}
	name = name_of_meta(s.store, "id");
	id = store_get(s.on, &name, mem);
	self->name = ref_new();
	if (id.n == REF_BYTES)
		memcpy(self->name.b, id.p, REF_BYTES);
	else
		store_put(s.on, &name, self->name.b, REF_BYTES);
	f->meetings = number_of(&s, "meetings");
	f->filled = (int)number_of(&s, "filled");
	if (f->filled)
		atomic_store(&self->as_of, number_of(&s, "as_of"));
	(void)store_end(s.on, 1);
	arena_free(mem);
}

/* ---- meeting MariaDB ---- */

/*
 * 0, or -1 without an answer. Where MariaDB has met this copy less often than it
 * remembers, it was restored from a backup, or never knew it: all is walked through anew.
 */
static int
meet(struct feed *f, struct db *db, struct arena *mem, utc_ms now)
{
	const struct ref *name = copy_name();
	const struct follower *row;
	struct standing s;

	atomic_store(&copy_self()->met, -1);
	db_begin(db, mem, 1);
	if (copy_meet(db, name, f->meetings, now) == 0) {
		copy_follow(db, name, f->meetings + 1, now);
		f->walked = 0;
		f->filled = 0;
	}
	copy_forget_followers(db, now - GONE_DAYS * DAY_MS);
	copy_follower(db, &row, name);
	if (db_end(db) != DB_FINE || row == NULL)
		return -1;
	f->follower = row->follower_id;
	f->meetings++;
	f->met_ms = instant_monotonic_ms();
	if (!begin(&s, mem))
		return -1;
	put_number(&s, "meetings", f->meetings);
	return store_end(s.on, 1);
}

/* ---- sessions and openings: few, read whole, written where they differ ---- */

/* Whether these rows are others than those of the last round; notes them. */
static int
differs(const struct db_row *shape, const struct db_set *set,
    unsigned char last[SHA256_BYTES])
{
	unsigned char d[SHA256_BYTES];
	struct buf b = { 0 };
	int other;

	rows_write(&b, shape, set);
	seal_sha256(b.p, b.n, d);
	buf_free(&b);
	other = memcmp(d, last, sizeof d) != 0;
	memcpy(last, d, sizeof d);
	return other;
}

static struct store_name
name_of_crew(const struct store *store, const struct crew *c)
{
	return store_name(store, COPY_CREW, c->token.p, c->token.n,
	    c->certificate.p, c->certificate.n);
}

struct weeding {
	const struct standing *s;
	const struct crew_rows *rows;
};

/* A session that is not among them any more lets nobody in. */
static int
weed(void *of, const struct store_name *name, struct db_bytes v)
{
	const struct weeding *w = of;

	(void)v;
	for (size_t i = 0; i < w->rows->set.n; i++) {
		struct store_name n = name_of_crew(w->s->store,
		    crew_at(w->rows, i));

		if (memcmp(n.b, name->b, sizeof n.b) == 0)
			return 0;
	}
	store_drop(w->s->on, name);
	return 0;
}

static void
put_crews(const struct standing *s, const struct crew_rows *rows)
{
	const struct store_name all = { .b = { COPY_CREW } };
	struct weeding w = { s, rows };

	for (size_t i = 0; i < rows->set.n; i++) {
		struct store_name name = name_of_crew(s->store, crew_at(rows, i));

		row_put(s, &name, 0, &copy_crew_row, crew_at(rows, i));
	}
	(void)store_each(s->on, &all, 1, s->mem, weed, &w);
}

/*
 * What was noted here since it was read is newer; and while something done away is not
 * home, MariaDB's word on openings is not the last one. Nobody else writes meanwhile.
 */
static void
put_openings(const struct standing *s, const struct opened_rows *rows,
    utc_ms read)
{
	if (atomic_load(&copy_self()->pending) != 0)
		return;
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct opened *o = opened_at(rows, i);
		utc_ms noted = 0;

		if (opened_find(s, o->opening, &noted) != NULL && noted >= read)
			continue;
		opened_put(s, o, noted);
	}
}

static void
put_privacy(const struct standing *s, const struct privacy_rows *rows)
{
	const struct store_name name = { .b = { COPY_PRIVACY } };
	struct buf b = { 0 };

	rows_write(&b, &copy_privacy_row, &rows->set);
	store_put(s->on, &name, b.p, b.n);
	buf_free(&b);
}

static int
copy_now(struct feed *f, struct db *db, struct arena *mem, utc_ms now)
{
	struct crew_rows crews;
	struct opened_rows openings;
	struct privacy_rows privacy;
	int64_t notes = atomic_load(&copy_self()->notes);
	utc_ms read = instant_now();
	struct standing s;
	int crews_new, openings_new;

	db_begin(db, mem, 0);
	copy_crews(db, &crews, now - SHIFT_HOURS * HOUR_MS);
	copy_opened(db, &openings, now);
	copy_privacy(db, &privacy);
	if (db_end(db) != DB_FINE)
		return -1;
	crews_new = differs(&copy_crew_row, &crews.set, f->crews);
	openings_new = differs(&copy_opened_row, &openings.set, f->openings);
	/* What was noted here may differ from what is as it was there. */
	if (!crews_new && !openings_new && notes == f->notes)
		return 0;
	f->notes = notes;
	if (!begin(&s, mem))
		return -1;
	put_crews(&s, &crews);
	put_openings(&s, &openings, read);
	put_privacy(&s, &privacy);
	if (store_end(s.on, 1) == 0)
		return 0;
	memset(f->crews, 0, sizeof f->crews);
	return -1;
}

/* ---- patients ---- */

/* As MariaDB has her; `person` NULL: she is no more. */
static void
read_person(struct db *db, int64_t patient, utc_ms now, struct whole *w)
{
	copy_person(db, &w->person, patient);
	if (w->person == NULL)
		return;
	copy_found_by(db, &w->found, patient);
	summary_all(db, &w->items, patient, now, now - FORTNIGHT_DAYS * DAY_MS,
	    now - DAY_MS);
	if (items_first(&w->items, "face") < w->items.set.n)
		summary_face(db, &w->face, patient);
}

static int
same_keys(const struct whole *a, const struct whole *b)
{
	struct buf x = { 0 }, y = { 0 };
	int same;

	rows_write(&x, &copy_found_by_row, &a->found.set);
	rows_write(&y, &copy_found_by_row, &b->found.set);
	same = x.n == y.n && memcmp(x.p, y.p, x.n) == 0 &&
	    a->person->network_id == b->person->network_id &&
	    a->person->birth_date == b->person->birth_date;
	buf_free(&x);
	buf_free(&y);
	return same;
}

/* Written where it is another, or its key is sealed anew. */
static void
put_face(const struct standing *s, int64_t patient, const struct face *f)
{
	struct store_name name = name_of_patient(s->store, COPY_FACE, patient);
	const struct face *was = row_get(s, &name, &summary_face_row, NULL);

	if (f == NULL && was != NULL)
		store_drop(s->on, &name);
	if (f != NULL && (was == NULL || !ref_same(was->id, f->id) ||
	    was->generation != f->generation))
		row_put(s, &name, 0, &summary_face_row, f);
}

static void
put_ref_of(const struct standing *s, const struct person *p)
{
	struct store_name name = name_of_ref(s->store, COPY_REF, p->id);
	unsigned char le[8];

	put_le64(le, (uint64_t)p->patient_id);
	store_put(s->on, &name, le, sizeof le);
}

static void
forget_person(const struct standing *s, const struct whole *was)
{
	struct store_name name = name_of_patient(s->store, COPY_PERSON,
	    was->person->patient_id);
	struct store_name ref = name_of_ref(s->store, COPY_REF, was->person->id);

	found_drop(s, was);
	put_face(s, was->person->patient_id, NULL);
	store_drop(s->on, &name);
	store_drop(s->on, &ref);
}

static void
put_person(const struct standing *s, int64_t patient, const struct whole *w)
{
	struct store_name name = name_of_patient(s->store, COPY_PERSON, patient);
	struct db_bytes as_was = store_get(s->on, &name, s->mem);
	struct whole was;
	int known = whole_get(s, patient, &was) == 0;
	struct buf b = { 0 };

	if (w->person == NULL) {
		if (known)
			forget_person(s, &was);
		return;
	}
	if (known && !same_keys(&was, w))
		found_drop(s, &was);
	if (!known || !same_keys(&was, w))
		found_put(s, w);
	whole_write(&b, w);
	/* A round in which nothing is another costs the disk nothing. */
	if (as_was.n != b.n || memcmp(as_was.p, b.p, b.n) != 0)
		store_put(s->on, &name, b.p, b.n);
	buf_free(&b);
	if (!known)
		put_ref_of(s, w->person);
	put_face(s, patient, w->face);
	said_forget(s, w);
}

/* Reads them all before the one who may write the store is held up. 0 or -1. */
static int
copy_people(struct db *db, struct arena *mem, const int64_t *patient, size_t n,
    utc_ms now)
{
	struct whole *w = arena_take_many(mem, n + 1, sizeof *w);
	struct standing s;

	if (n == 0)
		return 0;
	db_begin(db, mem, 0);
	for (size_t i = 0; i < n; i++)
		read_person(db, patient[i], now, &w[i]);
	if (db_end(db) != DB_FINE || !begin(&s, mem))
		return -1;
	for (size_t i = 0; i < n; i++)
		put_person(&s, patient[i], &w[i]);
	return store_end(s.on, 1);
}

/*
 * Notes that these were taken; 0 or -1. Whoever was changed again meanwhile, or is just
 * being changed, stays noted. What another holds is no outage: they are taken anew.
 */
static int
note_taken(struct feed *f, struct db *db, struct arena *mem,
    const struct followed_rows *rows)
{
	enum db_outcome outcome;

	db_begin(db, mem, 1);
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct followed *row = followed_at(rows, i), *still;

		copy_still(db, &still, f->follower, row->subject_id, row->n);
		if (still != NULL)
			copy_taken(db, f->follower, row->subject_id, row->n);
	}
	outcome = db_end(db);
	return outcome == DB_FINE || outcome == DB_AGAIN ? 0 : -1;
}

/*
 * Those of whom something has changed, of all or of those whom crews have open; their
 * number, or -1.
 */
static int64_t
copy_changed(struct feed *f, struct db *db, struct arena *mem, utc_ms now,
    int open)
{
	int64_t patient[AT_A_TIME];
	struct followed_rows rows;

	db_begin(db, mem, 0);
	if (open)
		copy_opened_now(db, &rows, f->follower, now, AT_A_TIME);
	else
		copy_followed(db, &rows, f->follower, AT_A_TIME);
	if (db_end(db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < rows.set.n; i++)
		patient[i] = followed_at(&rows, i)->subject_id;
	if (copy_people(db, mem, patient, rows.set.n, now) < 0)
		return -1;
	if (rows.set.n == 0)
		return 0;
	return note_taken(f, db, mem, &rows) == 0 ? (int64_t)rows.set.n : -1;
}

/*
 * On through all: to fill a new copy, and then slowly for ever, for what passes by
 * time alone and whatever nobody noted. 1 while it is to go on at once; -1.
 */
static int
walk(struct feed *f, struct db *db, struct arena *mem, utc_ms now)
{
	int64_t wanted = f->filled ? AT_REST : AT_A_TIME, patient[AT_A_TIME];
	struct someone_rows rows;

	db_begin(db, mem, 0);
	copy_someone(db, &rows, f->walked, wanted);
	if (db_end(db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < rows.set.n; i++)
		patient[i] = someone_at(&rows, i)->patient_id;
	if (copy_people(db, mem, patient, rows.set.n, now) < 0)
		return -1;
	if ((int64_t)rows.set.n == wanted) {
		f->walked = patient[wanted - 1];
		return !f->filled;
	}
	f->walked = 0;
	f->filled = 1;
	return 0;
}

/* ---- a round ---- */

/* As of when it is; on disk every few seconds, for a start without MariaDB. */
static void
note_current(struct feed *f, struct arena *mem, utc_ms as_of)
{
	int64_t ms = instant_monotonic_ms();
	struct standing s;

	atomic_store(&copy_self()->as_of, as_of);
	atomic_store(&copy_self()->met, f->meetings);
	if (f->saved_ms != 0 && ms - f->saved_ms < SAVE_EVERY_MS)
		return;
	f->saved_ms = ms;
	if (!begin(&s, mem))
		return;
	put_number(&s, "as_of", as_of);
	put_number(&s, "filled", 1);
	if (ms - f->swept_ms >= SWEEP_EVERY_MS) {
		f->swept_ms = ms;
		opened_sweep(&s, as_of - HOUR_MS);
		said_sweep(&s, as_of - DAY_MS);
	}
	(void)store_end(s.on, 1);
}

/* Once for all rounds that fail on end: a copy that stands still would be seen by nobody. */
static void
say_why(struct feed *f, struct db *db)
{
	const char *statement = db_failed_statement(db);

	if (!f->said)
		log_line(LOG_WARNING, "the copy was not kept current",
		    "statement", statement == NULL ? "" : statement, NULL);
	f->said = 1;
}

/* Whatever was done away comes home first: what is copied then has it. */
int
feed_keep(struct db *db, struct arena *mem, utc_ms now)
{
	struct feed *f = feed_self();
	int64_t changed;
	int more;

	while (home_bring(db, mem))
		arena_reset(mem);
	if (atomic_load(&copy_self()->pending) != 0)
		return 0;	/* what is read now would be too old */
	if ((f->follower == 0 ||
	    instant_monotonic_ms() - f->met_ms > MEET_EVERY_MS) &&
	    meet(f, db, mem, now) < 0)
		return 0;
	if (copy_now(f, db, mem, now) < 0 ||
	    copy_changed(f, db, mem, now, 1) < 0 ||
	    (changed = copy_changed(f, db, mem, now, 0)) < 0 ||
	    (more = walk(f, db, mem, now)) < 0) {
		say_why(f, db);
		f->follower = 0;
		return 0;
	}
	f->said = 0;
	if (changed == AT_A_TIME || more)
		return 1;
	if (f->filled)
		note_current(f, mem, now);
	return 0;
}
