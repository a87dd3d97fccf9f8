/*
 * Rows as CSV (RFC 4180): UTF-8, CRLF, every text in quotes. The same columns as
 * in JSON, in the statement's order; `key` columns are never written. An instant is
 * RFC 3339 UTC, a date YYYY-MM-DD, a boolean 0 or 1, absent an empty cell
 * without quotes (an empty text is "").
 *
 * A spreadsheet takes a text that begins with = + - @ or a tab for a formula (ASVS
 * 5.0 V1.2.10): such a text, and one that begins with an apostrophe, gets an
 * apostrophe in front. Whoever reads it back takes one away.
 */
#ifndef CSV_H
#define CSV_H

#include "db.h"

struct buf;

/* One cell of text, in quotes, for a table that is no set of rows. */
void csv_text(struct buf *, const char *);

/* The mark by which Excel knows UTF-8. */
void csv_mark(struct buf *);

/* The names of the columns, behind that mark. */
void csv_head(struct buf *, const struct db_set *);

/* A line a row. */
void csv_rows(struct buf *, const struct db_set *);

#endif
