/* Inside of a model: for model.c, json.c and the renderer of pages only. */
#ifndef MODEL_OWN_H
#define MODEL_OWN_H

#include "db_query.h"
#include "model.h"

struct model_key {
	const char *key;
	uint32_t hash;
	struct value value;
};

struct model {
	struct arena *mem;
	size_t n, cap;
	struct model_key *v;
};

/* All rows of one statement. Children belong to it: slices share them. */
struct model_set {
	const struct db_row *row;	/* NULL only if n is 0 */
	const unsigned char *rows;
	size_t n;
	const unsigned char *grouped;	/* which columns' names have a prefix */
	struct model_child *children;
};

/* An array: all rows of a set, some of them, or items. */
struct model_rows {
	struct model_set *set;		/* NULL: items */
	const uint32_t *pick;		/* which rows of the set; NULL: all */
	size_t n, cap;
	struct model **item;
};

struct model_child {
	struct model_child *next;
	const char *key;
	struct model_set *set;		/* the children */
	struct model_rows **of;		/* one a row of the parents' set */
};

/* What a key is in a row; the same for every row of a set. */
struct place {
	enum { PLACE_NONE, PLACE_COLUMN, PLACE_GROUP, PLACE_CHILD } kind;
	int from, to, skip;		/* COLUMN: `from` alone */
	const struct model_child *child;
};

/* Hash of a key, as in struct model_key. */
uint32_t key_hash(const char *key, size_t n);

/* Says why and aborts: a mistake of the program, not of its data. */
_Noreturn void model_misuse(const char *why, const char *what);

/* One name (no dots) in an object; VALUE_NONE if absent. */
struct value object_find(const struct model *, const char *name, size_t n,
    uint32_t hash);

/* One name in the columns and children of a row. */
struct place row_find(const struct scope *, const char *name, size_t n);

/* What stands there in the scope's row. */
void row_value(const struct scope *, const struct place *, struct value *);

/* The place of the row in its set. */
static inline size_t
scope_index(const struct scope *s)
{
	return s->rows->pick == NULL ? s->i : s->rows->pick[s->i];
}

/* End of the columns that begin with the same `name__` as column `from`. */
int group_end(const struct db_row *, int from, int to, int skip);

/* An outer join that found nothing leaves a group of nulls: that is null. */
int group_null(const struct db_row *, const unsigned char *row, int from, int to);

/* A copy of a set's header, its columns checked. */
struct model_set *take_set(struct arena *, const struct db_set *);

/* A column's value in a row. Written in place: pages ask thousands of times. */
void column_value(const struct db_col *, const unsigned char *row,
    struct value *);

#endif
