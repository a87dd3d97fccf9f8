#include "db_wire.h"

#include "arena.h"

static MYSQL_TIME
time_of(utc_ms at)
{
	civil_date day = (civil_date)(at / DAY_MS - (at % DAY_MS < 0));
	utc_ms rest = at - day * DAY_MS;
	struct civil c = civil_from_date(day);

	return (MYSQL_TIME){
		.year = (unsigned)c.year,
		.month = (unsigned)c.month,
		.day = (unsigned)c.day,
		.hour = (unsigned)(rest / HOUR_MS),
		.minute = (unsigned)(rest / MINUTE_MS % 60),
		.second = (unsigned)(rest / SECOND_MS % 60),
		.second_part = (unsigned long)(rest % SECOND_MS) * 1000,
		.time_type = MYSQL_TIMESTAMP_DATETIME
	};
}

static MYSQL_TIME
date_time_of(civil_date day)
{
	struct civil c = civil_from_date(day);

	return (MYSQL_TIME){
		.year = (unsigned)c.year,
		.month = (unsigned)c.month,
		.day = (unsigned)c.day,
		.time_type = MYSQL_TIMESTAMP_DATE
	};
}

static civil_date
date_from(const MYSQL_TIME *t)
{
	struct civil c = { (int)t->year, (int)t->month, (int)t->day };

	return date_from_civil(c, NULL);
}

static utc_ms
utc_from(const MYSQL_TIME *t)
{
	return date_from(t) * DAY_MS + (utc_ms)t->hour * HOUR_MS +
	    (utc_ms)t->minute * MINUTE_MS + (utc_ms)t->second * SECOND_MS +
	    (utc_ms)(t->second_part / 1000);
}

/* Where a parameter's value stands while the statement runs. */
struct given {
	MYSQL_BIND bind[DB_PARAMS_MAX];
	int64_t i64[DB_PARAMS_MAX];
	MYSQL_TIME time[DB_PARAMS_MAX];
};

static void
bind_bytes(MYSQL_BIND *b, enum enum_field_types type, const void *p, size_t n)
{
	b->buffer_type = p == NULL ? MYSQL_TYPE_NULL : type;
	b->buffer = (void *)(uintptr_t)p;
	b->buffer_length = (unsigned long)n;
}

static void
bind_number(struct given *g, int i, enum db_kind kind, int64_t v)
{
	MYSQL_BIND *b = &g->bind[i];

	if (kind == DB_UTC || kind == DB_DATE) {
		b->buffer_type = kind == DB_UTC ?
		    MYSQL_TYPE_DATETIME : MYSQL_TYPE_DATE;
		g->time[i] = kind == DB_UTC ?
		    time_of(v) : date_time_of((civil_date)v);
		b->buffer = &g->time[i];
		return;
	}
	b->buffer_type = MYSQL_TYPE_LONGLONG;
	g->i64[i] = v;
	b->buffer = &g->i64[i];
}

static void
bind_in(struct given *g, int i, const struct db_param *p, const union db_val *v)
{
	MYSQL_BIND *b = &g->bind[i];

	switch (p->kind) {
	case DB_TEXT:
		bind_bytes(b, MYSQL_TYPE_STRING, v->text,
		    v->text == NULL ? 0 : strlen(v->text));
		return;
	case DB_REF:
		bind_bytes(b, MYSQL_TYPE_BLOB, v->ref, REF_BYTES);
		return;
	case DB_BYTES:
		bind_bytes(b, MYSQL_TYPE_BLOB, v->bytes.p, v->bytes.n);
		return;
	default:
		break;
	}
	if (!p->nullable)
		bind_number(g, i, p->kind, v->i64);
	else if (v->maybe.set)
		bind_number(g, i, p->kind, v->maybe.v);
	else
		b->buffer_type = MYSQL_TYPE_NULL;
}

int
db_execute(struct db *db, MYSQL_STMT *stmt, const struct db_query *q,
    const union db_val *in)
{
	struct given g;

	if (q->nmark > DB_PARAMS_MAX)
		abort();
	memset(g.bind, 0, sizeof g.bind[0] * (size_t)q->nmark);
	for (int i = 0; i < q->nmark; i++)
		bind_in(&g, i, &q->param[q->mark[i]], &in[q->mark[i]]);
	if ((q->nmark > 0 && mysql_stmt_bind_param(stmt, g.bind) != 0) ||
	    mysql_stmt_execute(stmt) != 0) {
		db_note(db, q->name, mysql_stmt_errno(stmt));
		return -1;
	}
	return 0;
}

static void
bind_out(struct db_cells *c, const struct db_row *row)
{
	memset(c->bind, 0, sizeof c->bind[0] * (size_t)row->nwire);
	for (int i = 0; i < row->nwire; i++) {
		MYSQL_BIND *b = &c->bind[i];

		b->buffer = &c->cell[i];
		b->buffer_length = DB_CELL_BYTES;
		b->length = &c->length[i];
		b->is_null = &c->null[i];
		switch (row->col[i].kind) {
		case DB_TEXT: b->buffer_type = MYSQL_TYPE_STRING; break;
		case DB_REF:
		case DB_BYTES: b->buffer_type = MYSQL_TYPE_BLOB; break;
		case DB_UTC: b->buffer_type = MYSQL_TYPE_DATETIME; break;
		case DB_DATE: b->buffer_type = MYSQL_TYPE_DATE; break;
		default: b->buffer_type = MYSQL_TYPE_LONGLONG; break;
		}
	}
}

/* A text or blob of the current row, whole, in the arena. */
static unsigned char *
take_cell(struct db *db, MYSQL_STMT *stmt, int i)
{
	struct db_cells *c = db->cells;
	unsigned long n = c->length[i];
	unsigned char *p = arena_take(db->arena, n + 1);
	MYSQL_BIND again;

	if (n <= DB_CELL_BYTES) {
		memcpy(p, c->cell[i].bytes, n);
		return p;
	}
	again = c->bind[i];
	again.buffer = p;
	again.buffer_length = n;
	if (mysql_stmt_fetch_column(stmt, &again, (unsigned)i, 0) != 0)
		db_note(db, "fetch", mysql_stmt_errno(stmt));
	return p;
}

static void
set_number(const struct db_col *col, void *at, int set, int64_t v)
{
	if (col->nullable)
		*(struct db_maybe *)at = (struct db_maybe){ set, v };
	else if (col->kind == DB_BOOL)
		*(int *)at = v != 0;
	else if (col->kind == DB_DATE)
		*(civil_date *)at = (civil_date)v;
	else
		*(int64_t *)at = v;
}

static int64_t
number_from(const struct db_cells *c, int i, enum db_kind kind)
{
	if (kind == DB_UTC)
		return utc_from(&c->cell[i].time);
	if (kind == DB_DATE)
		return date_from(&c->cell[i].time);
	return c->cell[i].i64;
}

static void
take_column(struct db *db, MYSQL_STMT *stmt, const struct db_row *row, int i,
    unsigned char *out)
{
	const struct db_col *col = &row->col[i];
	void *at = out + col->at;
	struct db_cells *c = db->cells;

	switch (col->kind) {
	case DB_TEXT:
		if (!c->null[i])
			*(const char **)at = (const char *)take_cell(db, stmt, i);
		return;
	case DB_BYTES:
		if (!c->null[i])
			*(struct db_bytes *)at = (struct db_bytes){
				take_cell(db, stmt, i), c->length[i] };
		return;
	case DB_REF:
		if (!c->null[i] && c->length[i] != REF_BYTES)
			db_note(db, "fetch", CR_UNKNOWN_ERROR);
		else if (!c->null[i])
			*(const struct ref **)at =
			    (const struct ref *)take_cell(db, stmt, i);
		return;
	default:
		set_number(col, at, !c->null[i],
		    c->null[i] ? 0 : number_from(c, i, col->kind));
	}
}

/* Doubles the room for rows inside the arena; what was there is left behind. */
static unsigned char *
more_rows(struct db *db, unsigned char *rows, size_t n, size_t *room,
    size_t size)
{
	unsigned char *more;

	*room = *room == 0 ? 8 : *room * 2;
	more = arena_take_many(db->arena, *room, size);
	if (n > 0)
		memcpy(more, rows, n * size);
	return more;
}

static int64_t
fetch_rows(struct db *db, MYSQL_STMT *stmt, const struct db_query *q,
    struct db_set *out)
{
	const struct db_row *row = q->row;
	unsigned char *rows = NULL;
	size_t n = 0, room = 0;
	int rc;

	if (mysql_stmt_field_count(stmt) != (unsigned)row->nwire) {
		db_note(db, q->name, ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT);
		return -1;
	}
	/* Behind the execution: of RETURNING nobody knows columns before it. */
	bind_out(db->cells, row);
	mysql_stmt_bind_result(stmt, db->cells->bind);
	while ((rc = mysql_stmt_fetch(stmt)) == 0 || rc == MYSQL_DATA_TRUNCATED) {
		if (n == room)
			rows = more_rows(db, rows, n, &room, row->size);
		for (int i = 0; i < row->nwire; i++)
			take_column(db, stmt, row, i, rows + n * row->size);
		n++;
	}
	if (rc != MYSQL_NO_DATA)
		db_note(db, q->name, mysql_stmt_errno(stmt));
	else if (q->verb == DB_ONE && n > 1)
		db_note(db, q->name, ER_TOO_MANY_ROWS);
	if (db->wire != NULL)
		mysql_stmt_free_result(stmt);
	if (db->outcome != DB_FINE)
		return -1;
	out->rows = rows;
	out->n = n;
	return (int64_t)n;
}

/* Whether as many rows were changed as the statement must. */
static int64_t
expect(struct db *db, const struct db_query *q, int64_t n)
{
	if (q->verb == DB_EXEC1 && n != 1) {
		db->outcome = DB_CONFLICT;
		db->failed = q->name;
		return -1;
	}
	return n;
}

/*
 * An idle connection that the server has closed shows at the first statement.
 * Outside a transaction nothing can have been lost with it: try once more.
 */
static MYSQL_STMT *
start(struct db *db, const struct db_query *q, const union db_val *in)
{
	for (int try = 0; ; try++) {
		int fresh = db->wire == NULL;
		MYSQL_STMT *stmt = db_prepared(db, q);

		if (stmt != NULL && db_execute(db, stmt, q, in) == 0)
			return stmt;
		if (try > 0 || fresh || db->begun || q->writes ||
		    db->error != CR_SERVER_GONE_ERROR)
			return NULL;
		db->outcome = DB_FINE;
	}
}

static int64_t
ask_server(struct db *db, const struct db_query *q, const union db_val *in,
    struct db_set *out)
{
	MYSQL_STMT *stmt = start(db, q, in);

	if (stmt == NULL)
		return -1;
	if (q->row == NULL)
		return expect(db, q,
		    (int64_t)mysql_stmt_affected_rows(stmt));
	return fetch_rows(db, stmt, q, out);
}

static int64_t
ask_away(struct db *db, const struct db_query *q, const union db_val *in,
    struct db_set *out)
{
	int64_t n = db->away->run(db->unit, q, in, out);

	if (n < 0 || (q->verb == DB_ONE && n > 1))
		db_note(db, q->name, CR_UNKNOWN_ERROR);
	if (db->outcome != DB_FINE)
		return -1;
	return q->row == NULL ? expect(db, q, n) : n;
}

int64_t
db_run(struct db *db, const struct db_query *q, const union db_val *in,
    struct db_set *out)
{
	int64_t n;

	if (out != NULL)
		*out = (struct db_set){ NULL, 0, q->row };
	if (q->writes && !db->writing)
		db_note(db, q->name, ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION);
	if (db->outcome != DB_FINE)
		return -1;
	if (db->away != NULL) {
		n = ask_away(db, q, in, out);
	} else {
		atomic_store(&db->asked_ms, instant_monotonic_ms());
		n = ask_server(db, q, in, out);
		atomic_store(&db->asked_ms, 0);
	}
	if (n >= 0 && q->writes && (db->remember || db->away != NULL))
		acts_add(&db->acts, db->arena, q, in);
	return n;
}
