#include "own_key.h"

#include "settings.h"
#include "text.h"
#include "viewer.h"

enum { PURPOSE_BYTES = 80 };

int
own_key(const struct req *r, const char *what, struct seal_key *out)
{
	char purpose[PURPOSE_BYTES];
	struct seal_key master;

	if (seal_load_key(r->settings->key, &master) != 0)
		return -1;
	snprintf(purpose, sizeof purpose, "%s %lld %lld", what,
	    (long long)r->viewer->network, (long long)r->viewer->user);
	seal_derive(&master, purpose, out);
	explicit_bzero(&master, sizeof master);
	return 0;
}

int
put_own_key(struct req *r, struct model *m, const char *what)
{
	char hex[2 * SEAL_KEY_BYTES + 1];
	struct seal_key key;

	if (own_key(r, what, &key) != 0)
		return -1;
	hex_encode(key.b, sizeof key.b, hex);
	put_text(m, "key", arena_text(r->mem, hex));
	explicit_bzero(&key, sizeof key);
	explicit_bzero(hex, sizeof hex);
	return 0;
}
