/*
 * The list of revoked certificates. It is the second wall: the first is the
 * device's row, which every request looks at. A list that is out of date locks
 * everybody out, and one that cannot be read leaves the old one in force; so
 * it is renewed long before its end and looked at before it counts.
 */
#ifndef CRL_H
#define CRL_H

#include "authority.h"
#include "instant.h"
#include "profile.h"

#include <stddef.h>

enum { CRL_DAYS = 7 };

struct crl_entry {
	unsigned char serial[SERIAL_BYTES];
	utc_ms at;
};

/* What a list says of itself. */
struct crl_facts {
	int64_t number;
	utc_ms issued, next_update;
	int64_t entries;
};

/*
 * A list issued at `now` with these entries, signed. Free with X509_CRL_free;
 * NULL if OpenSSL refuses.
 */
X509_CRL *crl_make(const struct authority *, int64_t number, utc_ms now,
    const struct crl_entry *, size_t n);

/*
 * Reads a list's file and checks its form and the signature of `issuer`. 0, or
 * -1 with one line in `why`, leaving *out untouched. Does not judge dates.
 */
int crl_read(const char *path, X509 *issuer, struct crl_facts *out, char *why,
    size_t why_bytes);

/*
 * Puts the list where nginx reads it, if what was written can be read back
 * with this issuer, number and count, and the file there is no newer one. 0,
 * or -1 with one line in `why`; then the old file stays.
 */
int crl_install(const char *path, X509 *issuer, X509_CRL *,
    const struct crl_facts *, char *why, size_t why_bytes);

#endif
