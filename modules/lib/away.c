#include "away.h"

#include "arena.h"
#include "bytes.h"
#include "event_sql.h"
#include "idempotency_sql.h"
#include "text.h"

#define ABSENT UINT32_MAX

static int
is_text(enum db_kind kind)
{
	return kind == DB_TEXT || kind == DB_BYTES || kind == DB_REF;
}

/* ---- acts ---- */

static union db_val
copy_value(struct arena *mem, enum db_kind kind, const union db_val *v)
{
	union db_val to = *v;

	if (kind == DB_TEXT)
		to.text = arena_text(mem, v->text);
	else if (kind == DB_REF && v->ref != NULL)
		to.ref = (const struct ref *)arena_copy(mem, v->ref, REF_BYTES);
	else if (kind == DB_BYTES && v->bytes.p != NULL)
		to.bytes.p = (unsigned char *)arena_copy(mem, v->bytes.p,
		    v->bytes.n);
	return to;
}

void
acts_add(struct acts *acts, struct arena *mem, const struct db_query *q,
    const union db_val *in)
{
	struct act *act = arena_take(mem, sizeof *act);
	union db_val *values = arena_take_many(mem, (size_t)q->nparam + 1,
	    sizeof *values);

	for (int i = 0; i < q->nparam; i++)
		values[i] = copy_value(mem, q->param[i].kind, &in[i]);
	act->query = q;
	act->in = values;
	if (acts->first == NULL)
		acts->end = &acts->first;
	*acts->end = act;
	acts->end = &act->next;
}

/* ---- writing ---- */

static void
write_u32(struct buf *b, uint32_t n)
{
	unsigned char le[4];

	put_le32(le, n);
	buf_put(b, (const char *)le, sizeof le);
}

static void
write_number(struct buf *b, int set, int64_t v)
{
	unsigned char le[8];

	put_le64(le, (uint64_t)v);
	buf_putc(b, set ? 1 : 0);
	buf_put(b, (const char *)le, sizeof le);
}

/* With a NUL behind it, so that a text can be used where it lies. */
static void
write_text(struct buf *b, const void *p, size_t n)
{
	write_u32(b, p == NULL ? ABSENT : (uint32_t)n);
	if (p == NULL)
		return;
	buf_put(b, p, n);
	buf_putc(b, '\0');
}

static void
write_texts(struct buf *b, enum db_kind kind, const union db_val *v)
{
	if (kind == DB_TEXT)
		write_text(b, v->text, v->text == NULL ? 0 : strlen(v->text));
	else if (kind == DB_REF)
		write_text(b, v->ref, REF_BYTES);
	else
		write_text(b, v->bytes.p, v->bytes.n);
}

static void
write_column(struct buf *b, const struct db_col *col, const void *at)
{
	union db_val v = { 0 };

	if (is_text(col->kind)) {
		memcpy(&v, at, col->kind == DB_BYTES ? sizeof v.bytes :
		    sizeof v.text);
		write_texts(b, col->kind, &v);
	} else if (col->nullable) {
		const struct db_maybe *m = at;

		write_number(b, m->set, m->v);
	} else if (col->kind == DB_BOOL) {
		write_number(b, 1, *(const int *)at);
	} else if (col->kind == DB_DATE) {
		write_number(b, 1, *(const civil_date *)at);
	} else {
		write_number(b, 1, *(const int64_t *)at);
	}
}

void
rows_write(struct buf *b, const struct db_row *row, const struct db_set *set)
{
	write_u32(b, (uint32_t)set->n);
	for (size_t i = 0; i < set->n; i++)
		for (int c = 0; c < row->nwire; c++)
			write_column(b, &row->col[c],
			    (const char *)set->rows + i * row->size +
			    row->col[c].at);
}

void
act_write(struct buf *b, const struct act *act)
{
	const struct db_query *q = act->query;

	write_text(b, q->name, strlen(q->name));
	write_u32(b, (uint32_t)q->nparam);
	for (int i = 0; i < q->nparam; i++) {
		const struct db_param *p = &q->param[i];
		const union db_val *v = &act->in[i];

		if (is_text(p->kind))
			write_texts(b, p->kind, v);
		else if (p->nullable)
			write_number(b, v->maybe.set, v->maybe.v);
		else
			write_number(b, 1, v->i64);
	}
}

/* ---- reading ---- */

struct reading {
	const unsigned char *p, *end;
	int bad;
};

static const unsigned char *
take(struct reading *r, size_t n)
{
	const unsigned char *p = r->p;

	if (r->bad || (size_t)(r->end - p) < n) {
		r->bad = 1;
		return NULL;
	}
	r->p += n;
	return p;
}

static uint32_t
read_u32(struct reading *r)
{
	const unsigned char *p = take(r, 4);

	return p == NULL ? 0 : get_le32(p);
}

static struct db_maybe
read_number(struct reading *r)
{
	const unsigned char *p = take(r, 9);

	return p == NULL ? (struct db_maybe){ 0 } :
	    (struct db_maybe){ p[0] != 0, (int64_t)get_le64(p + 1) };
}

static struct db_bytes
read_text(struct reading *r)
{
	uint32_t n = read_u32(r);
	const unsigned char *p;

	if (n == ABSENT)
		return (struct db_bytes){ 0 };
	p = take(r, (size_t)n + 1);
	if (p == NULL || p[n] != '\0') {
		r->bad = 1;
		return (struct db_bytes){ 0 };
	}
	return (struct db_bytes){ p, n };
}

static void
read_column(struct reading *r, const struct db_col *col, void *at)
{
	if (is_text(col->kind)) {
		struct db_bytes t = read_text(r);

		if (t.p == NULL ? !col->nullable :
		    col->kind == DB_REF && t.n != REF_BYTES)
			r->bad = 1;
		if (col->kind == DB_BYTES)
			*(struct db_bytes *)at = t;
		else
			*(const void **)at = t.p;
		return;
	}
	struct db_maybe m = read_number(r);

	if (col->nullable)
		*(struct db_maybe *)at = m;
	else if (col->kind == DB_BOOL)
		*(int *)at = m.v != 0;
	else if (col->kind == DB_DATE)
		*(civil_date *)at = (civil_date)m.v;
	else
		*(int64_t *)at = m.v;
}

int
rows_read(const unsigned char **p, const unsigned char *end,
    const struct db_row *row, struct arena *mem, struct db_set *out)
{
	struct reading r = { *p, end, 0 };
	size_t n = read_u32(&r);
	char *rows;

	if (r.bad || n > (size_t)(end - r.p))
		return -1;
	rows = arena_take_many(mem, n + 1, row->size);
	for (size_t i = 0; i < n && !r.bad; i++)
		for (int c = 0; c < row->nwire; c++)
			read_column(&r, &row->col[c],
			    rows + i * row->size + row->col[c].at);
	if (r.bad)
		return -1;
	*out = (struct db_set){ rows, n, row };
	*p = r.p;
	return 0;
}

/* What lib says in the same unit of work. */
static const struct db_query *const *const own_lists[] = {
	event_queries, idempotency_queries, NULL
};

static const struct db_query *
find_query(const struct db_query *const *const *lists, const char *name)
{
	for (; *lists != NULL; lists++)
		for (const struct db_query *const *q = *lists; *q != NULL; q++)
			if (strcmp((*q)->name, name) == 0)
				return *q;
	return NULL;
}

static union db_val
read_value(struct reading *r, const struct db_param *p)
{
	union db_val v = { 0 };

	if (is_text(p->kind)) {
		struct db_bytes t = read_text(r);

		if (p->kind == DB_BYTES)
			v.bytes = t;
		else
			v.text = (const char *)t.p;
		return v;
	}
	struct db_maybe m = read_number(r);

	if (p->nullable)
		v.maybe = m;
	else
		v.i64 = m.v;
	return v;
}

int
act_read(const unsigned char **p, const unsigned char *end,
    const struct db_query *const *const *lists, struct arena *mem,
    struct act *out)
{
	struct reading r = { *p, end, 0 };
	struct db_bytes name = read_text(&r);
	const struct db_query *q = NULL;
	union db_val *in;

	if (name.p != NULL)
		q = find_query(lists, (const char *)name.p);
	if (name.p != NULL && q == NULL)
		q = find_query(own_lists, (const char *)name.p);
	if (q == NULL || read_u32(&r) != (uint32_t)q->nparam)
		return -1;
	in = arena_take_many(mem, (size_t)q->nparam + 1, sizeof *in);
	for (int i = 0; i < q->nparam; i++)
		in[i] = read_value(&r, &q->param[i]);
	if (r.bad)
		return -1;
	*out = (struct act){ .query = q, .in = in };
	*p = r.p;
	return 0;
}
