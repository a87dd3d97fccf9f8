#include "request.h"

#include <limits.h>

/* The declaration's place; asking for another name or kind is our mistake. */
static const struct input_value *
in_find(const struct req *r, const char *name, unsigned kinds)
{
	const struct input *in = r->route->in;

	for (size_t i = 0; in != NULL && in[i].name != NULL; i++)
		if (strcmp(in[i].name, name) == 0 && kinds >> in[i].kind & 1U)
			return &r->own->in[i];
	fprintf(stderr, "route %s declares no such input: %s\n",
	    r->route->path, name);
	abort();
}

const char *
in_text(const struct req *r, const char *name)
{
	return in_find(r, name, 1U << TEXT | 1U << LINES | 1U << SECRET |
	    1U << CHOICE)->text;
}

const char *
in_many(const struct req *r, const char *name)
{
	const char *joined = in_find(r, name, 1U << TEXT | 1U << CHOICE |
	    1U << REF)->text;

	return joined == NULL ? "" : joined;
}

int64_t
in_integer(const struct req *r, const char *name, int *set)
{
	const struct input_value *v = in_find(r, name, 1U << INTEGER);

	if (set != NULL)
		*set = v->set;
	return v->n;
}

int
in_boolean(const struct req *r, const char *name)
{
	return (int)in_find(r, name, 1U << BOOLEAN)->n;
}

const struct upload *
in_files(const struct req *r, const char *name, size_t *n)
{
	const struct input_value *v = in_find(r, name, 1U << FILES);

	*n = v->nfiles;
	return v->files;
}

const struct ref *
in_ref(const struct req *r, const char *name)
{
	const struct input_value *v = in_find(r, name, 1U << REF);

	return v->set ? &v->ref : NULL;
}

civil_date
in_date(const struct req *r, const char *name, int *set)
{
	const struct input_value *v = in_find(r, name, 1U << DATE);

	if (set != NULL)
		*set = v->set;
	return (civil_date)v->n;
}

int64_t
in_cursor(const struct req *r, const char *name)
{
	const struct input_value *v = in_find(r, name, 1U << CURSOR);

	return v->set ? v->n : INT64_MAX;
}

const struct ref *
in_path(const struct req *r, const char *name)
{
	int at = route_ref(r->route->path, name, strlen(name));

	if (at < 0) {
		fprintf(stderr, "route %s has no {%s}\n", r->route->path, name);
		abort();
	}
	return &r->own->path[at];
}
