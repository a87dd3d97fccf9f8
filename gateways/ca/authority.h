/*
 * The authority of the devices: its certificate, and the key that no other
 * program can read.
 */
#ifndef AUTHORITY_H
#define AUTHORITY_H

#include <stddef.h>

#include <openssl/x509.h>

struct authority {
	X509 *certificate;
	EVP_PKEY *key;
};

/*
 * Reads both and checks that they belong together, that the certificate may
 * sign, and that the key's file is open to its owner alone (systemd's
 * credentials, which are read-only, too). `pass_phrase` may be "". 0, or -1
 * with one line in `why`.
 */
int authority_load(struct authority *, const char *key_file,
    const char *certificate_file, const char *pass_phrase, char *why,
    size_t why_bytes);

/* Frees both. */
void authority_done(struct authority *);

#endif
