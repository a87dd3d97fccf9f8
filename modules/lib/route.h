/* Which route a path means, and whether a table makes sense. Internal. */
#ifndef ROUTE_H
#define ROUTE_H

#include "module.h"
#include "text.h"

enum { PATH_REFS_MAX = 4 };

/*
 * 1 when the path fits the pattern; `refs` gets its refs in order. A part
 * `{name}` takes 32 lower-case hexadecimal digits, any other only itself.
 */
int route_fits(const char *pattern, const char *path,
    struct ref refs[PATH_REFS_MAX]);

/* Place of `{name}` among the pattern's refs, or -1. */
int route_ref(const char *pattern, const char *name, size_t n);

/*
 * Finds the route: its index in a table that ends with a NULL path, or -1 and
 * in *others the set of methods (1 << method) that the path has.
 */
int route_find(const struct route *, enum method, const char *path,
    struct ref refs[PATH_REFS_MAX], unsigned *others);

/*
 * Fills the placeholders of `then`: {id} is `id`, others are the path's refs.
 */
void route_fill(struct buf *, const char *then, const char *pattern,
    const struct ref refs[PATH_REFS_MAX], const struct ref *id);

/* 0, or -1 with one line in `why`: the table must not be served. */
int routes_check(const struct route *, const struct hooks *,
    const struct pages *, char *why, size_t why_bytes);

/* PUBLIC, LOOPBACK or the hooks' name; NULL if there is none such. */
const char *route_who(const struct hooks *, int who);

/* Prints the table for --routes. */
void routes_print(const struct route *, const struct hooks *);

/* "GET". */
const char *method_name(enum method);

/* Whether it changes something: any POST but one that only reads. */
int route_writes(const struct route *);

#endif
