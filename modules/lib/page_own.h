/* Inside of pages: what page_parse.c makes and page_render.c runs. */
#ifndef PAGE_OWN_H
#define PAGE_OWN_H

#include "page.h"

enum {
	PAGE_PARTS = 8,		/* names in a dotted key */
	PAGE_DEPTH = 40,	/* sections and includes inside one another */
	PAGE_TEMPLATES = 1024	/* pages, and includes by their indentation */
};

enum op_kind {
	OP_TEXT,	/* text, n */
	OP_VALUE,	/* key */
	OP_SECTION,	/* key; up to `n` while it is true */
	OP_INVERTED,	/* key; up to `n` if it is not */
	OP_INCLUDE,	/* n: which template */
	OP_PAGE		/* the route's own page */
};

/* A key, cut at its dots once. `.` alone has no part. */
struct page_key {
	const char *whole;
	int n;
	struct page_part {
		const char *name;
		uint32_t hash;
		unsigned short bytes;
		unsigned short property;	/* enum property */
	} part[PAGE_PARTS];
};

struct op {
	enum op_kind kind;
	uint32_t n;
	uint32_t slot;			/* of the key's place, in the template */
	union {
		const char *text;
		const struct page_key *key;
	} u;
};

struct template {
	const char *name;		/* file name */
	const char *indent;		/* before each line */
	const char *text;
	const struct op *op;
	uint32_t n, slots;
};

struct pages {
	struct arena *mem;
	const struct words *words;
	uint32_t files;			/* the first ones: one a file */
	uint32_t n;
	struct template *of[LANG_COUNT];	/* the same order in each */
};

/* Index of a file's template, or -1. */
int page_index(const struct pages *, const char *name);

/*
 * Reads one template's text into its operations; may add templates behind the
 * others. 0, or -1 with file, line and reason in `why`.
 */
int page_parse(struct pages *, enum lang, uint32_t index, char *why,
    size_t why_bytes);

/* What may stand behind a value's name. */
enum property {
	PROPERTY_WORD,		/* none of these: a text to compare with */
	PROPERTY_TIME, PROPERTY_DAY, PROPERTY_DATE, PROPERTY_ISO,
	PROPERTY_RELATIVE, PROPERTY_NEW_DAY, PROPERTY_COUNT, PROPERTY_MANY,
	PROPERTY_T
};

/* What the n bytes of a name mean. */
enum property property_of(const char *name, size_t n);

struct property_call {
	const struct pages *pages;
	enum lang lang;
	utc_ms now;
};

/*
 * Turns a value into its property, which may be written into `text`; into
 * VALUE_NONE when that kind of value has no such property.
 */
enum { PROPERTY_TEXT = 64 };
void property_value(const struct property_call *, const struct page_part *,
    struct value *, char text[PROPERTY_TEXT]);

/* The day of an instant or date; 0 and *ok 0 of anything else. */
civil_date value_day(const struct value *, int *ok);

#endif
