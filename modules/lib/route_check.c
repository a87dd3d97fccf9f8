/* A table of routes is looked at once, before anything is served. */
#include "route.h"

#include <stdarg.h>

/* What is being checked, and where the first complaint goes. */
struct check {
	const struct route *route;
	const struct hooks *hooks;
	char *why;
	size_t why_bytes;
};

static int
complain(const struct check *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int
complain(const struct check *c, const char *format, ...)
{
	va_list ap;
	int n = snprintf(c->why, c->why_bytes, "route %s %s: ",
	    method_name(c->route->method), c->route->path);

	if (n < 0 || (size_t)n >= c->why_bytes)
		return -1;
	va_start(ap, format);
	(void)vsnprintf(c->why + n, c->why_bytes - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

static int
check_path(const struct check *c)
{
	const char *path = c->route->path;
	int refs = 0;

	if (path[0] != '/')
		return complain(c, "a path begins with /");
	for (const char *p = path; *p != '\0'; p++) {
		if (*p == '{' && (p[-1] != '/' || strchr(p, '}') == NULL))
			return complain(c, "a {name} is a whole part");
		if (*p == '}' && p[1] != '/' && p[1] != '\0')
			return complain(c, "a {name} is a whole part");
		refs += *p == '{';
	}
	if (refs > PATH_REFS_MAX)
		return complain(c, "more than %d refs", PATH_REFS_MAX);
	return 0;
}

/* Files need somebody who keeps them, and a limit. */
static int
check_files(const struct check *c, const struct input *in)
{
	if (c->route->method != POST)
		return complain(c, "a GET takes no files: %s", in->name);
	if (in->max < 1 || in->max_bytes < 1 || in->choices == NULL)
		return complain(c, "files want max, max_bytes and choices: %s",
		    in->name);
	if (c->hooks == NULL || c->hooks->store == NULL)
		return complain(c, "nobody stores files: %s", in->name);
	return 0;
}

/* What is written of an input must mean something for its kind. */
static int
check_kind(const struct check *c, const struct input *in)
{
	int text = in->kind == TEXT || in->kind == LINES || in->kind == SECRET;

	if (text && c->route->method == GET)
		return complain(c, "GET takes no text: %s", in->name);
	if (text && in->optional)
		return complain(c, "a text is optional by min 0: %s", in->name);
	if ((text || in->kind == INTEGER) && in->min == 0 && in->max == 0)
		return complain(c, "no max: %s", in->name);
	if (in->choices != NULL && in->kind != CHOICE && in->kind != FILES)
		return complain(c, "choices of what is no CHOICE: %s", in->name);
	return in->kind == FILES ? check_files(c, in) : 0;
}

static int
check_input(const struct check *c, const struct input *in)
{
	if (check_kind(c, in) != 0)
		return -1;
	if (in->kind == CHOICE && (in->choices == NULL ||
	    in->choices[0] == '\0'))
		return complain(c, "no choices: %s", in->name);
	if (in->min > in->max)
		return complain(c, "min is above max: %s", in->name);
	if (strcmp(in->name, "idempotency_key") == 0)
		return complain(c, "idempotency_key is lib's own input");
	for (const struct input *before = c->route->in; before < in; before++)
		if (strcmp(before->name, in->name) == 0)
			return complain(c, "input twice: %s", in->name);
	return 0;
}

static int
check_then(const struct check *c)
{
	const char *p = c->route->then;

	if (p == NULL)
		return 0;
	if (p[0] != '/' || p[1] == '/')
		return complain(c, "`then` is a path of ours");
	while ((p = strchr(p, '{')) != NULL) {
		size_t n = strcspn(++p, "}");

		if (p[n] != '}')
			return complain(c, "`then` lacks a }");
		if (!(n == 2 && memcmp(p, "id", 2) == 0) &&
		    route_ref(c->route->path, p, n) < 0)
			return complain(c, "`then` names {%.*s}, the path "
			    "does not", (int)n, p);
	}
	return 0;
}

static int
check_once(const struct check *c, const struct route *first)
{
	for (; first < c->route; first++)
		if (first->method == c->route->method &&
		    strcmp(first->path, c->route->path) == 0)
			return complain(c, "stands twice in the table");
	return 0;
}

/* An admission may look at a part of the path: then the path has it. */
static int
check_part(const struct check *c, const struct hooks *hooks)
{
	const struct route *r = c->route;
	const char *part = hooks == NULL || hooks->who_part == NULL ? NULL :
	    hooks->who_part(r->who);

	if (part != NULL && route_ref(r->path, part, strlen(part)) < 0)
		return complain(c, "%s wants {%s} in the path",
		    route_who(hooks, r->who), part);
	return 0;
}

/* Nobody vouches for such a change but its key, and it can say no more than that. */
static int
check_anywhere(const struct check *c)
{
	const struct route *r = c->route;

	if (!r->anywhere)
		return 0;
	if (r->method != POST || r->who != PUBLIC || r->in != NULL ||
	    strchr(r->path, '{') == NULL)
		return complain(c, "from anywhere comes only a PUBLIC POST "
		    "without inputs, with a key in its path");
	return 0;
}

static int
check_route(const struct check *c, const struct hooks *hooks,
    const struct pages *pages)
{
	const struct route *r = c->route;

	if (r->handle == NULL)
		return complain(c, "no handler");
	if (route_who(hooks, r->who) == NULL)
		return complain(c, "nobody is called %d", r->who);
	if (r->page != NULL && !pages_has(pages, r->page))
		return complain(c, "no page %s", r->page);
	for (const struct input *in = r->in; in != NULL && in->name != NULL;
	    in++)
		if (check_input(c, in) != 0)
			return -1;
	if (check_path(c) != 0 || check_part(c, hooks) != 0 ||
	    check_anywhere(c) != 0)
		return -1;
	return check_then(c);
}

int
routes_check(const struct route *routes, const struct hooks *hooks,
    const struct pages *pages, char *why, size_t why_bytes)
{
	struct check c = { .route = routes, .hooks = hooks, .why = why,
		.why_bytes = why_bytes };

	for (; c.route->path != NULL; c.route++)
		if (check_route(&c, hooks, pages) != 0 ||
		    check_once(&c, routes) != 0)
			return -1;
	return 0;
}
