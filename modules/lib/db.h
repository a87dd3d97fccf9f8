/*
 * The door to MariaDB. A statement is declared in a .sql file and compiled by
 * sqlgen.awk into a function of the caller's; no function takes SQL text.
 *
 * A connection belongs to one thread. Failure is sticky: after a statement
 * failed, later ones do nothing and return empty until db_begin; a unit of
 * work that failed cannot commit. So a handler may ignore return values.
 */
#ifndef DB_H
#define DB_H

#include "instant.h"
#include "ref.h"

#include <stddef.h>
#include <stdint.h>

struct acts;		/* away.h */
struct arena;
struct away;
struct db;
struct db_query;	/* made by sqlgen.awk only: db_query.h */
struct db_row;
struct settings;

struct db_bytes {
	const unsigned char *p;
	size_t n;
};

/* A number, instant or date that may be absent (`i64?`, `utc?`, `date?`). */
struct db_maybe {
	int set;
	int64_t v;
};

/* Rows of one declared shape, in the arena; struct NAME_rows wraps it. */
struct db_set {
	const void *rows;
	size_t n;
	const struct db_row *row;
};

/* What became of a unit of work; the worst that happened stays. */
enum db_outcome {
	DB_FINE,
	DB_CONFLICT,	/* exec1: no row or more than one, or a duplicate key */
	DB_AGAIN,	/* deadlock, lock wait, snapshot (1213, 1205, 1020) */
	DB_FAILED,	/* anything else: an answer of 503 */
	DB_UNKNOWN	/* the connection broke at COMMIT */
};

/*
 * A connection, not yet made: the first statement connects. Reads, writes and
 * connecting wait `db_timeout_ms` at most. Free with db_close.
 */
struct db *db_open(const struct settings *);
void db_close(struct db *);

/*
 * Starts a unit of work whose rows live in `arena`. With `write` it is a
 * transaction; without, each statement stands alone and one that would change
 * something fails.
 */
void db_begin(struct db *, struct arena *, int write);

/*
 * Starts a unit of work that `away` answers instead of the server, on its `unit`.
 * Nothing is committed by it: db_acts() has what it would have changed.
 */
void db_begin_away(struct db *, struct arena *, int write,
    const struct away *away, void *unit);

/*
 * What the unit of work has changed so far, in its arena; of a connection that
 * was told to remember it, or of a unit away.
 */
const struct acts *db_acts(const struct db *);
void db_remember(struct db *);

/* Commits, or rolls back if anything failed. Returns db_outcome(). */
enum db_outcome db_end(struct db *);

/* Rolls back whatever was begun. */
void db_abandon(struct db *);

/*
 * A connection for work that nobody waits for an answer of: db_end() writes to the log
 * which statement failed, and how.
 */
void db_unattended(struct db *);

/* The worst that has happened to the unit of work so far. */
enum db_outcome db_outcome(const struct db *);

/* Name of the statement that failed first, and the server's error number. */
const char *db_failed_statement(const struct db *);
unsigned db_error(const struct db *);

/*
 * Prepares every statement of a NULL-ended list and compares parameters,
 * column names, types and nullability with the declarations. Returns 0; 1 when
 * there is no database to ask; -1 on drift, with one line in `why`.
 */
int db_check(struct db *, const struct db_query *const *, char *why,
    size_t why_bytes);

/*
 * 1 if the database may be asked. After a time-out or refused connection the
 * whole process answers 0 at once, while one caller at a time probes.
 */
int db_reachable(struct db *);

/* 1 while the process knows that the server does not answer; asks nobody. */
int db_down(void);

/*
 * A connection whose caller will not wait longer than this, though the server has
 * accepted the question: db_cut_waiting(), called again and again by one thread,
 * breaks it off, which counts as a server that does not answer.
 */
void db_impatient(struct db *, int64_t patience_ms);
void db_cut_waiting(void);

#endif
