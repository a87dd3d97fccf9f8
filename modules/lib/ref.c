#include "ref.h"

#include "seal.h"
#include "text.h"

struct ref
ref_new(void)
{
	struct ref r;

	seal_random(r.b, sizeof r.b);
	return r;
}

const char *
ref_hex(const struct ref *r, char buf[REF_HEX])
{
	hex_encode(r->b, sizeof r->b, buf);
	return buf;
}

int
ref_parse(const char *text, struct ref *out)
{
	return hex_decode(text, out->b, sizeof out->b);
}

int
ref_same(const struct ref *a, const struct ref *b)
{
	return memcmp(a->b, b->b, sizeof a->b) == 0;
}
