/*
 * Key and certificate in one file under a pass phrase (PKCS#12), for devices
 * that cannot make a key themselves.
 */
#ifndef PACK_H
#define PACK_H

#include <stddef.h>

#include <openssl/x509.h>

enum pack_kind {
	PACK_MODERN,		/* PBES2: AES-256-CBC, HMAC-SHA256; MAC SHA-256 */
	PACK_COMPATIBLE		/* PBE-SHA1-3DES, MAC SHA-1: older phones */
};

enum { PHRASE_TEXT = 32 /* bytes of a pass phrase, with NUL */ };

/*
 * A pass phrase: five groups of five letters that nobody confuses, 113 bits.
 * The weak ciphers of the compatible form hold because of it.
 */
void pack_phrase(char out[PHRASE_TEXT]);

/*
 * Packs. *der is OpenSSL's memory (OPENSSL_clear_free), *n its length; `label`
 * is what the device shows. 0, or -1.
 */
int pack(enum pack_kind, const char *phrase, const char *label, EVP_PKEY *,
    X509 *, unsigned char **der, size_t *n);

#endif
