/* A model as JSON (RFC 8259); ids are hexadecimal, instants RFC 3339 in UTC. */
#include "model_own.h"
#include "text.h"

static void write_value(const struct value *, struct buf *);

/* `"key":`, after a comma unless it is the first. Keys are snake_case. */
static void
write_key(struct buf *b, int *first, const char *key, size_t n)
{
	buf_puts(b, *first ? "\"" : ",\"");
	*first = 0;
	buf_put(b, key, n);
	buf_put(b, "\":", 2);
}

static void
write_object(const struct model *m, struct buf *b)
{
	int first = 1;

	if (m->n > 0 && strcmp(m->v[0].key, ".") == 0) {
		write_value(&m->v[0].value, b);
		return;
	}
	buf_putc(b, '{');
	for (size_t i = 0; i < m->n; i++) {
		write_key(b, &first, m->v[i].key, strlen(m->v[i].key));
		write_value(&m->v[i].value, b);
	}
	buf_putc(b, '}');
}

static void
write_group(const struct model_set *set, const unsigned char *p,
    const struct place *g, struct buf *b, int *first)
{
	const struct db_row *row = set->row;

	for (int i = g->from, end; i < g->to; i = end) {
		const struct db_col *col = &row->col[i];
		const char *name = col->name + g->skip;
		const char *mark = set->grouped[i] ? strstr(name, "__") : NULL;
		struct place in = { .from = i };
		int nothing = 1;

		end = i + 1;
		if (col->kind == DB_KEY)
			continue;
		if (mark != NULL) {
			in.skip = (int)(mark + 2 - col->name);
			in.to = end = group_end(row, i, g->to, g->skip);
			write_key(b, first, name, (size_t)(mark - name));
			if (group_null(row, p, i, end)) {
				buf_puts(b, "null");
				continue;
			}
			buf_putc(b, '{');
			write_group(set, p, &in, b, &nothing);
			buf_putc(b, '}');
		} else {
			struct value v;

			column_value(col, p, &v);
			write_key(b, first, name, strlen(name));
			write_value(&v, b);
		}
	}
}

static void
write_row(const struct model_set *set, size_t i, struct buf *b)
{
	struct place all = { .to = set->row->n };
	int first = 1;

	buf_putc(b, '{');
	write_group(set, set->rows + i * set->row->size, &all, b, &first);
	for (const struct model_child *c = set->children; c != NULL; c = c->next) {
		struct value v = { VALUE_ROWS, { .rows = c->of[i] } };

		write_key(b, &first, c->key, strlen(c->key));
		write_value(&v, b);
	}
	buf_putc(b, '}');
}

static void
write_rows(const struct model_rows *rows, struct buf *b)
{
	buf_putc(b, '[');
	for (size_t i = 0; i < rows->n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		if (rows->set == NULL)
			write_object(rows->item[i], b);
		else
			write_row(rows->set, rows->pick == NULL ? i :
			    rows->pick[i], b);
	}
	buf_putc(b, ']');
}

static void
write_quoted(struct buf *b, const char *plain)
{
	buf_putc(b, '"');
	buf_puts(b, plain);
	buf_putc(b, '"');
}

static void
write_value(const struct value *v, struct buf *b)
{
	char text[INSTANT_TEXT], hex[REF_HEX];

	switch (v->kind) {
	case VALUE_NONE:
	case VALUE_NULL:
		buf_puts(b, "null");
		break;
	case VALUE_TEXT:
		buf_json(b, v->u.text, strlen(v->u.text));
		break;
	case VALUE_I64:
		buf_i64(b, v->u.n);
		break;
	case VALUE_TENTHS:
		buf_tenths(b, v->u.n);
		break;
	case VALUE_BOOL:
		buf_puts(b, v->u.n != 0 ? "true" : "false");
		break;
	case VALUE_UTC:
		write_quoted(b, instant_iso(v->u.n, text));
		break;
	case VALUE_DATE:
		write_quoted(b, date_iso((civil_date)v->u.n, text));
		break;
	case VALUE_REF:
		write_quoted(b, ref_hex(v->u.ref, hex));
		break;
	case VALUE_OBJECT:
		write_object(v->u.scope.object, b);
		break;
	case VALUE_ROWS:
	case VALUE_ITEMS:
		write_rows(v->u.rows, b);
		break;
	}
}

void
model_json(const struct model *m, struct buf *b)
{
	write_object(m, b);
}
