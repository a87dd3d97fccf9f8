#include "form.h"

#include "arena.h"

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes into a copy; NULL when an escape is broken. */
static char *
decode(struct arena *mem, const char *p, size_t n, size_t *out_n)
{
	char *out = arena_copy(mem, p, n);
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		char c = p[i];

		if (c == '+')
			c = ' ';
		if (c == '%') {
			if (n - i < 3 || digit(p[i + 1]) < 0 ||
			    digit(p[i + 2]) < 0)
				return NULL;
			c = (char)(digit(p[i + 1]) * 16 + digit(p[i + 2]));
			i += 2;
		}
		out[to++] = c;
	}
	out[to] = '\0';
	*out_n = to;
	return out;
}

static int
is_name(const char *name, size_t n)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	return n > 0 && n <= FIELD_NAME_MAX && strspn(name, allowed) == n;
}

static int
take_pair(struct field *f, struct arena *mem, const char *p, size_t n)
{
	const char *eq = memchr(p, '=', n);
	size_t name_n = eq == NULL ? n : (size_t)(eq - p);
	size_t value_at = eq == NULL ? n : name_n + 1;

	f->name = decode(mem, p, name_n, &name_n);
	f->value = decode(mem, p + value_at, n - value_at, &f->n);
	if (f->name == NULL || f->value == NULL || !is_name(f->name, name_n))
		return -1;
	return 0;
}

static size_t
count_pairs(const char *p, size_t n)
{
	size_t count = 1;

	for (size_t i = 0; i < n; i++)
		count += p[i] == '&';
	return count;
}

int
form_parse(struct form *form, struct arena *mem, const char *p, size_t n)
{
	size_t most = count_pairs(p, n), at = 0;

	form->n = 0;
	if (most > FIELDS_MAX)
		return -1;
	form->v = arena_take_many(mem, most, sizeof *form->v);
	while (at < n) {
		const char *end = memchr(p + at, '&', n - at);
		size_t len = end == NULL ? n - at : (size_t)(end - (p + at));

		if (len > 0 && take_pair(&form->v[form->n++], mem, p + at,
		    len) != 0)
			return -1;
		at += len + 1;
	}
	return 0;
}

struct field *
form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->v[i].name, name) == 0)
			return &form->v[i];
	return NULL;
}
