/*
 * What a certificate of ours looks like. A request's subject and extensions
 * never count: only its key goes into a certificate, the rest stands here.
 */
#ifndef PROFILE_H
#define PROFILE_H

#include "instant.h"
#include "ref.h"

#include <openssl/x509.h>

enum {
	SERIAL_BYTES = 16,
	/* Certificates and lists begin a little early, for slow clocks. */
	BACKDATE_MS = 10 * 60 * 1000,
	NAMES_BYTES = 1024
};

enum profile_kind {
	PROFILE_AUTHORITY,	/* signs certificates and lists, depth 0 */
	PROFILE_DEVICE,		/* clientAuth only */
	PROFILE_DOOR		/* serverAuth only */
};

struct profile {
	enum profile_kind kind;
	const char *common_name;
	const char *names;	/* SAN in OpenSSL's words, NULL for none */
	unsigned char serial[SERIAL_BYTES];
	utc_ms from, until;
};

/*
 * A certificate over `subject`, signed with SHA-256 by `issuer`'s key; with
 * `issuer` NULL it signs itself. Free with X509_free. NULL if OpenSSL refuses
 * (a name that is none).
 */
X509 *profile_sign(const struct profile *, EVP_PKEY *subject, X509 *issuer,
    EVP_PKEY *issuer_key);

/*
 * The profile of a device: its ref is all that it says, so a certificate that
 * is seen by others names no one. `names` is storage that it points into.
 */
struct profile profile_device(const struct ref *device, utc_ms now,
    int64_t days, char names[NAMES_BYTES]);

/* A new key, EC P-256. Free with EVP_PKEY_free. NULL if there is none. */
EVP_PKEY *profile_key(void);

/* An instant as ASN.1 has it, and back; 0 or -1. */
ASN1_TIME *asn1_from_utc(utc_ms);
int asn1_to_utc(const ASN1_TIME *, utc_ms *out);

#endif
