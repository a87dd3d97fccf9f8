/*
 * What db.c, db_run.c and db_check.c share; nothing else may include it.
 * <mysql.h> itself comes through banned.h, before the poison.
 */
#ifndef DB_WIRE_H
#define DB_WIRE_H

#include "away.h"

#include <pthread.h>
#include <stdatomic.h>

#ifndef WITH_MYSQL
#error "only libdb.a may speak to the server: see lib.am"
#endif

enum {
	DB_COLUMNS_MAX = 64,
	DB_PARAMS_MAX = 64,
	DB_CELL_BYTES = 1024,		/* longer texts are fetched again, whole */
	DB_STATEMENTS_MAX = 512		/* slots a connection; a power of two */
};

struct db_slot {
	const struct db_query *query;
	MYSQL_STMT *stmt;
};

/* Room for one row as it comes from the wire. */
struct db_cells {
	MYSQL_BIND bind[DB_COLUMNS_MAX];
	unsigned long length[DB_COLUMNS_MAX];
	my_bool null[DB_COLUMNS_MAX];
	union {
		int64_t i64;
		MYSQL_TIME time;
		unsigned char bytes[DB_CELL_BYTES];
	} cell[DB_COLUMNS_MAX];
};

struct db {
	const char *socket, *name, *user, *password;
	unsigned timeout_s;
	MYSQL *wire;			/* NULL: not connected */
	const struct away *away;	/* answers this unit of work instead */
	void *unit;			/* of `away` */
	int remember;			/* acts of units that are not away */
	struct acts acts;
	struct db *next;		/* of those that are impatient */
	int64_t patience_ms;		/* 0: waits for the time-out */
	atomic_llong asked_ms;		/* monotonic; 0: nothing is asked */
	pthread_mutex_t fd_lock;
	int fd;				/* of `wire`, for db_cut_waiting; -1 */
	struct arena *arena;
	int writing, begun;		/* begun: START TRANSACTION was sent */
	int unattended;			/* what fails is logged by db_end */
	enum db_outcome outcome;
	const char *failed;
	unsigned error;
	char error_text[MYSQL_ERRMSG_SIZE];	/* of the last failed prepare */
	struct db_cells *cells;
	struct db_slot slot[DB_STATEMENTS_MAX];
};

/* Connects if need be. 0, or -1 with the failure noted. */
int db_wire_up(struct db *);

/* Forgets the connection and all that was prepared on it. */
void db_wire_down(struct db *);

/* The prepared statement, or NULL with the failure noted. */
MYSQL_STMT *db_prepared(struct db *, const struct db_query *);

/* Notes the first failure of the unit of work by MariaDB's error number. */
void db_note(struct db *, const char *statement, unsigned error);

/* Binds parameters and executes. 0, or -1 with the failure noted. */
int db_execute(struct db *, MYSQL_STMT *, const struct db_query *,
    const union db_val *);

#endif
