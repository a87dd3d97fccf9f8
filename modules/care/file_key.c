/* Keys of files: the file of generations, and a file's own key sealed by one. */
#include "file_own.h"

#include "bytes.h"
#include "text.h"

enum { GENERATION_MAX = 30000, WHAT_BYTES = 512 };

void
file_place(const struct ref *ref, uint32_t number, int last,
    unsigned char out[FILE_PLACE_BYTES])
{
	memcpy(out, ref->b, REF_BYTES);
	put_le32(out + REF_BYTES, number);
	out[REF_BYTES + 4] = last != 0;
}

/* One line `NUMBER KEY`; behind it, or NULL when it is none. */
static const char *
take_generation(const char *p, int *number, struct seal_key *key)
{
	char hex[2 * SEAL_KEY_BYTES + 1];
	size_t digits = strspn(p, "0123456789");

	if (digits == 0 || digits > 5 || p[digits] != ' ')
		return NULL;
	for (*number = 0; digits > 0; digits--)
		*number = *number * 10 + (*p++ - '0');
	p++;
	if (*number < 1 || *number > GENERATION_MAX ||
	    strnlen(p, sizeof hex - 1) != sizeof hex - 1)
		return NULL;
	memcpy(hex, p, sizeof hex - 1);
	hex[sizeof hex - 1] = '\0';
	p += sizeof hex - 1;
	if (hex_decode(hex, key->b, sizeof key->b) != 0 ||
	    (*p != '\n' && *p != '\0'))
		return NULL;
	return *p == '\n' ? p + 1 : p;
}

/*
 * The key of a generation, 0 for the newest. Its number, or -1: there is none
 * such, or the file is not as it should be, a number twice included.
 */
static int
find_generation(const char *keys, int wanted, struct seal_key *out)
{
	int found = -1, number, before = 0;
	struct seal_key key;

	for (const char *p = keys; *p != '\0';) {
		p = take_generation(p, &number, &key);
		if (p == NULL || number <= before) {
			found = -1;
			break;
		}
		before = number;
		if (wanted != 0 && number != wanted)
			continue;
		found = number;
		*out = key;
	}
	explicit_bzero(&key, sizeof key);
	return found;
}

int
file_newest(const char *keys)
{
	struct seal_key key;
	int number = find_generation(keys, 0, &key);

	explicit_bzero(&key, sizeof key);
	return number;
}

int
file_ready(const struct settings *s, char *why, size_t why_bytes)
{
	if (s->file_keys[0] == '\0' || file_newest(s->file_keys) > 0)
		return 0;
	snprintf(why, why_bytes, "file_keys_file: not lines `NUMBER KEY' with "
	    "rising numbers and 64 hexadecimal digits");
	return -1;
}

static int
network_key(const char *keys, int generation, int64_t network,
    struct seal_key *out)
{
	struct seal_key of;
	char purpose[64];

	if (find_generation(keys, generation, &of) != generation)
		return -1;
	snprintf(purpose, sizeof purpose, "files of network %lld",
	    (long long)network);
	seal_derive(&of, purpose, out);
	explicit_bzero(&of, sizeof of);
	return 0;
}

/* ref, network, bytes, type: 0 and the length in *n, or -1. */
static int
what_bytes(const struct file_what *w, unsigned char out[WHAT_BYTES], size_t *n)
{
	size_t type = strlen(w->type);

	*n = REF_BYTES + 8 + 8 + type;
	if (*n > WHAT_BYTES)
		return -1;
	memcpy(out, w->ref.b, REF_BYTES);
	put_le64(out + REF_BYTES, (uint64_t)w->network);
	put_le64(out + REF_BYTES + 8, (uint64_t)w->bytes);
	memcpy(out + REF_BYTES + 16, w->type, type);
	return 0;
}

int
file_wrap(const char *keys, int generation, const struct file_what *w,
    const struct seal_key *key, unsigned char out[FILE_WRAPPED_BYTES])
{
	unsigned char what[WHAT_BYTES];
	struct seal_key of;
	size_t n;

	if (what_bytes(w, what, &n) != 0 ||
	    network_key(keys, generation, w->network, &of) != 0)
		return -1;
	seal_close(&of, what, n, key->b, sizeof key->b, out);
	explicit_bzero(&of, sizeof of);
	return 0;
}

int
file_unwrap(const char *keys, int generation, const struct file_what *w,
    const unsigned char *wrapped, size_t n, struct seal_key *out)
{
	unsigned char what[WHAT_BYTES];
	struct seal_key of;
	size_t what_n;
	int result;

	if (n != FILE_WRAPPED_BYTES || what_bytes(w, what, &what_n) != 0 ||
	    network_key(keys, generation, w->network, &of) != 0)
		return -1;
	result = seal_open(&of, what, what_n, wrapped, n, out->b);
	explicit_bzero(&of, sizeof of);
	return result;
}
