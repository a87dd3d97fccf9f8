/*
 * The copy's journal: what was done away, a unit of work a value, and how it comes
 * home. A unit is run on MariaDB in one transaction, as the statements that it was; each
 * of those that may run once has a unique ref, so that a unit that was committed and
 * not yet crossed out changes nothing the second time.
 */
#include "copy_own.h"

#include "arena.h"
#include "bytes.h"
#include "log.h"
#include "text.h"

enum {
	MEM_CAP = 8 * 1024 * 1024,
	TRIES = 30		/* rounds, about a second each */
};

/* The first unit of the journal, or the number of all. */
struct finding {
	struct store_name name;
	struct db_bytes v;
	int64_t n;
	int first_only;
};

static int
find(void *of, const struct store_name *name, struct db_bytes v)
{
	struct finding *f = of;

	f->name = *name;
	f->v = v;
	f->n++;
	return f->first_only;
}

static struct finding
find_units(struct store_unit *on, struct arena *mem, int first_only)
{
	const struct store_name all = { .b = { COPY_UNIT } };
	struct finding f = { .first_only = first_only };

	(void)store_each(on, &all, 1, mem, find, &f);
	return f;
}

int64_t
home_count(void)
{
	struct arena *mem = arena_new(MEM_CAP * 16);
	struct store_unit *on = store_begin(copy_self()->store, 0);
	int64_t n = on == NULL ? 0 : find_units(on, mem, 0).n;

	if (on != NULL)
		(void)store_end(on, 0);
	arena_free(mem);
	return n;
}

void
home_recount(void)
{
	struct copy *self = copy_self();
	long long were = atomic_load(&self->pending), n = home_count();

	while (n > were &&
	    !atomic_compare_exchange_weak(&self->pending, &were, n))
		;
}

/* One less; one that another process left may not have been counted. */
static void
one_home(struct copy *self)
{
	long long were = atomic_load(&self->pending);

	while (were > 0 &&
	    !atomic_compare_exchange_weak(&self->pending, &were, were - 1))
		;
}

static void
write_unit(struct standing *s, const struct acts *acts)
{
	struct store_name last = { .b = { COPY_COUNT } };
	struct db_bytes was = store_get(s->on, &last, s->mem);
	struct store_name name = store_numbered(COPY_UNIT, was.n != 8 ? 1 :
	    get_le64(was.p) + 1);
	unsigned char le[8];
	struct buf b = { 0 };

	put_le64(le, store_number(&name));
	store_put(s->on, &last, le, sizeof le);

	for (const struct act *a = acts->first; a != NULL; a = a->next)
		act_write(&b, a);
	store_put(s->on, &name, b.p, b.n);
	buf_free(&b);
}

int
home_store(const struct acts *acts)
{
	struct copy *self = copy_self();
	struct standing s = { .store = self->store };
	int failed;

	if (acts->first == NULL)
		return 0;
	s.on = store_begin(self->store, 1);
	if (s.on == NULL)
		return -1;
	s.mem = arena_new(MEM_CAP);
	copy_keep_acts(&s, acts, 1);
	write_unit(&s, acts);
	/* Before it lies there: nobody may think that all is home. */
	atomic_fetch_add(&self->pending, 1);
	failed = store_end(s.on, 1);
	if (failed != 0)
		atomic_fetch_sub(&self->pending, 1);
	arena_free(s.mem);
	return failed;
}

/* ---- coming home ---- */

/* Runs the unit's statements; 0, or -1: it cannot be read. */
static int
replay(struct db *db, struct arena *mem, struct db_bytes v)
{
	const unsigned char *p = v.p, *end = v.p + v.n;
	struct db_set none;
	struct act act;

	while (p < end) {
		if (act_read(&p, end, copy_lists, mem, &act) < 0)
			return -1;
		(void)db_run(db, act.query, act.in, act.query->row == NULL ?
		    NULL : &none);
	}
	return 0;
}

/* The keys of a unit are MariaDB's from now on. */
static void
drop_keys(struct standing *s, struct db_bytes v)
{
	const unsigned char *p = v.p, *end = v.p + v.n;
	struct act act;

	while (p < end && act_read(&p, end, copy_lists, s->mem, &act) == 0) {
		struct store_name name;

		if (strcmp(act.query->name, "idempotency_claim") != 0)
			continue;
		name = store_name(s->store, COPY_KEY, act.in[0].bytes.p,
		    act.in[0].bytes.n, NULL, 0);
		store_drop(s->on, &name);
	}
}

static int
cross_out(const struct finding *f, struct arena *mem, int aside)
{
	struct copy *self = copy_self();
	struct standing s = { .store = self->store, .mem = mem };
	struct store_name kept = store_numbered(COPY_ASIDE,
	    store_number(&f->name));

	s.on = store_begin(self->store, 1);
	if (s.on == NULL)
		return 0;
	if (aside)
		store_put(s.on, &kept, f->v.p, f->v.n);
	drop_keys(&s, f->v);
	store_drop(s.on, &f->name);
	if (store_end(s.on, 1) != 0)
		return 0;
	one_home(self);
	return 1;
}

static int
set_aside(const struct finding *f, struct arena *mem, const char *statement)
{
	log_line(LOG_ERROR, "what was done without the database is not taken by "
	    "it: kept aside in the copy", "statement",
	    statement == NULL ? "" : statement, NULL);
	return cross_out(f, mem, 1);
}

/*
 * A second time: its ref is there, or what it would end is over. Only a report wants
 * something that may be missing, its opening.
 */
static int
is_so_already(const struct db *db)
{
	return db_error(db) != 0 ||
	    strcmp(db_failed_statement(db), "opening_report") != 0;
}

int
home_bring(struct db *db, struct arena *mem)
{
	static _Thread_local int tries;
	struct store_unit *on = store_begin(copy_self()->store, 0);
	struct finding f;
	int unread;

	if (on == NULL)
		return 0;
	f = find_units(on, mem, 1);
	(void)store_end(on, 0);
	if (f.n == 0)
		return 0;
	db_begin(db, mem, 1);
	unread = replay(db, mem, f.v);
	if (unread)
		db_abandon(db);
	switch (unread ? DB_FAILED : db_end(db)) {
	case DB_CONFLICT:
		if (!is_so_already(db))
			return set_aside(&f, mem, db_failed_statement(db));
		/* FALLTHROUGH */
	case DB_FINE:
		tries = 0;
		return cross_out(&f, mem, 0);
	case DB_FAILED:
		if (!unread && (db_down() || tries++ < TRIES))
			return 0;
		tries = 0;
		return set_aside(&f, mem, unread ? "unreadable" :
		    db_failed_statement(db));
	default:
		return 0;	/* again in the next round */
	}
}
