/* A file on its way out, and the sweeping. */
#include "file_own.h"

#include "file_sql.h"
#include "log.h"
#include "viewer.h"

enum {
	CHUNKS_A_READ = 4, SWEPT_AT_ONCE = 20, CHUNKS_AT_ONCE = 200,
	REWRAPPED_AT_ONCE = 100
};

void
file_keep(struct req *r, int64_t file)
{
	(void)file_keep_it(r->db, file, r->viewer->user, r->now);
}

/* ---- out ---- */

struct file_opened {
	struct seal_key key;
	struct ref ref;
	int64_t file, bytes;
};

long
file_open_chunk(const struct seal_key *key, const struct ref *ref,
    int64_t bytes, struct arena *mem, int64_t number,
    const struct db_bytes *sealed, const unsigned char **out)
{
	unsigned char place[FILE_PLACE_BYTES], *clear;
	int64_t last = file_chunks(bytes) - 1;
	int64_t want = number < last ? FILE_CHUNK_BYTES :
	    bytes - last * FILE_CHUNK_BYTES;

	if ((int64_t)sealed->n != want + SEAL_EXTRA_BYTES)
		return -1;
	clear = arena_take(mem, (size_t)want + 1);
	file_place(ref, (uint32_t)number, number == last, place);
	if (seal_open(key, place, sizeof place, sealed->p, sealed->n,
	    clear) != 0)
		return -1;
	*out = clear;
	return (long)want;
}

static long
fail(const struct file_opened *o)
{
	char hex[REF_HEX];

	log_line(LOG_ERROR, "a stored file is not what it was", "file",
	    ref_hex(&o->ref, hex), NULL);
	return -1;
}

static long
read_some(void *of, struct req *r, int64_t at, void *p, size_t n)
{
	const struct file_opened *o = of;
	int64_t from = at / FILE_CHUNK_BYTES, skip = at % FILE_CHUNK_BYTES;
	struct sealed_chunk_rows rows;
	unsigned char *to = p;
	size_t done = 0;

	(void)file_chunks_of(r->db, &rows, o->file, from,
	    from + CHUNKS_A_READ);
	if (db_outcome(r->db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < rows.set.n && done < n; i++) {
		const unsigned char *clear;
		long have = file_open_chunk(&o->key, &o->ref, o->bytes, r->mem,
		    from + (int64_t)i, &sealed_chunk_at(&rows, i)->sealed,
		    &clear);
		size_t part = n - done;

		if (have < 0)
			return fail(o);
		if (part > (size_t)(have - skip))
			part = (size_t)(have - skip);
		memcpy(to + done, clear + skip, part);
		done += part;
		skip = 0;
	}
	return done > 0 ? (long)done : fail(o);
}

static int
open_file(struct req *r, const struct stored_file *f, struct file_opened *o)
{
	const struct file_what what = { *f->id, f->network, f->bytes, f->type };

	*o = (struct file_opened){ .ref = *f->id, .file = f->file,
		.bytes = f->bytes };
	if (file_unwrap(r->settings->file_keys, (int)f->generation, &what,
	    f->wrapped_key.p, f->wrapped_key.n, &o->key) == 0)
		return 0;
	(void)fail(o);
	return -1;
}

int
file_answer(struct req *r, int64_t file, int save)
{
	struct file_opened *o = raw_take(r, sizeof *o);
	const struct stored_file *f = NULL;
	char tag[REF_HEX];
	struct raw raw = { .read = read_some, .of = o };

	(void)file_stored(r->db, &f, file);
	if (f == NULL)
		return 404;
	if (open_file(r, f, o) != 0)
		return 503;
	raw.type = f->type;
	raw.name = f->name;
	raw.bytes = f->bytes;
	raw.save = save || strcmp(file_kind(f->type), "paper") == 0;
	raw.tag = ref_hex(&o->ref, tag);
	answer_raw(r, &raw);
	return 200;
}

int
file_answer_sealed(struct req *r, const struct stored_file *f,
    const struct db_bytes *sealed)
{
	struct file_opened o;
	struct raw raw = { .type = f->type, .bytes = f->bytes };
	const unsigned char *clear;
	long have;

	if (open_file(r, f, &o) != 0)
		return 503;
	have = file_open_chunk(&o.key, &o.ref, o.bytes, r->mem, 0, sealed,
	    &clear);
	explicit_bzero(&o.key, sizeof o.key);
	if (have != f->bytes) {
		(void)fail(&o);
		return 503;
	}
	raw.p = clear;
	answer_raw(r, &raw);
	return 200;
}

struct file_opened *
file_open(struct req *r, int64_t file)
{
	const struct stored_file *f = NULL;
	struct file_opened *o = arena_take(r->mem, sizeof *o);

	(void)file_stored(r->db, &f, file);
	return f != NULL && open_file(r, f, o) == 0 ? o : NULL;
}

int64_t
file_size(const struct file_opened *o)
{
	return o->bytes;
}

long
file_read(struct file_opened *o, struct req *r, int64_t at, void *p, size_t n)
{
	struct arena_mark mark = arena_mark(r->mem);
	long have = read_some(o, r, at, p, n);

	arena_rewind(r->mem, mark);
	return have;
}

const unsigned char *
file_bytes(struct req *r, int64_t file, int64_t most)
{
	const struct stored_file *f = NULL;
	struct file_opened o;
	unsigned char *to;

	(void)file_stored(r->db, &f, file);
	if (f == NULL || f->bytes > most || open_file(r, f, &o) != 0)
		return NULL;
	to = arena_take(r->mem, (size_t)f->bytes + 1);
	for (int64_t at = 0; at < f->bytes;) {
		long n = read_some(&o, r, at, to + at, (size_t)(f->bytes - at));

		if (n <= 0)
			return NULL;
		at += n;
	}
	return to;
}

/* ---- sweeping ---- */

/* 1 when a file may have more chunks than were taken. */
static int
sweep_one(struct db *db, struct arena *mem, int64_t file)
{
	int more;

	db_begin(db, mem, 1);
	more = file_drop_chunks(db, file, CHUNKS_AT_ONCE) == CHUNKS_AT_ONCE;
	if (!more)
		(void)file_drop(db, file);
	return db_end(db) == DB_FINE && more;
}

static int
sweep(struct db *db, struct arena *mem, utc_ms now)
{
	struct unkept_file_rows rows;
	int more;

	db_begin(db, mem, 0);
	(void)file_unkept(db, &rows, now - FILE_UNKEPT_MINUTES * MINUTE_MS,
	    SWEPT_AT_ONCE);
	if (db_end(db) != DB_FINE)
		return 0;
	more = rows.set.n == SWEPT_AT_ONCE;
	for (size_t i = 0; i < rows.set.n; i++)
		more |= sweep_one(db, mem, unkept_file_at(&rows, i)->file);
	return more;
}

/* One key, from its generation to the newest; -1: it does not open. */
static int
rewrap_one(const struct settings *s, struct db *db, int newest,
    const struct stored_file *f)
{
	const struct file_what what = { *f->id, f->network, f->bytes, f->type };
	unsigned char wrapped[FILE_WRAPPED_BYTES];
	struct seal_key key;

	if (file_unwrap(s->file_keys, (int)f->generation, &what,
	    f->wrapped_key.p, f->wrapped_key.n, &key) != 0)
		return -1;
	if (file_wrap(s->file_keys, newest, &what, &key, wrapped) == 0)
		(void)file_rewrap(db, f->file, f->generation, newest,
		    (struct db_bytes){ wrapped, sizeof wrapped });
	explicit_bzero(&key, sizeof key);
	return 0;
}

static int
rewrap(const struct settings *s, struct db *db, struct arena *mem)
{
	int newest = file_newest(s->file_keys), failed = 0;
	struct stored_file_rows rows;

	if (newest < 0)
		return 0;
	db_begin(db, mem, 1);
	(void)file_older(db, &rows, newest, REWRAPPED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++)
		failed += rewrap_one(s, db, newest, stored_file_at(&rows, i)) != 0;
	if (failed > 0)
		log_line(LOG_ERROR, "keys of files do not open: is a generation "
		    "missing from file_keys_file?", NULL);
	return db_end(db) == DB_FINE && failed == 0 &&
	    rows.set.n == REWRAPPED_AT_ONCE;
}

int
file_tidy(const struct settings *s, struct db *db, struct arena *mem,
    utc_ms now)
{
	int more = sweep(db, mem, now);

	return rewrap(s, db, mem) || more;
}
