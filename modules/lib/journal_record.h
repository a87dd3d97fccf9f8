/*
 * One audit record as bytes of the journal, and as JSON for its table.
 */
#ifndef JOURNAL_RECORD_H
#define JOURNAL_RECORD_H

#include "audit.h"

#include <stddef.h>

enum {
	RECORD_MAX_BYTES = 4096,
	/* Longest texts: the widths of lib_audit's columns. */
	RECORD_PROGRAM = 32, RECORD_METHOD = 8,
	RECORD_ROUTE = 160, RECORD_PURPOSE = 16,
	RECORD_SUBJECTS_TEXT = AUDIT_SUBJECTS_MAX * 21 + 3
};

struct buf;

/* A record with the texts that its pointers point to. */
struct journal_record {
	struct audit_record r;
	char program[RECORD_PROGRAM + 1], method[RECORD_METHOD + 1];
	char route[RECORD_ROUTE + 1], purpose[RECORD_PURPOSE + 1];
};

/*
 * Encodes a record and returns its length. A text is cut at the width of its
 * column, and what is not printable ASCII in it becomes `?`: all of them are
 * names of ours.
 */
size_t record_encode(const struct audit_record *,
    unsigned char out[RECORD_MAX_BYTES]);

/* Reads what record_encode wrote. 0, or -1 if it is something else. */
int record_decode(const unsigned char *p, size_t n, struct journal_record *out);

/* Appends the record as one JSON array; audit.sql names its elements. */
void record_json(struct buf *, const struct audit_record *, uint64_t seq);

/* The further subjects as a JSON array; NULL when there are none. */
const char *record_subjects(const struct audit *,
    char out[RECORD_SUBJECTS_TEXT]);

/* Copies a text as record_encode does: cut at `width`, printable. */
const char *record_text(char *to, size_t width, const char *from);

#endif
