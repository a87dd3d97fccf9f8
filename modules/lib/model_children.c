/*
 * Joins children to the rows they belong to: a table of the parents' keys, one
 * pass that counts the children of each, one that lists them. The order of
 * neither side matters, and rows that come in the parents' order find their
 * parent without a look at the table.
 */
#include "model_own.h"

#include "arena.h"

enum { NO_GROUP = UINT32_MAX };

struct join_key {
	uint64_t a, b;
	int null;
};

struct join {
	struct arena *mem;
	uint32_t mask;		/* of the table, a power of two less one */
	uint32_t *table;	/* group + 1, or 0 */
	struct join_key *key;	/* of each group */
	struct model_rows *slice;	/* of each group */
	uint32_t groups;
};

static const struct db_col *
join_column(const struct db_row *row, const char *by)
{
	for (int i = 0; i < row->n; i++)
		if (strcmp(row->col[i].name, by) == 0) {
			enum db_kind kind = row->col[i].kind;

			if (kind != DB_KEY && kind != DB_REF && kind != DB_I64)
				model_misuse("children join by key, ref or i64", by);
			return &row->col[i];
		}
	model_misuse("no such column to join by", by);
}

static struct join_key
join_key(const struct db_col *col, const struct model_set *set, size_t i)
{
	const unsigned char *at = set->rows + i * set->row->size + col->at;
	struct join_key k = { 0, 0, 0 };

	if (col->kind == DB_REF) {
		const struct ref *ref = *(const struct ref *const *)(const void *)at;

		k.null = ref == NULL;
		if (ref != NULL) {
			memcpy(&k.a, ref->b, sizeof k.a);
			memcpy(&k.b, ref->b + sizeof k.a, sizeof k.b);
		}
	} else if (col->nullable) {
		const struct db_maybe *maybe = (const void *)at;

		k.null = !maybe->set;
		k.a = (uint64_t)maybe->v;
	} else {
		k.a = (uint64_t)*(const int64_t *)(const void *)at;
	}
	return k;
}

static int
same_key(const struct join_key *x, const struct join_key *y)
{
	return x->a == y->a && x->b == y->b;
}

/* The slot of the table that has this key's group, or is free for it. */
static uint32_t *
join_slot(const struct join *j, const struct join_key *k)
{
	uint64_t h = (k->a ^ (k->b * 31)) * 0x9e3779b97f4a7c15u;
	uint32_t at = (uint32_t)(h >> 32);

	for (;; at++) {
		uint32_t *slot = &j->table[at & j->mask];

		if (*slot == 0 || same_key(&j->key[*slot - 1], k))
			return slot;
	}
}

static void
join_start(struct join *j, size_t parents)
{
	size_t room = 16;

	while (room < parents * 2)
		room *= 2;
	j->mask = (uint32_t)room - 1;
	j->table = arena_take_many(j->mem, room, sizeof *j->table);
	j->key = arena_take_many(j->mem, parents, sizeof *j->key);
	j->slice = arena_take_many(j->mem, parents, sizeof *j->slice);
}

static uint32_t
join_parent(struct join *j, const struct join_key *k)
{
	uint32_t *slot = join_slot(j, k);

	if (*slot == 0) {
		j->key[j->groups] = *k;
		*slot = ++j->groups;
	}
	return *slot - 1;
}

/* Group of each child, and how many each group has. */
static uint32_t *
join_count(struct join *j, const struct model_set *set, const struct db_col *col)
{
	uint32_t *group = arena_take_many(j->mem, set->n, sizeof *group);
	uint32_t last = 0;

	for (size_t i = 0; i < set->n; i++) {
		struct join_key k = join_key(col, set, i);

		if (k.null) {
			group[i] = NO_GROUP;
			continue;
		}
		if (!same_key(&j->key[last], &k)) {
			uint32_t found = *join_slot(j, &k);

			group[i] = found == 0 ? NO_GROUP : found - 1;
		} else {
			group[i] = last;
		}
		if (group[i] != NO_GROUP) {
			last = group[i];
			j->slice[last].cap++;
		}
	}
	return group;
}

static void
join_list(struct join *j, struct model_set *set, const uint32_t *group)
{
	uint32_t *pick = arena_take_many(j->mem, set->n, sizeof *pick);

	for (uint32_t g = 0; g < j->groups; g++) {
		j->slice[g].set = set;
		j->slice[g].pick = pick;
		pick += j->slice[g].cap;
	}
	for (size_t i = 0; i < set->n; i++)
		if (group[i] != NO_GROUP) {
			struct model_rows *s = &j->slice[group[i]];

			((uint32_t *)s->pick)[s->n++] = (uint32_t)i;
		}
}

static void
join_rows(struct arena *mem, struct model_set *parent, struct model_set *set,
    const char *by, struct model_rows **of)
{
	const struct db_col *up = join_column(parent->row, by);
	const struct db_col *down = join_column(set->row, by);
	struct join j = { .mem = mem };
	uint32_t *group;

	if ((up->kind == DB_REF) != (down->kind == DB_REF))
		model_misuse("columns of two kinds", by);
	join_start(&j, parent->n);
	for (size_t i = 0; i < parent->n; i++) {
		struct join_key k = join_key(up, parent, i);

		if (!k.null)
			of[i] = &j.slice[join_parent(&j, &k)];
	}
	if (j.groups == 0)
		return;
	group = join_count(&j, set, down);
	join_list(&j, set, group);
}

/* The set that a path such as "entries.replies" names. */
static struct model_set *
find_set(struct model *m, const char *path)
{
	size_t n = strcspn(path, ".");
	struct value v = object_find(m, path, n, key_hash(path, n));
	struct model_set *set;

	if (v.kind != VALUE_ROWS)
		model_misuse("no rows to give children to", path);
	set = v.u.rows->set;
	while (path[n] == '.') {
		struct model_child *c = set->children;

		path += n + 1;
		n = strcspn(path, ".");
		while (c != NULL && (strncmp(c->key, path, n) != 0 || c->key[n] != '\0'))
			c = c->next;
		if (c == NULL)
			model_misuse("no children of this name", path);
		set = c->set;
	}
	return set;
}

static struct model_child *
take_child(struct model *m, struct model_set *parent, const char *key)
{
	struct model_child **at = &parent->children;

	for (int i = 0; parent->row != NULL && i < parent->row->n; i++)
		if (strcmp(parent->row->col[i].name, key) == 0)
			model_misuse("children named as a column", key);
	while (*at != NULL && strcmp((*at)->key, key) != 0)
		at = &(*at)->next;
	if (*at == NULL)
		*at = arena_take(m->mem, sizeof **at);
	(*at)->key = key;
	return *at;
}

void
put_children(struct model *m, const char *parent_key, const char *key,
    const struct db_set *from, const char *by)
{
	struct model_set *parent = find_set(m, parent_key);
	struct model_child *child = take_child(m, parent, key);
	struct model_rows *none = arena_take(m->mem, sizeof *none);

	child->set = none->set = take_set(m->mem, from);
	child->of = arena_take_many(m->mem, parent->n, sizeof(struct model_rows *));
	if (parent->n > 0 && from->n > 0)
		join_rows(m->mem, parent, child->set, by, child->of);
	for (size_t i = 0; i < parent->n; i++)
		if (child->of[i] == NULL)
			child->of[i] = none;
}
