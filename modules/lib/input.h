/*
 * Declared inputs. What is not declared is refused, by name; what is declared
 * reaches the handler checked: UTF-8, normal form C, no control characters,
 * within its limits. A name that comes twice is refused.
 */
#ifndef INPUT_H
#define INPUT_H

#include "instant.h"
#include "ref.h"

#include <stddef.h>

struct req;
struct upload;		/* upload.h */

enum input_kind {
	TEXT,		/* one line; min and max in characters after trimming */
	LINES,		/* several lines, likewise */
	SECRET,		/* a password or PIN: as typed, never shown again */
	INTEGER,	/* min and max are values */
	BOOLEAN,	/* 1, true, on, yes / 0, false, off, no, empty */
	CHOICE,		/* one word of `choices`, "note|report" */
	REF,		/* 32 hexadecimal digits */
	DATE,		/* YYYY-MM-DD; min and max are years */
	CURSOR,		/* an opaque place in a list that this program gave out */
	FILES		/* files of a multipart body: min and max are how many, each
			 * of max_bytes at most, its type one of `choices` */
};

struct input {
	const char *name;
	enum input_kind kind;
	int min, max;		/* a min of 0 makes TEXT, LINES, SECRET optional */
	const char *label;	/* Japanese, what a form calls it */
	const char *choices;
	int64_t max_bytes;	/* of FILES: of one file, as it is sent */
	int optional;		/* of INTEGER, CHOICE, REF, DATE; BOOLEAN (then
				 * 0) and CURSOR always are */
	int many;		/* of TEXT, CHOICE and REF: may come so often,
				 * or not at all; read with in_many */
};

/* A refused input: the first one, in the order of the declaration. */
struct input_fault {
	const char *name;
	const char *code;	/* missing too_long too_short not_utf8 control
				 * not_a_number out_of_range not_a_choice malformed
				 * twice unknown */
};

/*
 * What the handler reads. Asking for a name that the route does not declare,
 * or as another kind, aborts: tests find it at once. Absent: NULL, 0, or
 * *set 0.
 */
const char *in_text(const struct req *, const char *name); /* TEXT LINES SECRET CHOICE */
int64_t in_integer(const struct req *, const char *name, int *set);
int in_boolean(const struct req *, const char *name);
const struct ref *in_ref(const struct req *, const char *name);
civil_date in_date(const struct req *, const char *name, int *set);

/*
 * The files of an input, in the order of the body; they are stored, but nobody
 * sees them before the handler's transaction keeps them (care/file.h).
 */
const struct upload *in_files(const struct req *, const char *name, size_t *n);

/*
 * All that came under a name declared with `many`, as they came, joined by ",";
 * "" if none did. A TEXT may hold a comma itself: declare one that cannot.
 */
const char *in_many(const struct req *, const char *name);

/* The row key behind a cursor; `INT64_MAX` when absent, for "from the newest". */
int64_t in_cursor(const struct req *, const char *name);

/* A part of the path, `{patient}` in the route. Never NULL. */
const struct ref *in_path(const struct req *, const char *name);

#endif
