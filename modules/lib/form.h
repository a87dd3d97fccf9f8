/* Names and values as the client sent them, before any check. Internal. */
#ifndef FORM_H
#define FORM_H

#include <stddef.h>

struct arena;

enum { FIELDS_MAX = 500, FIELD_NAME_MAX = 64 };

struct field {
	const char *name;	/* letters, digits and _ only */
	const char *value;	/* with a NUL behind it, and perhaps inside */
	size_t n;
};

struct form {
	struct field *v;
	size_t n;
};

/*
 * Takes apart application/x-www-form-urlencoded. Returns 0, or -1 when an
 * escape is broken, a name is no name of an input, or there are too many.
 */
int form_parse(struct form *, struct arena *, const char *p, size_t n);

/* The first field of that name, NULL if there is none. */
struct field *form_find(const struct form *, const char *name);

#endif
