#include "db_wire.h"

#include "log.h"
#include "settings.h"

#include <sys/socket.h>

/*
 * Whether the server answers, for the whole process: after a time-out or a
 * refused connection everybody is turned away at once, while one caller at a
 * time looks again. Without it a stopped server would hold every thread for
 * its time-out, again and again.
 */
static struct {
	atomic_int down, probing;
	atomic_llong again_at;		/* monotonic ms */
} server;

enum { PROBE_EVERY_MS = 250, CONNECT_TIMEOUT_S = 2 };

static void
server_gone(void)
{
	atomic_store(&server.again_at,
	    instant_monotonic_ms() + PROBE_EVERY_MS);
	atomic_store(&server.down, 1);
}

int
db_down(void)
{
	return atomic_load(&server.down);
}

/* Connections whose callers do not wait for the time-out. */
static struct {
	pthread_mutex_t lock;
	struct db *first;
} impatient = { .lock = PTHREAD_MUTEX_INITIALIZER };

/*
 * Explicit, because the defaults differ between servers. The last: our
 * statements go by keys, and to estimate how many rows each
 * condition leaves cost more than to read them.
 */
static const char session_settings[] =
    "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "NO_ENGINE_SUBSTITUTION', innodb_snapshot_isolation = ON, "
    "innodb_lock_wait_timeout = 1, "
    "tx_isolation = 'REPEATABLE-READ', "
    "optimizer_use_condition_selectivity = 1";

static void *
must_calloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		abort();
	return p;
}

static void
start_library(void)
{
	if (mysql_server_init(0, NULL, NULL) != 0)
		abort();
}

struct db *
db_open(const struct settings *s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct db *db = must_calloc(1, sizeof *db);

	pthread_once(&once, start_library);
	db->socket = s->db_socket;
	db->name = s->db_name;
	db->user = s->db_user;
	db->password = s->db_password;
	db->timeout_s = (unsigned)((s->db_timeout_ms + 999) / 1000);
	db->fd = -1;
	pthread_mutex_init(&db->fd_lock, NULL);
	return db;
}

void
db_impatient(struct db *db, int64_t patience_ms)
{
	db->patience_ms = patience_ms;
	pthread_mutex_lock(&impatient.lock);
	db->next = impatient.first;
	impatient.first = db;
	pthread_mutex_unlock(&impatient.lock);
}

static void
patient_again(struct db *db)
{
	pthread_mutex_lock(&impatient.lock);
	for (struct db **at = &impatient.first; *at != NULL; at = &(*at)->next)
		if (*at == db) {
			*at = db->next;
			break;
		}
	pthread_mutex_unlock(&impatient.lock);
}

/* Whoever reads from it gets an end at once; closing it is its own thread's. */
static void
cut(struct db *db, int64_t now_ms)
{
	int64_t asked = atomic_load(&db->asked_ms);

	if (asked == 0 || now_ms - asked < db->patience_ms)
		return;
	pthread_mutex_lock(&db->fd_lock);
	if (db->fd >= 0)
		(void)shutdown(db->fd, SHUT_RDWR);
	pthread_mutex_unlock(&db->fd_lock);
	server_gone();
}

void
db_cut_waiting(void)
{
	int64_t now_ms = instant_monotonic_ms();

	pthread_mutex_lock(&impatient.lock);
	for (struct db *db = impatient.first; db != NULL; db = db->next)
		cut(db, now_ms);
	pthread_mutex_unlock(&impatient.lock);
}

static void
set_fd(struct db *db, int fd)
{
	pthread_mutex_lock(&db->fd_lock);
	db->fd = fd;
	pthread_mutex_unlock(&db->fd_lock);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_wire_down(db);
	patient_again(db);
	pthread_mutex_destroy(&db->fd_lock);
	free(db->cells);
	free(db);
}

void
db_wire_down(struct db *db)
{
	for (int i = 0; i < DB_STATEMENTS_MAX; i++) {
		if (db->slot[i].stmt != NULL)
			mysql_stmt_close(db->slot[i].stmt);
		db->slot[i].stmt = NULL;
		db->slot[i].query = NULL;
	}
	set_fd(db, -1);
	if (db->wire != NULL)
		mysql_close(db->wire);
	db->wire = NULL;
}

static int
is_lost(unsigned error)
{
	return error == CR_SERVER_GONE_ERROR || error == CR_SERVER_LOST ||
	    error == CR_CONNECTION_ERROR || error == CR_CONN_HOST_ERROR ||
	    error == ER_SERVER_SHUTDOWN || error == ER_CONNECTION_KILLED;
}

static enum db_outcome
outcome_of(unsigned error)
{
	switch (error) {
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:		/* 1020: innodb_snapshot_isolation */
		return DB_AGAIN;
	case ER_DUP_ENTRY:
		return DB_CONFLICT;
	default:
		return DB_FAILED;
	}
}

/*
 * A connection that was closed while it was idle (2006) says nothing about the
 * server of now: the next try connects anew, and finds out.
 */
void
db_note(struct db *db, const char *statement, unsigned error)
{
	if (is_lost(error))
		db_wire_down(db);
	if (is_lost(error) && error != CR_SERVER_GONE_ERROR)
		server_gone();
	if (db->outcome != DB_FINE)
		return;
	db->outcome = outcome_of(error);
	db->failed = statement;
	db->error = error;
}

static void
set_options(MYSQL *wire, const struct db *db)
{
	unsigned connect = CONNECT_TIMEOUT_S, wait = db->timeout_s, off = 0;
	my_bool no = 0;

	mysql_options(wire, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(wire, MYSQL_OPT_READ_TIMEOUT, &wait);
	mysql_options(wire, MYSQL_OPT_WRITE_TIMEOUT, &wait);
	mysql_options(wire, MYSQL_OPT_RECONNECT, &no);
	mysql_options(wire, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options(wire, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(wire, MYSQL_INIT_COMMAND, session_settings);
}

int
db_wire_up(struct db *db)
{
	if (db->wire != NULL)
		return 0;
	if (db->cells == NULL)
		db->cells = must_calloc(1, sizeof *db->cells);
	db->wire = mysql_init(NULL);
	if (db->wire == NULL)
		abort();
	set_options(db->wire, db);
	if (mysql_real_connect(db->wire, NULL, db->user, db->password,
	    db->name, 0, db->socket, CLIENT_FOUND_ROWS) == NULL) {
		unsigned error = mysql_errno(db->wire);

		db_wire_down(db);
		db_note(db, "connect", error == ER_ACCESS_DENIED_ERROR ?
		    error : CR_SERVER_LOST);
		return -1;
	}
	set_fd(db, (int)mysql_get_socket(db->wire));
	atomic_store(&server.down, 0);
	return 0;
}

static size_t
slot_of(const struct db_query *q)
{
	return ((uintptr_t)q >> 4) * 2654435761u % DB_STATEMENTS_MAX;
}

static MYSQL_STMT *
prepare(struct db *db, const struct db_query *q)
{
	MYSQL_STMT *stmt = mysql_stmt_init(db->wire);

	if (stmt == NULL)
		abort();
	if (mysql_stmt_prepare(stmt, q->sql, strlen(q->sql)) == 0)
		return stmt;
	unsigned error = mysql_stmt_errno(stmt);
	(void)snprintf(db->error_text, sizeof db->error_text, "%s",
	    mysql_stmt_error(stmt));
	mysql_stmt_close(stmt);
	db_note(db, q->name, error);
	return NULL;
}

MYSQL_STMT *
db_prepared(struct db *db, const struct db_query *q)
{
	size_t i = slot_of(q);

	if (db_wire_up(db) < 0)
		return NULL;
	while (db->slot[i].query != NULL && db->slot[i].query != q)
		i = (i + 1) % DB_STATEMENTS_MAX;
	if (db->slot[i].query == q)
		return db->slot[i].stmt;
	db->slot[i].stmt = prepare(db, q);
	if (db->slot[i].stmt != NULL)
		db->slot[i].query = q;
	return db->slot[i].stmt;
}

/* Transaction words are statements like all others, so they need no text. */
static const struct db_query q_start = {
	.name = "start", .sql = "START TRANSACTION", .verb = DB_EXEC
};
static const struct db_query q_commit = {
	.name = "commit", .sql = "COMMIT", .verb = DB_EXEC
};
static const struct db_query q_rollback = {
	.name = "rollback", .sql = "ROLLBACK", .verb = DB_EXEC
};

static int
say(struct db *db, const struct db_query *q)
{
	MYSQL_STMT *stmt;
	int said;

	atomic_store(&db->asked_ms, instant_monotonic_ms());
	stmt = db_prepared(db, q);
	said = stmt == NULL ? -1 : db_execute(db, stmt, q, NULL);
	atomic_store(&db->asked_ms, 0);
	return said;
}

static void
forget_failure(struct db *db)
{
	db->outcome = DB_FINE;
	db->failed = NULL;
	db->error = 0;
}

void
db_begin_away(struct db *db, struct arena *arena, int write,
    const struct away *away, void *unit)
{
	db_begin(db, arena, 0);
	db->writing = write;
	db->away = away;
	db->unit = unit;
}

const struct acts *
db_acts(const struct db *db)
{
	return &db->acts;
}

void
db_remember(struct db *db)
{
	db->remember = 1;
}

void
db_begin(struct db *db, struct arena *arena, int write)
{
	db_abandon(db);
	forget_failure(db);
	db->away = NULL;
	db->acts = (struct acts){ 0 };
	db->arena = arena;
	db->writing = write;
	if (!write)
		return;
	if (say(db, &q_start) < 0 && is_lost(db->error)) {
		/* An idle connection was closed; nothing was lost with it. */
		forget_failure(db);
		(void)say(db, &q_start);
	}
	db->begun = db->outcome == DB_FINE;
}

void
db_unattended(struct db *db)
{
	db->unattended = 1;
}

/* What is tried again by itself is no error. */
static void
log_failure(const struct db *db)
{
	char error[16];

	(void)snprintf(error, sizeof error, "%u", db->error);
	log_line(db->outcome == DB_AGAIN ? LOG_INFO : LOG_ERROR,
	    "a unit of work failed", "statement",
	    db->failed == NULL ? "" : db->failed, "error", error, NULL);
}

enum db_outcome
db_end(struct db *db)
{
	if (db->outcome != DB_FINE)
		db_abandon(db);
	else if (db->begun) {
		db->begun = 0;
		if (say(db, &q_commit) < 0 && is_lost(db->error))
			db->outcome = DB_UNKNOWN;
	}
	if (db->unattended && db->outcome != DB_FINE)
		log_failure(db);
	return db->outcome;
}

void
db_abandon(struct db *db)
{
	enum db_outcome outcome = db->outcome;
	const char *failed = db->failed;
	unsigned error = db->error;

	if (!db->begun)
		return;
	db->begun = 0;
	if (db->wire == NULL)
		return;			/* the server rolls back by itself */
	if (say(db, &q_rollback) < 0)
		db_wire_down(db);
	db->outcome = outcome;
	db->failed = failed;
	db->error = error;
}

enum db_outcome
db_outcome(const struct db *db)
{
	return db->outcome;
}

const char *
db_failed_statement(const struct db *db)
{
	return db->failed;
}

unsigned
db_error(const struct db *db)
{
	return db->error;
}

int
db_reachable(struct db *db)
{
	int expected = 0, up;

	if (!atomic_load(&server.down))
		return 1;
	if (instant_monotonic_ms() < atomic_load(&server.again_at) ||
	    !atomic_compare_exchange_strong(&server.probing, &expected, 1))
		return 0;
	db_begin(db, NULL, 0);
	db_wire_down(db);	/* one from before says nothing of now */
	up = db_wire_up(db) == 0;
	if (up)
		atomic_store(&server.down, 0);
	else
		db_note(db, "probe", CR_SERVER_LOST);
	atomic_store(&server.probing, 0);
	return up;
}
