/*
 * What a handler says. Rendered after the commit as JSON or as a page, so the
 * two cannot differ, and a page cannot query.
 *
 * A model borrows keys (string literals) and anything in the request's arena;
 * every header that it is given it copies. Keys are snake_case and unique: a
 * key put again replaces what it had. A misuse that no data can cause (a column
 * that a set lacks, a column of kind `bytes`) aborts, so that tests find it.
 */
#ifndef MODEL_H
#define MODEL_H

#include "db.h"

struct arena;
struct buf;
struct model;

/* An empty one, living in the arena. */
struct model *model_new(struct arena *);

void put_text(struct model *, const char *key, const char *value); /* NULL: null */
void put_i64(struct model *, const char *key, int64_t);
void put_tenths(struct model *, const char *key, int64_t); /* 368: 36.8 */
void put_bool(struct model *, const char *key, int);
void put_utc(struct model *, const char *key, utc_ms);
void put_date(struct model *, const char *key, civil_date);
void put_ref(struct model *, const char *key, const struct ref *);

/* The id of what was made: key `id`. */
void put_id(struct model *, const struct ref *);

/* A set of rows as an array; columns of kind `key` are never rendered. */
void put_rows(struct model *, const char *key, const struct db_set *);

/*
 * One row's columns as an object, or, with key NULL, beside the other keys. No
 * row is null, or, beside the other keys, nothing.
 */
void put_row(struct model *, const char *key, const struct db_row *,
    const void *row);

/*
 * Gives each row of the array `parent` the rows of `set` that have the same
 * value in the column `by` (a `key`, `ref` or `i64` of both), as an array `key`,
 * empty where there are none. One statement a level, never one a row. Both are
 * ordered as they came. `parent` may name children: "entries.replies".
 */
void put_children(struct model *, const char *parent, const char *key,
    const struct db_set *, const char *by);

/* A nested object, to be filled. */
struct model *put_object(struct model *, const char *key);

/*
 * An array to be filled object by object. An item whose first key is "." is that
 * value alone: put_text(put_item(m, "words"), ".", "x") makes ["x"].
 */
struct model *put_item(struct model *, const char *array_key);

/* Such an array, empty so far: [] if no item follows. */
void put_items(struct model *, const char *array_key);

/* Writes the model as one JSON object (RFC 8259). */
void model_json(const struct model *, struct buf *);

/* ---- for page_render.c ---- */

enum value_kind {
	VALUE_NONE, VALUE_NULL, VALUE_TEXT, VALUE_I64, VALUE_BOOL, VALUE_UTC,
	VALUE_DATE, VALUE_REF, VALUE_OBJECT, VALUE_ROWS, VALUE_ITEMS,
	VALUE_TENTHS
};

/*
 * Where keys are looked up: an object of the model, one row, or the columns of
 * a row that share a prefix (`author` of author__name and author__office).
 */
struct scope {
	const struct model *object;	/* or NULL and … */
	const struct model_rows *rows;	/* … this row, */
	size_t i;
	int from, to, skip;	/* its columns from..to-1, names less `skip` */
};

/* One place in a model: an object, a row of a set, or a scalar. */
struct value {
	enum value_kind kind;
	union {
		const char *text;
		int64_t n;
		const struct ref *ref;
		struct scope scope;		/* OBJECT */
		const struct model_rows *rows;	/* ROWS, ITEMS; opaque */
	} u;
};

/* The whole model as a scope. */
struct scope model_scope(const struct model *);

/* The value of a key ("author.name" finds author__name), VALUE_NONE if absent. */
struct value scope_find(const struct scope *, const char *key);

/* Number of rows or items of an array value, and one of them as a scope. */
size_t value_count(const struct value *);
struct scope value_at(const struct value *, size_t i);

#endif
