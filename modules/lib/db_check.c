#include "db_wire.h"

static int
drift(char *why, size_t n, const struct db_query *q, const char *what,
    const char *which)
{
	(void)snprintf(why, n, "%s: %s%s%s", q->name, what,
	    which == NULL ? "" : " ", which == NULL ? "" : which);
	return -1;
}

static int
is_number(const MYSQL_FIELD *f)
{
	switch (f->type) {
	case MYSQL_TYPE_TINY:
	case MYSQL_TYPE_SHORT:
	case MYSQL_TYPE_INT24:
	case MYSQL_TYPE_LONG:
	case MYSQL_TYPE_LONGLONG:
	case MYSQL_TYPE_YEAR:
		return 1;
	case MYSQL_TYPE_NEWDECIMAL:	/* SUM() of whole numbers */
		return f->decimals == 0;
	default:
		return 0;
	}
}

static int
is_text(const MYSQL_FIELD *f)
{
	enum { BINARY_CHARSET = 63 };

	return f->type >= MYSQL_TYPE_TINY_BLOB && f->charsetnr != BINARY_CHARSET;
}

static int
type_fits(const struct db_col *col, const MYSQL_FIELD *f)
{
	switch (col->kind) {
	case DB_TEXT:
		return is_text(f) || f->type == MYSQL_TYPE_VARCHAR;
	case DB_REF:
	case DB_BYTES:
		return f->type >= MYSQL_TYPE_TINY_BLOB && !is_text(f);
	case DB_UTC:
		return f->type == MYSQL_TYPE_DATETIME;
	case DB_DATE:
		return f->type == MYSQL_TYPE_DATE;
	default:
		return is_number(f);
	}
}

static int
check_column(const struct db_query *q, int i, const MYSQL_FIELD *f, char *why,
    size_t n)
{
	const struct db_col *col = &q->row->col[i];

	if (strcmp(col->name, f->name) != 0)
		return drift(why, n, q, "the row declares another column than",
		    f->name);
	if (!type_fits(col, f))
		return drift(why, n, q, "another type than declared:", f->name);
	if (!(f->flags & NOT_NULL_FLAG) && !col->nullable &&
	    f->table != NULL && f->table[0] != '\0' && f->org_name[0] != '\0')
		return drift(why, n, q, "may be NULL, but is not declared so:",
		    f->name);
	return 0;
}

static int
check_columns(const struct db_query *q, MYSQL_STMT *stmt, char *why, size_t n)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(stmt);
	unsigned count = meta == NULL ? 0 : mysql_num_fields(meta);
	int rc = 0;

	/* Of INSERT … RETURNING the server tells the columns when it runs. */
	if (q->writes && count == 0)
		return 0;
	if (count != (q->row == NULL ? 0u : (unsigned)q->row->nwire))
		rc = drift(why, n, q, "another number of columns", NULL);
	for (unsigned i = 0; rc == 0 && i < count; i++)
		rc = check_column(q, (int)i, mysql_fetch_field_direct(meta, i),
		    why, n);
	if (meta != NULL)
		mysql_free_result(meta);
	return rc;
}

static int
check_one(struct db *db, const struct db_query *q, char *why, size_t n)
{
	MYSQL_STMT *stmt = db_prepared(db, q);

	if (stmt == NULL && db->wire == NULL)
		return 1;
	/* No value has been bound: the server's words hold none of a person. */
	if (stmt == NULL)
		return drift(why, n, q, "cannot be prepared:",
		    db->error_text);
	if (mysql_stmt_param_count(stmt) != (unsigned long)q->nmark)
		return drift(why, n, q, "another number of parameters", NULL);
	return check_columns(q, stmt, why, n);
}

int
db_check(struct db *db, const struct db_query *const *list, char *why,
    size_t why_bytes)
{
	int rc = 0;

	db_begin(db, NULL, 0);
	for (; rc == 0 && *list != NULL; list++)
		rc = check_one(db, *list, why, why_bytes);
	if (rc > 0)
		(void)snprintf(why, why_bytes, "no database to ask");
	return rc;
}
