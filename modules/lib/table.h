/*
 * What another system exported, as a table: CSV (RFC 4180) in UTF-8 or CP932, the first line its
 * headings. As wide as its widest line. Lives in the arena.
 */
#ifndef TABLE_H
#define TABLE_H

#include "arena.h"

#include <stddef.h>

enum { TABLE_COLUMNS = 300, TABLE_ROWS = 5000 };

struct table {
	size_t columns, rows;		/* rows behind the headings */
	const char **cells;		/* (rows + 1) * columns; "" where absent */
	int replaced;			/* bytes that were no character: U+FFFD */
};

/* Reads it. NULL, with one word in *why: not_a_table, too_large, not_utf8. */
const struct table *table_read(struct arena *, const char *p, size_t n,
    const char **why);

/* The column of a heading, as written; -1: there is none. */
int table_column(const struct table *, const char *heading);

/* A cell of a row (from 0); "" of column -1. */
const char *table_cell(const struct table *, size_t row, int column);

#endif
