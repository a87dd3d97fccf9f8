#include "copy_own.h"

#include "arena.h"
#include "bytes.h"
#include "log.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "opening_sql.h"
#include "prepare_sql.h"
#include "text.h"

#define MEGABYTE ((size_t)1024 * 1024)

const struct setting copy_settings[] = {
	{ "copy_dir", SETTING_TEXT,
	  offsetof(struct emergency_settings, copy_dir), 0, 1000, "",
	  "folder of the local copy; empty: copy in journal_dir" },
	{ "copy_megabytes", SETTING_NUMBER,
	  offsetof(struct emergency_settings, copy_megabytes), 0, 1024 * 1024,
	  "65536", "the copy grows no larger, MiB; 0: none" },
	{ 0 }
};

const struct db_query *const *const copy_lists[] = {
	opening_queries, mark_queries, notice_queries, prepare_queries,
	copy_queries, NULL
};

/*
 * Whatever the handlers of routes with `away` say to the database. What is not here
 * cannot be answered away: 503.
 */
static const struct stand_in {
	const char *name;
	answer *answer;
	keep *keep;
	int at_once;		/* kept when MariaDB has it, too */
} stand_ins[] = {
	{ "admit_session", answer_session },
	{ "opening_holder", answer_holder },
	{ "opening_openable", answer_openable },
	{ "opening_open_now", answer_open_now },
	{ "opening_mine", answer_mine },
	{ "opening_privacy_officers", answer_officers },
	{ "search_by_phone", found_phone },
	{ "search_by_card", found_card },
	{ "search_by_link", found_link },
	{ "search_by_whole", found_whole },
	{ "search_by_family", found_family },
	{ "search_by_sound", found_sound },
	{ "search_by_written", found_written },
	{ "search_by_place", found_place },
	{ "search_by_area", found_area },
	{ "search_candidates", answer_candidates },
	{ "summary_all", answer_summary },
	{ "summary_face", answer_face },
	{ "opening_open", act_one, keep_open, 1 },
	{ "opening_shut", act_shut, keep_shut, 1 },
	{ "opening_lengthen", act_lengthen, keep_lengthen, 1 },
	{ "opening_put_number", act_one, keep_number, 1 },
	{ "opening_call", act_call, keep_call },
	{ "opening_report", act_one, keep_report },
	{ "copy_shut_device", act_one, keep_shut_device },
	{ "prepare_tell", act_none },
	{ "mark_team", act_none },
	{ "notice_urgent", act_none },
	{ "notice_told", act_no_people },
	{ "notice_to_user", act_none },
	{ "event_insert", act_one },
	{ "event_make_due", act_none },
	{ "idempotency_claim", act_claim, keep_claim },
	{ "idempotency_find", answer_stored },
	{ "idempotency_store", act_one, keep_answered },
	{ "idempotency_forget", act_none },
};

static const struct stand_in *
stand_in_of(const struct db_query *q)
{
	for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++)
		if (strcmp(stand_ins[i].name, q->name) == 0)
			return &stand_ins[i];
	return NULL;
}

struct copy *
copy_self(void)
{
	static struct copy self = { .met = -1 };	/* lives as long as the program */

	return &self;
}

/* ---- while MariaDB answers, too ---- */

enum { RELIED_ON_MS = 10 * 1000 };

const struct ref *
copy_name(void)
{
	return &copy_self()->name;
}

int64_t
copy_met(utc_ms now)
{
	struct copy *self = copy_self();

	return self->store == NULL || atomic_load(&self->pending) != 0 ||
	    now - atomic_load(&self->as_of) > RELIED_ON_MS ? -1 :
	    atomic_load(&self->met);
}

int
copy_read(struct arena *mem, const struct holder *h, utc_ms now,
    struct opening *o, struct item_rows *rows)
{
	struct standing s = { .store = copy_self()->store, .mem = mem };
	int known;

	s.on = store_begin(s.store, 0);
	if (s.on == NULL)
		return -1;
	known = whole_of_holder(&s, h, now, o, rows);
	(void)store_end(s.on, 0);
	return known ? 0 : -1;
}

/* ---- names and rows ---- */

struct store_name
name_of_patient(const struct store *s, char kind, int64_t patient)
{
	return store_name(s, kind, &patient, sizeof patient, NULL, 0);
}

struct store_name
name_of_ref(const struct store *s, char kind, const struct ref *ref)
{
	return store_name(s, kind, ref->b, REF_BYTES, NULL, 0);
}

struct store_name
name_of_meta(const struct store *s, const char *what)
{
	return store_name(s, COPY_META, what, strlen(what), NULL, 0);
}

void
row_put(const struct standing *s, const struct store_name *name, utc_ms noted,
    const struct db_row *shape, const void *row)
{
	const struct db_set set = { row, 1, shape };
	unsigned char le[8];
	struct buf b = { 0 };

	put_le64(le, (uint64_t)noted);
	buf_put(&b, (const char *)le, sizeof le);
	rows_write(&b, shape, &set);
	store_put(s->on, name, b.p, b.n);
	buf_free(&b);
}

const void *
row_read(struct db_bytes v, const struct db_row *shape, struct arena *mem,
    utc_ms *noted)
{
	const unsigned char *p = v.p + 8;
	struct db_set set;

	if (v.p == NULL || v.n < 8 ||
	    rows_read(&p, v.p + v.n, shape, mem, &set) < 0 || set.n != 1)
		return NULL;
	if (noted != NULL)
		*noted = (utc_ms)get_le64(v.p);
	return set.rows;
}

const void *
row_get(const struct standing *s, const struct store_name *name,
    const struct db_row *shape, utc_ms *noted)
{
	return row_read(store_get(s->on, name, s->mem), shape, s->mem, noted);
}

void
whole_write(struct buf *b, const struct whole *w)
{
	const struct db_set person = { w->person, 1, &copy_person_row };

	rows_write(b, &copy_person_row, &person);
	rows_write(b, &copy_found_by_row, &w->found.set);
	rows_write(b, &summary_item_row, &w->items.set);
}

int
whole_get(const struct standing *s, int64_t patient, struct whole *w)
{
	struct store_name name = name_of_patient(s->store, COPY_PERSON, patient);
	struct db_bytes v = store_get(s->on, &name, s->mem);
	const unsigned char *p = v.p, *end = v.p + v.n;
	struct db_set person;

	if (p == NULL ||
	    rows_read(&p, end, &copy_person_row, s->mem, &person) < 0 ||
	    rows_read(&p, end, &copy_found_by_row, s->mem, &w->found.set) < 0 ||
	    rows_read(&p, end, &summary_item_row, s->mem, &w->items.set) < 0 ||
	    person.n != 1)
		return -1;
	w->person = person.rows;
	return 0;
}

int64_t
patient_of_ref(const struct standing *s, const struct ref *ref)
{
	struct store_name name = name_of_ref(s->store, COPY_REF, ref);
	struct db_bytes v = store_get(s->on, &name, s->mem);

	return v.p == NULL || v.n != 8 ? 0 : (int64_t)get_le64(v.p);
}

/* ---- what lib asks ---- */

/* A copy that another build wrote otherwise is begun anew; what was done away stays. */
static void
check_shape(struct store *store)
{
	const struct db_row *const shapes[] = { &copy_person_row,
		&copy_found_by_row, &summary_item_row, &copy_crew_row,
		&copy_opened_row, &summary_face_row };
	struct arena *mem = arena_new(MEGABYTE);
	struct store_name name = name_of_meta(store, "shape");
	struct store_unit *on = store_begin(store, 1);
	struct db_bytes was;
	struct buf b = { 0 };

	if (on == NULL)
		return;
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		for (int c = 0; c < shapes[i]->nwire; c++)
			buf_printf(&b, "%s %d%d,", shapes[i]->col[c].name,
			    shapes[i]->col[c].kind, shapes[i]->col[c].nullable);
	was = store_get(on, &name, mem);
	if (was.n != b.n || memcmp(was.p, b.p, b.n) != 0) {
		store_clear(on, (const char[]){ COPY_UNIT, COPY_COUNT,
		    COPY_ASIDE, COPY_KEY, '\0' });
		store_put(on, &name, b.p, b.n);
	}
	(void)store_end(on, 1);
	buf_free(&b);
	arena_free(mem);
}

/* Without its copy the program serves all the same, as long as MariaDB does. */
static int
open_store(const struct settings *common, char *why, size_t why_bytes)
{
	const struct emergency_settings *s = (const void *)common;
	struct copy *self = copy_self();
	struct seal_key key;
	char folder[1024];

	if (s->copy_megabytes == 0)
		return 0;
	(void)snprintf(folder, sizeof folder, "%s%s", s->copy_dir[0] != '\0' ?
	    s->copy_dir : common->journal_dir,
	    s->copy_dir[0] != '\0' ? "" : "/copy");
	if (seal_load_key(common->key, &key) != 0) {
		(void)snprintf(why, why_bytes, "the master key cannot be read");
		return -1;
	}
	self->store = store_open(folder, (size_t)s->copy_megabytes * MEGABYTE,
	    &key, why, why_bytes);
	explicit_bzero(&key, sizeof key);
	if (self->store == NULL) {
		log_line(LOG_ERROR, "no local copy", "reason", why, NULL);
		return 0;
	}
	check_shape(self->store);
	atomic_store(&self->pending, home_count());
	feed_open();
	return 0;
}

static void
close_store(void)
{
	struct copy *self = copy_self();

	if (self->store != NULL)
		store_close(self->store);
	self->store = NULL;
}

static int
keep_current(struct db *db, struct arena *mem, utc_ms now)
{
	return copy_self()->store != NULL && feed_keep(db, mem, now);
}

static utc_ms
stands_in(int down)
{
	struct copy *self = copy_self();

	if (self->store == NULL)
		return 0;
	if (down)
		atomic_store(&self->away, 1);
	else if (atomic_exchange(&self->away, 0))
		home_recount();
	if (!down && atomic_load(&self->pending) == 0)
		return 0;
	return atomic_load(&self->as_of);
}

static void *
begin(struct arena *mem)
{
	struct standing *s = arena_take(mem, sizeof *s);

	s->store = copy_self()->store;
	s->on = store_begin(s->store, 0);
	s->mem = mem;
	return s;
}

static void
end(void *unit)
{
	struct standing *s = unit;

	if (s->on != NULL)
		(void)store_end(s->on, 0);
}

static int64_t
run(void *unit, const struct db_query *q, const union db_val *in,
    struct db_set *out)
{
	struct standing *s = unit;
	const struct stand_in *by = stand_in_of(q);

	return s->on == NULL || by == NULL ? -1 : by->answer(s, in, out);
}

void
copy_keep_acts(struct standing *s, const struct acts *acts, int away)
{
	for (const struct act *a = acts->first; a != NULL; a = a->next) {
		const struct stand_in *by = stand_in_of(a->query);

		if (by == NULL || by->keep == NULL || !(away || by->at_once))
			continue;
		by->keep(s, a->in);
		atomic_fetch_add(&copy_self()->notes, 1);
	}
}

/*
 * What MariaDB has just committed of openings: whoever opened somebody the instant
 * before the cut goes on.
 */
static void
committed(const struct acts *acts)
{
	struct copy *self = copy_self();
	struct standing s = { .store = self->store };
	int any = 0;

	for (const struct act *a = acts->first; a != NULL; a = a->next) {
		const struct stand_in *by = stand_in_of(a->query);

		any |= by != NULL && by->at_once;
	}
	if (!any || self->store == NULL)
		return;
	s.on = store_begin(self->store, 1);
	if (s.on == NULL)
		return;
	s.mem = arena_new(4 * MEGABYTE);
	copy_keep_acts(&s, acts, 0);
	(void)store_end(s.on, 1);
	arena_free(s.mem);
}

const struct away copy_away = {
	.open = open_store,
	.close = close_store,
	.keep = keep_current,
	.stands_in = stands_in,
	.begin = begin,
	.end = end,
	.run = run,
	.store = home_store,
	.committed = committed
};
