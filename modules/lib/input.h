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

enum input_kind {
	TEXT,		/* one line; min and max in characters after trimming */
	LINES,		/* several lines, likewise */
	SECRET,		/* a password or PIN: as typed, never shown again */
	INTEGER,	/* min and max are values */
	BOOLEAN,	/* 1, true, on, yes / 0, false, off, no, empty */
	CHOICE,		/* one word of `choices`, "note|report" */
	REF,		/* 32 hexadecimal digits */
	DATE,		/* YYYY-MM-DD; min and max are years */
	CURSOR		/* an opaque place in a list that this program gave out */
};

struct input {
	const char *name;
	enum input_kind kind;
	int min, max;		/* a min of 0 makes TEXT, LINES, SECRET optional */
	const char *label;	/* Japanese, what a form calls it */
	const char *choices;
	int optional;		/* of INTEGER, CHOICE, REF, DATE; BOOLEAN (then
				 * 0) and CURSOR always are */
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

/* The row key behind a cursor; `INT64_MAX` when absent, for "from the newest". */
int64_t in_cursor(const struct req *, const char *name);

/* A part of the path, `{patient}` in the route. Never NULL. */
const struct ref *in_path(const struct req *, const char *name);

#endif
