#include "store.h"

#include "arena.h"
#include "log.h"

#include <errno.h>
#include <lmdb.h>
#include <sys/stat.h>

enum {
	READERS = 300,		/* threads at most 256, and those beside them */
	TEXT_BYTES = 500	/* of what a name is made of */
};

struct store {
	MDB_env *env;
	MDB_dbi dbi;
	struct seal_key names, values;
};

struct store_unit {
	struct store *store;
	MDB_txn *txn;
	int failed;		/* LMDB's first error */
};

static int
complain(const char *what, int error)
{
	log_line(LOG_ERROR, "local copy", "step", what, "reason",
	    mdb_strerror(error), NULL);
	return -1;
}

/* Slots of readers that died with an earlier process are cleared, too. */
static int
open_env(struct store *s, const char *folder, size_t bytes_max)
{
	MDB_txn *txn;
	int dead, error = mdb_env_create(&s->env);

	if (error != 0)
		return error;
	if ((error = mdb_env_set_mapsize(s->env, bytes_max)) != 0 ||
	    (error = mdb_env_set_maxreaders(s->env, READERS)) != 0 ||
	    (error = mdb_env_open(s->env, folder, MDB_NOTLS | MDB_NORDAHEAD,
	    0600)) != 0 ||
	    (error = mdb_reader_check(s->env, &dead)) != 0 ||
	    (error = mdb_txn_begin(s->env, NULL, 0, &txn)) != 0)
		return error;
	if ((error = mdb_dbi_open(txn, NULL, 0, &s->dbi)) != 0) {
		mdb_txn_abort(txn);
		return error;
	}
	return mdb_txn_commit(txn);
}

struct store *
store_open(const char *folder, size_t bytes_max, const struct seal_key *key,
    char *why, size_t why_bytes)
{
	struct store *s = calloc(1, sizeof *s);
	int error = 0;

	if (s == NULL)
		abort();
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		error = errno;
	if (error == 0)
		error = open_env(s, folder, bytes_max);
	if (error != 0) {
		(void)snprintf(why, why_bytes, "the local copy in %s: %s",
		    folder, mdb_strerror(error));
		store_close(s);
		return NULL;
	}
	seal_derive(key, "emergency copy names", &s->names);
	seal_derive(key, "emergency copy values", &s->values);
	return s;
}

void
store_close(struct store *s)
{
	if (s->env != NULL)
		mdb_env_close(s->env);
	explicit_bzero(s, sizeof *s);
	free(s);
}

struct store_unit *
store_begin(struct store *s, int write)
{
	struct store_unit *u = calloc(1, sizeof *u);
	int error;

	if (u == NULL)
		abort();
	u->store = s;
	error = mdb_txn_begin(s->env, NULL, write ? 0 : MDB_RDONLY, &u->txn);
	if (error == 0)
		return u;
	(void)complain("begin", error);
	free(u);
	return NULL;
}

int
store_end(struct store_unit *u, int keep)
{
	int error = u->failed;

	if (keep && error == 0)
		error = mdb_txn_commit(u->txn);
	else
		mdb_txn_abort(u->txn);
	free(u);
	return keep && error != 0 ? complain("commit", error) : 0;
}

/* ---- names ---- */

static void
digest(const struct store *s, char kind, const void *p, size_t n,
    const void *q, size_t m, unsigned char out[SHA256_BYTES])
{
	unsigned char text[3 + 2 * TEXT_BYTES];
	size_t at = 0;

	if (n > TEXT_BYTES || m > TEXT_BYTES)
		abort();
	text[at++] = (unsigned char)kind;
	text[at++] = (unsigned char)(n >> 8);
	text[at++] = (unsigned char)n;
	memcpy(text + at, p, n);
	at += n;
	if (m > 0)
		memcpy(text + at, q, m);
	seal_hmac(&s->names, text, at + m, out);
}

struct store_name
store_name(const struct store *s, char kind, const void *head, size_t head_n,
    const void *tail, size_t tail_n)
{
	struct store_name name = { .b = { (unsigned char)kind } };
	unsigned char d[SHA256_BYTES];

	digest(s, kind, head, head_n, NULL, 0, d);
	memcpy(name.b + 1, d, STORE_HEAD);
	if (tail_n == 0)
		return name;
	/* Of the head, too: one thing has another tail under each. */
	digest(s, kind, head, head_n, tail, tail_n, d);
	memcpy(name.b + 1 + STORE_HEAD, d, STORE_TAIL);
	return name;
}

struct store_name
store_numbered(char kind, uint64_t n)
{
	struct store_name name = { .b = { (unsigned char)kind } };

	for (int i = 0; i < 8; i++)
		name.b[1 + i] = (unsigned char)(n >> (56 - 8 * i));
	return name;
}

uint64_t
store_number(const struct store_name *name)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | name->b[1 + i];
	return n;
}

/* ---- values ---- */

static MDB_val
key_of(const struct store_name *name)
{
	return (MDB_val){ sizeof name->b, (void *)(uintptr_t)name->b };
}

static struct db_bytes
unsealed(struct store_unit *u, const struct store_name *name, const MDB_val *v,
    struct arena *mem)
{
	unsigned char *p;

	if (v->mv_size < SEAL_EXTRA_BYTES)
		return (struct db_bytes){ 0 };
	p = arena_take(mem, v->mv_size);
	if (seal_open(&u->store->values, name->b, sizeof name->b, v->mv_data,
	    v->mv_size, p) != 0) {
		log_line(LOG_ERROR, "local copy: altered, left out", NULL);
		return (struct db_bytes){ 0 };
	}
	return (struct db_bytes){ p, v->mv_size - SEAL_EXTRA_BYTES };
}

struct db_bytes
store_get(struct store_unit *u, const struct store_name *name,
    struct arena *mem)
{
	MDB_val key = key_of(name), v;

	if (mdb_get(u->txn, u->store->dbi, &key, &v) != 0)
		return (struct db_bytes){ 0 };
	return unsealed(u, name, &v, mem);
}

static int
is_there(struct store_unit *u, const struct store_name *name, const void *p,
    size_t n)
{
	MDB_val key = key_of(name), v;
	unsigned char *was;
	int same;

	if (mdb_get(u->txn, u->store->dbi, &key, &v) != 0 ||
	    v.mv_size != n + SEAL_EXTRA_BYTES)
		return 0;
	was = malloc(v.mv_size);
	if (was == NULL)
		abort();
	same = seal_open(&u->store->values, name->b, sizeof name->b, v.mv_data,
	    v.mv_size, was) == 0 && memcmp(was, p, n) == 0;
	explicit_bzero(was, v.mv_size);
	free(was);
	return same;
}

void
store_put(struct store_unit *u, const struct store_name *name, const void *p,
    size_t n)
{
	MDB_val key = key_of(name), v = { n + SEAL_EXTRA_BYTES, NULL };
	int error;

	if (u->failed != 0 || is_there(u, name, p, n))
		return;
	/* Sealed into the page itself: no copy of it in memory. */
	error = mdb_put(u->txn, u->store->dbi, &key, &v, MDB_RESERVE);
	if (error == 0)
		seal_close(&u->store->values, name->b, sizeof name->b, p, n,
		    v.mv_data);
	else
		u->failed = error;
}

void
store_drop(struct store_unit *u, const struct store_name *name)
{
	MDB_val key = key_of(name);
	int error;

	if (u->failed != 0)
		return;
	error = mdb_del(u->txn, u->store->dbi, &key, NULL);
	if (error != 0 && error != MDB_NOTFOUND)
		u->failed = error;
}

int
store_each(struct store_unit *u, const struct store_name *name, size_t n,
    struct arena *mem, int (*each)(void *of, const struct store_name *,
    struct db_bytes), void *of)
{
	struct store_name at = { 0 };
	MDB_val key = { sizeof at.b, at.b }, v;
	MDB_cursor *c;
	int said = 0;

	if (mdb_cursor_open(u->txn, u->store->dbi, &c) != 0)
		return 0;
	memcpy(at.b, name->b, n);
	while (said == 0 && mdb_cursor_get(c, &key, &v, MDB_SET_RANGE) == 0 &&
	    key.mv_size == sizeof at.b && memcmp(key.mv_data, name->b, n) == 0) {
		struct db_bytes value;

		memcpy(at.b, key.mv_data, sizeof at.b);
		value = unsealed(u, &at, &v, mem);
		if (value.p != NULL)
			said = each(of, &at, value);
		/* The next name; what stood here may be gone. */
		for (size_t i = sizeof at.b; i > 0 && ++at.b[i - 1] == 0; i--)
			;
		key = (MDB_val){ sizeof at.b, at.b };
	}
	mdb_cursor_close(c);
	return said;
}

void
store_clear(struct store_unit *u, const char *but)
{
	MDB_cursor *c;
	MDB_val key, v;
	int error = mdb_cursor_open(u->txn, u->store->dbi, &c);

	while (error == 0 && (error = mdb_cursor_get(c, &key, &v, MDB_NEXT)) ==
	    0) {
		char kind = *(const char *)key.mv_data;

		if (strchr(but, kind) == NULL)
			error = mdb_cursor_del(c, 0);
	}
	mdb_cursor_close(c);
	if (error != MDB_NOTFOUND)
		u->failed = error;
}
