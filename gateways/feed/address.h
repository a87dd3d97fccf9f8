/*
 * Where a fetch may go. A name can point anywhere, and point elsewhere a moment
 * later; so it is the address of the socket that is judged, never the name.
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stddef.h>

struct sockaddr;

enum address_class {
	ADDRESS_PUBLIC,		/* a host on the internet */
	ADDRESS_PRIVATE,	/* loopback, link-local, private: a source may be
				 * allowed to be there */
	ADDRESS_NEVER		/* multicast, documentation, tunnels, reserved, and
				 * all families but IPv4 and IPv6 */
};

/* By IANA's special-purpose registries (RFC 6890 and its updates). */
enum address_class address_class(const struct sockaddr *, size_t bytes);

/*
 * 1 if `url` is https, names a host without user or password, holds no blank
 * and no control character, and is at most ADDRESS_URL_MAX bytes long.
 */
enum { ADDRESS_URL_MAX = 1000 };
int address_url_is_fit(const char *url);

/*
 * 1 if the host of `url` is that of `other`, or one of the words of `hosts`
 * (separated by blanks; may be ""); case does not count. Both must be fit.
 */
int address_host_among(const char *url, const char *other, const char *hosts);

#endif
