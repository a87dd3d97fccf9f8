#include "form.h"

#include "arena.h"
#include "text.h"

/* Decodes into a copy; NULL when an escape is broken. */
static char *
decode(struct arena *mem, const char *p, size_t n, size_t *out_n)
{
	char *out = arena_copy(mem, p, n);

	if (url_decode(out, n, out_n) != 0)
		return NULL;
	out[*out_n] = '\0';
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
