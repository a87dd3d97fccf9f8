#include "address.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* A block of addresses: the first `bits` of `net`. */
struct block4 {
	uint32_t net;
	int bits;
	enum address_class class;
};

static const struct block4 special4[] = {
	{ 0x00000000, 8, ADDRESS_NEVER },	/* this network */
	{ 0x0a000000, 8, ADDRESS_PRIVATE },
	{ 0x64400000, 10, ADDRESS_PRIVATE },	/* carriers' NAT */
	{ 0x7f000000, 8, ADDRESS_PRIVATE },	/* loopback */
	{ 0xa9fe0000, 16, ADDRESS_PRIVATE },	/* link-local */
	{ 0xac100000, 12, ADDRESS_PRIVATE },
	{ 0xc0000000, 24, ADDRESS_NEVER },	/* protocol assignments */
	{ 0xc0000200, 24, ADDRESS_NEVER },	/* documentation */
	{ 0xc0586300, 24, ADDRESS_NEVER },	/* 6to4 relays */
	{ 0xc0a80000, 16, ADDRESS_PRIVATE },
	{ 0xc6120000, 15, ADDRESS_NEVER },	/* benchmarks */
	{ 0xc6336400, 24, ADDRESS_NEVER },	/* documentation */
	{ 0xcb007100, 24, ADDRESS_NEVER },	/* documentation */
	{ 0xe0000000, 3, ADDRESS_NEVER }	/* multicast, reserved, broadcast */
};

static enum address_class
class4(uint32_t a)
{
	for (size_t i = 0; i < sizeof special4 / sizeof special4[0]; i++) {
		const struct block4 *b = &special4[i];

		if (((a ^ b->net) >> (32 - b->bits)) == 0)
			return b->class;
	}
	return ADDRESS_PUBLIC;
}

/*
 * Only 2000::/3 is given to hosts. Of it, 2001::/23 (Teredo and other protocol
 * assignments), 2001:db8::/32, 2002::/16 (6to4) and 3fff::/20 are not.
 */
static enum address_class
class6(const unsigned char b[16])
{
	static const unsigned char loopback[16] = { [15] = 1 };
	unsigned first = (unsigned)b[0] << 8 | b[1];
	unsigned second = (unsigned)b[2] << 8 | b[3];

	if (memcmp(b, loopback, 16) == 0 || (first & 0xffc0) == 0xfe80 ||
	    (first & 0xfe00) == 0xfc00)
		return ADDRESS_PRIVATE;
	if ((first & 0xe000) != 0x2000 || first == 0x2002)
		return ADDRESS_NEVER;
	if (first == 0x2001 && (second < 0x0200 || second == 0x0db8))
		return ADDRESS_NEVER;
	if (first == 0x3fff && second < 0x1000)
		return ADDRESS_NEVER;
	return ADDRESS_PUBLIC;
}

enum address_class
address_class(const struct sockaddr *a, size_t bytes)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct sockaddr_in in4;
	struct sockaddr_in6 in6;
	const unsigned char *b = in6.sin6_addr.s6_addr;

	if (a->sa_family == AF_INET && bytes >= sizeof in4) {
		memcpy(&in4, a, sizeof in4);
		return class4(ntohl(in4.sin_addr.s_addr));
	}
	if (a->sa_family != AF_INET6 || bytes < sizeof in6)
		return ADDRESS_NEVER;
	memcpy(&in6, a, sizeof in6);
	if (memcmp(b, mapped, sizeof mapped) != 0)
		return class6(b);
	return class4((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 |
	    (uint32_t)b[14] << 8 | b[15]);
}

static const char scheme[] = "https://";

/* The host of a fit URL, with its port; *n is its length. */
static const char *
host_of(const char *url, size_t *n)
{
	const char *host = url + sizeof scheme - 1;

	*n = strcspn(host, "/?#");
	return host;
}

int
address_url_is_fit(const char *url)
{
	const char *host;
	size_t n;

	if (strncasecmp(url, scheme, sizeof scheme - 1) != 0 ||
	    strlen(url) > ADDRESS_URL_MAX)
		return 0;
	for (const char *p = url; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f || *p == '\\')
			return 0;
	host = host_of(url, &n);
	return n > 0 && memchr(host, '@', n) == NULL;
}

int
address_host_among(const char *url, const char *other, const char *hosts)
{
	size_t n, m;
	const char *host = host_of(url, &n), *theirs = host_of(other, &m);

	if (n == m && strncasecmp(host, theirs, n) == 0)
		return 1;
	while (*hosts != '\0') {
		hosts += strspn(hosts, " ");
		m = strcspn(hosts, " ");
		if (n == m && n > 0 && strncasecmp(host, hosts, n) == 0)
			return 1;
		hosts += m;
	}
	return 0;
}
