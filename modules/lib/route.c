#include "route.h"

/* Length of the path's part that begins at `at`. */
static size_t
part_length(const char *at)
{
	return strcspn(at, "/");
}

static int
is_ref(const char *part, size_t n, struct ref *out)
{
	char hex[REF_HEX];

	if (n != REF_HEX - 1)
		return 0;
	memcpy(hex, part, n);
	hex[n] = '\0';
	return ref_parse(hex, out) == 0;
}

int
route_fits(const char *pattern, const char *path,
    struct ref refs[PATH_REFS_MAX])
{
	int nrefs = 0;

	for (;;) {
		size_t pn = part_length(pattern), n = part_length(path);

		if (pn > 0 && pattern[0] == '{') {
			if (nrefs == PATH_REFS_MAX ||
			    !is_ref(path, n, &refs[nrefs++]))
				return 0;
		} else if (pn != n || memcmp(pattern, path, n) != 0) {
			return 0;
		}
		pattern += pn;
		path += n;
		if (*pattern == '\0' || *path == '\0')
			return *pattern == *path;
		pattern++;
		path++;
	}
}

int
route_ref(const char *pattern, const char *name, size_t n)
{
	int i = 0;

	for (const char *p = strchr(pattern, '{'); p != NULL;
	    p = strchr(p + 1, '{')) {
		if (strncmp(p + 1, name, n) == 0 && p[1 + n] == '}')
			return i;
		i++;
	}
	return -1;
}

int
route_find(const struct route *routes, enum method method, const char *path,
    struct ref refs[PATH_REFS_MAX], unsigned *others)
{
	*others = 0;
	for (int i = 0; routes[i].path != NULL; i++) {
		if (!route_fits(routes[i].path, path, refs))
			continue;
		if (routes[i].method == method)
			return i;
		*others |= 1U << routes[i].method;
	}
	return -1;
}

void
route_fill(struct buf *b, const char *then, const char *pattern,
    const struct ref refs[PATH_REFS_MAX], const struct ref *id)
{
	char hex[REF_HEX];

	while (*then != '\0') {
		size_t n = strcspn(then, "{");
		int at;

		buf_put(b, then, n);
		then += n;
		if (*then == '\0')
			return;
		n = strcspn(++then, "}");
		at = route_ref(pattern, then, n);
		if (n == 2 && memcmp(then, "id", 2) == 0)
			buf_puts(b, ref_hex(id, hex));
		else if (at >= 0)
			buf_puts(b, ref_hex(&refs[at], hex));
		then += n + (then[n] == '}');
	}
}

const char *
method_name(enum method method)
{
	return method == GET ? "GET" : "POST";
}

const char *
route_who(const struct hooks *hooks, int who)
{
	if (who == PUBLIC)
		return "PUBLIC";
	if (who == LOOPBACK)
		return "LOOPBACK";
	if (hooks == NULL || hooks->who_name == NULL || who < WHO_CARE)
		return NULL;
	return hooks->who_name(who);
}

static void
print_inputs(const struct input *in)
{
	static const char *const kinds[] = {
		[TEXT] = "text", [LINES] = "lines", [SECRET] = "secret",
		[INTEGER] = "integer", [BOOLEAN] = "boolean",
		[CHOICE] = "choice", [REF] = "ref", [DATE] = "date",
		[CURSOR] = "cursor", [FILES] = "files",
	};
	const char *between = "";

	if (in == NULL || in->name == NULL)
		fputs("-", stdout);
	for (; in != NULL && in->name != NULL; in++) {
		printf("%s%s:%s", between, in->name, kinds[in->kind]);
		between = ",";
	}
	putchar('\n');
}

void
routes_print(const struct route *route, const struct hooks *hooks)
{
	for (; route->path != NULL; route++) {
		printf("%s\t%s\t%s\t", method_name(route->method), route->path,
		    route_who(hooks, route->who));
		print_inputs(route->in);
	}
}

int
route_writes(const struct route *route)
{
	return route->method == POST && !route->reads;
}
