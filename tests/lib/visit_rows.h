/* Rows as a statement would leave them: entries, and files of entries. */
#ifndef VISIT_ROWS_H
#define VISIT_ROWS_H

#include "db_query.h"

struct entry {
	int64_t entry_id;
	const struct ref *id;
	const char *kind, *body, *note;
	utc_ms at;
	struct db_maybe seen;
	civil_date due;
	int urgent;
	const char *author__name, *author__office__name;
	int64_t replies;
};

static const struct db_col entry_col[] = {
	{ "entry_id", DB_KEY, 0, offsetof(struct entry, entry_id) },
	{ "id", DB_REF, 0, offsetof(struct entry, id) },
	{ "kind", DB_TEXT, 0, offsetof(struct entry, kind) },
	{ "body", DB_TEXT, 0, offsetof(struct entry, body) },
	{ "note", DB_TEXT, 1, offsetof(struct entry, note) },
	{ "at", DB_UTC, 0, offsetof(struct entry, at) },
	{ "seen", DB_UTC, 1, offsetof(struct entry, seen) },
	{ "due", DB_DATE, 0, offsetof(struct entry, due) },
	{ "urgent", DB_BOOL, 0, offsetof(struct entry, urgent) },
	{ "author__name", DB_TEXT, 1, offsetof(struct entry, author__name) },
	{ "author__office__name", DB_TEXT, 1,
	  offsetof(struct entry, author__office__name) },
	{ "replies", DB_I64, 0, offsetof(struct entry, replies) },
};

static const struct db_row entry_row = {
	.name = "entry", .size = sizeof(struct entry), .n = 12, .col = entry_col
};

struct file {
	int64_t entry_id, file_id;
	const char *name;
};

static const struct db_col file_col[] = {
	{ "entry_id", DB_KEY, 0, offsetof(struct file, entry_id) },
	{ "file_id", DB_KEY, 0, offsetof(struct file, file_id) },
	{ "name", DB_TEXT, 0, offsetof(struct file, name) },
};

static const struct db_row file_row = {
	.name = "file", .size = sizeof(struct file), .n = 3, .col = file_col
};

static const struct ref some_ref = { .b = { 0xab, 1, 2, 3 } };

#define SOME_REF "ab010203000000000000000000000000"
#define NOON ((utc_ms)1795316400000)	/* 2026-11-22T03:00:00Z, 12:00 in Japan */

#endif
