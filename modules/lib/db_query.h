/*
 * What sqlgen.awk writes. Included by generated files, db_wire.h, model_own.h
 * and away.h only.
 */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "db.h"

enum db_kind {
	DB_I64,		/* int64_t              BIGINT, INT … */
	DB_KEY,		/* int64_t              an internal key: never rendered */
	DB_BOOL,	/* int                  TINYINT or an expression */
	DB_TEXT,	/* const char *         CHAR, VARCHAR, TEXT */
	DB_BYTES,	/* struct db_bytes      BINARY, BLOB */
	DB_REF,		/* const struct ref *   BINARY(16) */
	DB_UTC,		/* utc_ms               DATETIME(3), UTC */
	DB_DATE		/* civil_date           DATE */
};

enum db_verb {
	DB_EXEC,	/* any number of rows changed; returns it */
	DB_EXEC1,	/* exactly one row, else DB_CONFLICT */
	DB_ONE,		/* no row or one; more is a failure */
	DB_MANY
};

/*
 * A nullable text, bytes or ref is a null pointer; a nullable number, instant
 * or date is a struct db_maybe.
 */
struct db_col {
	const char *name;	/* "author__name" is rendered as author.name */
	enum db_kind kind;
	int nullable;
	size_t at;		/* offsetof in the row's struct */
};

struct db_row {
	const char *name;
	size_t size;
	int n;
	const struct db_col *col;
	int nwire;		/* the first of them come from MariaDB; the
				 * rest (calc) the program fills in */
};

struct db_param {
	const char *name;
	enum db_kind kind;
	int nullable;
};

union db_val {
	int64_t i64;
	const char *text;	/* also ref, as const struct ref * */
	const struct ref *ref;
	struct db_bytes bytes;
	struct db_maybe maybe;
};

struct db_query {
	const char *name;	/* as the log shows it: timeline_recent_entries */
	const char *sql;	/* with ? marks */
	enum db_verb verb;
	int writes;
	int nparam;
	const struct db_param *param;
	int nmark;		/* marks in sql, in order … */
	const unsigned char *mark;	/* … each one a parameter's index */
	const struct db_row *row;
};

/*
 * Runs one statement. EXEC returns the number of rows changed (matched),
 * otherwise the number of rows read; -1 when the unit of work has failed.
 */
int64_t db_run(struct db *, const struct db_query *, const union db_val *,
    struct db_set *);

#endif
