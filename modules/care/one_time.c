#include "one_time.h"

#include "arena.h"
#include "model.h"

enum { CODE_DIGITS = 12 };

const char *
one_time_draw(struct req *r)
{
	const struct ref *ref = req_ref(r, 0);
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof n; i++)
		n = n << 8 | ref->b[i];
	return arena_printf(r->mem, "%0*llu", CODE_DIGITS,
	    (unsigned long long)(n % 1000000000000));
}

void
one_time_put(struct req *r, struct model *m, const char *code, utc_ms until)
{
	put_text(m, "code", arena_printf(r->mem, "%.4s %.4s %.4s", code,
	    code + 4, code + 8));
	put_utc(m, "code_until", until);
}

const char *
one_time_read(struct req *r, const char *typed)
{
	char *out = arena_take(r->mem, CODE_DIGITS + 1);
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ' || *typed == '-')
			continue;
		if (*typed < '0' || *typed > '9' || n == CODE_DIGITS)
			return NULL;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return n == CODE_DIGITS ? out : NULL;
}
