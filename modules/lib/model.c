/*
 * What a handler says: objects of keys, arrays of rows and items. Rows are not
 * copied: a set stays as the statement left it and is read by its columns.
 */
#include "model_own.h"

#include "arena.h"

enum { FIRST_ROOM = 16 };	/* keys of an object, items of an array */

_Noreturn void
model_misuse(const char *why, const char *what)
{
	fprintf(stderr, "model: %s: %s\n", why, what);
	abort();
}

uint32_t
key_hash(const char *key, size_t n)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)key[i]) * 16777619u;
	return h;
}

struct model *
model_new(struct arena *mem)
{
	struct model *m = arena_take(mem, sizeof *m);

	m->mem = mem;
	return m;
}

struct scope
model_scope(const struct model *m)
{
	return (struct scope){ .object = m };
}

static struct model_key *
find_key(const struct model *m, const char *name, size_t n, uint32_t hash)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].hash == hash && strlen(m->v[i].key) == n &&
		    memcmp(m->v[i].key, name, n) == 0)
			return &m->v[i];
	return NULL;
}

/* Grows by doubling; the arena forgets the old room with the request. */
static void *
grow(struct arena *mem, void *old, size_t n, size_t *cap, size_t size)
{
	void *p;

	*cap = *cap == 0 ? FIRST_ROOM : *cap * 2;
	p = arena_take_many(mem, *cap, size);
	if (n > 0)
		memcpy(p, old, n * size);
	return p;
}

static void
put(struct model *m, const char *key, struct value value)
{
	size_t n = strlen(key);
	uint32_t hash = key_hash(key, n);
	struct model_key *k = find_key(m, key, n, hash);

	if (k == NULL) {
		if (m->n == m->cap)
			m->v = grow(m->mem, m->v, m->n, &m->cap, sizeof *m->v);
		k = &m->v[m->n++];
		k->key = key;
		k->hash = hash;
	}
	k->value = value;
}

void
put_text(struct model *m, const char *key, const char *text)
{
	put(m, key, text == NULL ? (struct value){ .kind = VALUE_NULL } :
	    (struct value){ VALUE_TEXT, { .text = text } });
}

void
put_i64(struct model *m, const char *key, int64_t n)
{
	put(m, key, (struct value){ VALUE_I64, { .n = n } });
}

void
put_tenths(struct model *m, const char *key, int64_t n)
{
	put(m, key, (struct value){ VALUE_TENTHS, { .n = n } });
}

void
put_bool(struct model *m, const char *key, int yes)
{
	put(m, key, (struct value){ VALUE_BOOL, { .n = yes != 0 } });
}

void
put_utc(struct model *m, const char *key, utc_ms at)
{
	put(m, key, (struct value){ VALUE_UTC, { .n = at } });
}

void
put_date(struct model *m, const char *key, civil_date day)
{
	put(m, key, (struct value){ VALUE_DATE, { .n = day } });
}

/* Copies: a ref may stand on the handler's stack. */
void
put_ref(struct model *m, const char *key, const struct ref *ref)
{
	struct value v = { .kind = VALUE_NULL };

	if (ref != NULL) {
		v.kind = VALUE_REF;
		v.u.ref = memcpy(arena_take(m->mem, sizeof *ref), ref,
		    sizeof *ref);
	}
	put(m, key, v);
}

void
put_id(struct model *m, const struct ref *ref)
{
	put_ref(m, "id", ref);
}

struct model *
put_object(struct model *m, const char *key)
{
	struct model *o = model_new(m->mem);

	put(m, key, (struct value){ VALUE_OBJECT, { .scope = { .object = o } } });
	return o;
}

static struct model_rows *
items_of(struct model *m, const char *key)
{
	size_t n = strlen(key);
	struct model_key *k = find_key(m, key, n, key_hash(key, n));
	struct model_rows *items;

	if (k != NULL && k->value.kind == VALUE_ITEMS)
		return (struct model_rows *)k->value.u.rows;
	items = arena_take(m->mem, sizeof *items);
	put(m, key, (struct value){ VALUE_ITEMS, { .rows = items } });
	return items;
}

struct model *
put_item(struct model *m, const char *array_key)
{
	struct model_rows *items = items_of(m, array_key);

	if (items->n == items->cap)
		items->item = grow(m->mem, items->item, items->n, &items->cap,
		    sizeof(struct model *));
	items->item[items->n] = model_new(m->mem);
	return items->item[items->n++];
}

void
put_items(struct model *m, const char *array_key)
{
	(void)items_of(m, array_key);
}

/* ---- rows ---- */

int
group_end(const struct db_row *row, int from, int to, int skip)
{
	const char *name = row->col[from].name;
	const char *mark = strstr(name + skip, "__");
	size_t n = mark == NULL ? 0 : (size_t)(mark + 2 - name);
	int end = from + 1;

	while (n > 0 && end < to && strncmp(row->col[end].name, name, n) == 0)
		end++;
	return end;
}

static void
check_column(const struct db_row *row, int i)
{
	const struct db_col *c = &row->col[i];
	const char *mark = strstr(c->name, "__");
	int end;

	if (c->kind == DB_BYTES)
		model_misuse("bytes are not rendered", c->name);
	if (mark == NULL)
		return;
	end = group_end(row, i, row->n, 0);
	for (int k = end; k < row->n; k++)
		if (strncmp(row->col[k].name, c->name,
		    (size_t)(mark + 2 - c->name)) == 0)
			model_misuse("columns of one prefix stand apart", c->name);
}

struct model_set *
take_set(struct arena *mem, const struct db_set *from)
{
	struct model_set *set = arena_take(mem, sizeof *set);
	unsigned char *grouped;

	set->row = from->row;
	set->rows = from->rows;
	set->n = from->n;
	if (set->row == NULL)
		return set;
	grouped = arena_take(mem, (size_t)set->row->n);
	for (int i = 0; i < set->row->n; i++) {
		check_column(set->row, i);
		grouped[i] = strstr(set->row->col[i].name, "__") != NULL;
	}
	set->grouped = grouped;
	return set;
}

void
put_rows(struct model *m, const char *key, const struct db_set *from)
{
	struct model_rows *rows = arena_take(m->mem, sizeof *rows);

	rows->set = take_set(m->mem, from);
	rows->n = from->n;
	put(m, key, (struct value){ VALUE_ROWS, { .rows = rows } });
}

static void
number_value(const struct db_col *col, const unsigned char *at,
    enum value_kind kind, struct value *v)
{
	v->kind = kind;
	if (col->nullable) {
		const struct db_maybe *maybe = (const void *)at;

		v->u.n = maybe->v;
		if (!maybe->set)
			v->kind = VALUE_NULL;
	} else if (col->kind == DB_BOOL) {
		v->u.n = *(const int *)(const void *)at;
	} else if (col->kind == DB_DATE) {
		v->u.n = *(const civil_date *)(const void *)at;
	} else {
		v->u.n = *(const int64_t *)(const void *)at;
	}
}

void
column_value(const struct db_col *col, const unsigned char *row,
    struct value *v)
{
	static const enum value_kind number[] = {
		[DB_I64] = VALUE_I64, [DB_BOOL] = VALUE_BOOL,
		[DB_UTC] = VALUE_UTC, [DB_DATE] = VALUE_DATE
	};
	const unsigned char *at = row + col->at;

	switch (col->kind) {
	case DB_TEXT:
		v->u.text = *(const char *const *)(const void *)at;
		v->kind = v->u.text == NULL ? VALUE_NULL : VALUE_TEXT;
		break;
	case DB_REF:
		v->u.ref = *(const struct ref *const *)(const void *)at;
		v->kind = v->u.ref == NULL ? VALUE_NULL : VALUE_REF;
		break;
	case DB_KEY:
	case DB_BYTES:
		v->kind = VALUE_NONE;
		break;
	default:
		number_value(col, at, number[col->kind], v);
	}
}

static void put_columns(struct model *, const struct db_row *,
    const unsigned char *, int from, int to, int skip);

static void
put_group(struct model *m, const struct db_row *row, const unsigned char *p,
    int from, int to, int skip)
{
	const char *name = row->col[from].name + skip;
	size_t n = (size_t)(strstr(name, "__") - name);
	const char *key = arena_copy(m->mem, name, n);

	if (group_null(row, p, from, to))
		put_text(m, key, NULL);
	else
		put_columns(put_object(m, key), row, p, from, to,
		    skip + (int)n + 2);
}

/* Columns from..to-1 as keys of `m`; a prefix becomes an object. */
static void
put_columns(struct model *m, const struct db_row *row, const unsigned char *p,
    int from, int to, int skip)
{
	while (from < to) {
		const struct db_col *col = &row->col[from];
		const char *name = col->name + skip, *mark = strstr(name, "__");
		int end = from + 1;
		struct value v;

		if (col->kind != DB_KEY && mark != NULL) {
			end = group_end(row, from, to, skip);
			put_group(m, row, p, from, end, skip);
		} else if (col->kind != DB_KEY) {
			column_value(col, p, &v);
			put(m, name, v);
		}
		from = end;
	}
}

void
put_row(struct model *m, const char *key, const struct db_row *row,
    const void *p)
{
	if (p == NULL) {
		if (key != NULL)
			put_text(m, key, NULL);
		return;
	}
	for (int i = 0; i < row->n; i++)
		check_column(row, i);
	put_columns(key == NULL ? m : put_object(m, key), row, p, 0, row->n, 0);
}
