#include "phrase.h"

static struct seal_key
key_of(const struct seal_key *master)
{
	struct seal_key key;

	seal_derive(master, "certificate parcel", &key);
	return key;
}

size_t
phrase_seal(const struct seal_key *master, const struct ref *request,
    const char *phrase, unsigned char out[PHRASE_SEALED_BYTES])
{
	struct seal_key key = key_of(master);
	size_t n = strnlen(phrase, PHRASE_BYTES_MAX);

	seal_close(&key, request, sizeof *request, phrase, n, out);
	explicit_bzero(&key, sizeof key);
	return n + SEAL_EXTRA_BYTES;
}

int
phrase_open(const struct seal_key *master, const struct ref *request,
    const unsigned char *p, size_t n, char out[PHRASE_BYTES_MAX + 1])
{
	struct seal_key key;
	int result;

	if (n < SEAL_EXTRA_BYTES || n > PHRASE_SEALED_BYTES)
		return -1;
	key = key_of(master);
	result = seal_open(&key, request, sizeof *request, p, n,
	    (unsigned char *)out);
	explicit_bzero(&key, sizeof key);
	out[result == 0 ? n - SEAL_EXTRA_BYTES : 0] = '\0';
	return result;
}
