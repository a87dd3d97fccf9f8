/* Looking up keys in a model: objects, columns of rows, children. */
#include "model_own.h"

struct value
object_find(const struct model *m, const char *name, size_t n, uint32_t hash)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].hash == hash && strncmp(m->v[i].key, name, n) == 0 &&
		    m->v[i].key[n] == '\0')
			return m->v[i].value;
	return (struct value){ .kind = VALUE_NONE };
}

static struct place
child_find(const struct scope *s, const char *name, size_t n)
{
	const struct model_child *c = s->rows->set->children;

	for (; s->skip == 0 && c != NULL; c = c->next)
		if (strncmp(c->key, name, n) == 0 && c->key[n] == '\0')
			return (struct place){ .kind = PLACE_CHILD, .child = c };
	return (struct place){ .kind = PLACE_NONE };
}

struct place
row_find(const struct scope *s, const char *name, size_t n)
{
	const struct db_row *row = s->rows->set->row;

	for (int i = s->from; i < s->to; i++) {
		const char *col = row->col[i].name + s->skip;

		if (row->col[i].kind == DB_KEY || strncmp(col, name, n) != 0)
			continue;
		if (col[n] == '\0')
			return (struct place){ .kind = PLACE_COLUMN, .from = i };
		if (col[n] == '_' && col[n + 1] == '_')
			return (struct place){ .kind = PLACE_GROUP, .from = i,
			    .to = group_end(row, i, s->to, s->skip),
			    .skip = s->skip + (int)n + 2 };
	}
	return child_find(s, name, n);
}

int
group_null(const struct db_row *row, const unsigned char *p, int from, int to)
{
	for (int i = from; i < to; i++) {
		struct value v;

		column_value(&row->col[i], p, &v);
		if (v.kind != VALUE_NULL && v.kind != VALUE_NONE)
			return 0;
	}
	return 1;
}

void
row_value(const struct scope *s, const struct place *p, struct value *v)
{
	const struct model_set *set = s->rows->set;
	size_t i = scope_index(s);
	const unsigned char *row;

	v->kind = VALUE_NONE;
	if (p->kind == PLACE_NONE)
		return;
	if (p->kind == PLACE_CHILD) {
		v->kind = VALUE_ROWS;
		v->u.rows = p->child->of[i];
		return;
	}
	row = set->rows + i * set->row->size;
	if (p->kind == PLACE_COLUMN) {
		column_value(&set->row->col[p->from], row, v);
		return;
	}
	v->kind = group_null(set->row, row, p->from, p->to) ? VALUE_NULL :
	    VALUE_OBJECT;
	v->u.scope = *s;
	v->u.scope.from = p->from;
	v->u.scope.to = p->to;
	v->u.scope.skip = p->skip;
}

struct value
scope_find(const struct scope *s, const char *key)
{
	struct scope at = *s;

	for (;;) {
		size_t n = strcspn(key, ".");
		struct value v;

		if (at.object != NULL) {
			v = object_find(at.object, key, n, key_hash(key, n));
		} else {
			struct place p = row_find(&at, key, n);

			row_value(&at, &p, &v);
		}
		if (key[n] == '\0')
			return v;
		if (v.kind == VALUE_NULL)
			return v;
		if (v.kind != VALUE_OBJECT)
			return (struct value){ .kind = VALUE_NONE };
		at = v.u.scope;
		key += n + 1;
	}
}

size_t
value_count(const struct value *v)
{
	return v->kind == VALUE_ROWS || v->kind == VALUE_ITEMS ?
	    v->u.rows->n : 0;
}

struct scope
value_at(const struct value *v, size_t i)
{
	const struct model_rows *rows = v->u.rows;

	if (rows->set == NULL)
		return (struct scope){ .object = rows->item[i], .rows = rows,
		    .i = i };
	return (struct scope){ .rows = rows, .i = i, .to = rows->set->row->n };
}
