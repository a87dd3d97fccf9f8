/*
 * The pass phrase of a parcel (ca_request.passphrase): gateways/ca seals it
 * under the master key for its request, whoever hands it out opens it.
 */
#ifndef PHRASE_H
#define PHRASE_H

#include "ref.h"
#include "seal.h"

#include <stddef.h>

enum {
	PHRASE_BYTES_MAX = 64,
	PHRASE_SEALED_BYTES = PHRASE_BYTES_MAX + SEAL_EXTRA_BYTES
};

/* Seals a phrase; returns the bytes of `out` that were written. */
size_t phrase_seal(const struct seal_key *master, const struct ref *request,
    const char *phrase, unsigned char out[PHRASE_SEALED_BYTES]);

/* Opens it, with a NUL. 0, or -1 if it was altered or is another request's. */
int phrase_open(const struct seal_key *master, const struct ref *request,
    const unsigned char *p, size_t n, char out[PHRASE_BYTES_MAX + 1]);

#endif
