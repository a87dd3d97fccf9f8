/* What a query or a form says: application/x-www-form-urlencoded. */
#include "arena.h"
#include "form.h"
#include "fuzz/replay.h"

enum { CAP_BYTES = 1 << 24 };

/* A name is a name of an input; a value ends where it says, and a NUL is behind. */
static void
look(const struct field *f, size_t n)
{
	size_t name = strlen(f->name);

	if (name == 0 || name > FIELD_NAME_MAX || f->n > n ||
	    f->value[f->n] != '\0' ||
	    strspn(f->name, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != name)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *mem = arena_new(CAP_BYTES);
	struct form form;

	if (form_parse(&form, mem, (const char *)p, n) == 0) {
		if (form.n > FIELDS_MAX)
			abort();
		for (size_t i = 0; i < form.n; i++)
			look(&form.v[i], n);
	}
	arena_free(mem);
	return 0;
}

REPLAY("form");
