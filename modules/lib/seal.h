/*
 * Cryptography, all of it OpenSSL's and libcrypt's: this is the only header
 * behind which they are called, apart from gateways/ca and its parcels'
 * opener, deploy/tomozuna/unpack.c, and gateways/meet/jwt.c, which signs.
 */
#ifndef SEAL_H
#define SEAL_H

#include <stddef.h>
#include <stdint.h>

enum {
	SHA256_BYTES = 32,
	SEAL_KEY_BYTES = 32,		/* AES-256 */
	SEAL_NONCE_BYTES = 12,		/* GCM, random (NIST SP 800-38D, 8.2.2) */
	SEAL_TAG_BYTES = 16,
	SEAL_EXTRA_BYTES = SEAL_NONCE_BYTES + SEAL_TAG_BYTES,
	PASSWORD_HASH_BYTES = 384	/* libcrypt's CRYPT_OUTPUT_SIZE */
};

struct seal_key {
	unsigned char b[SEAL_KEY_BYTES];
};

/* Fills with random bytes from the kernel; aborts if it has none to give. */
void seal_random(void *p, size_t n);

/* SHA-256, and HMAC with it (FIPS 180-4, RFC 2104). */
void seal_sha256(const void *p, size_t n, unsigned char out[SHA256_BYTES]);
void seal_hmac(const struct seal_key *, const void *p, size_t n,
    unsigned char out[SHA256_BYTES]);

/*
 * SHA-256 of what comes in pieces. seal_digest_end frees it, seal_digest_free
 * does so without a result; NULL is allowed.
 */
struct seal_digest;
struct seal_digest *seal_digest_begin(void);
void seal_digest_put(struct seal_digest *, const void *p, size_t n);
void seal_digest_end(struct seal_digest *, unsigned char out[SHA256_BYTES]);
void seal_digest_free(struct seal_digest *);

/* 1 if equal, in a time that does not depend on where they differ. */
int seal_same(const void *a, const void *b, size_t n);

/*
 * Reads a key file: 64 hexadecimal digits and a line end. 0, or -1 and errno
 * (EINVAL when it holds something else).
 */
int seal_load_key(const char *path, struct seal_key *out);

/*
 * A key of its own for a purpose, from a master key: HKDF-SHA256 (RFC 5869)
 * without salt, `purpose` without its NUL as info, 32 bytes.
 */
void seal_derive(const struct seal_key *master, const char *purpose,
    struct seal_key *out);

/*
 * AES-256-GCM. `out` needs n + SEAL_EXTRA_BYTES: nonce, ciphertext, tag.
 * `also` is authenticated but not stored: the place that the text belongs to.
 */
void seal_close(const struct seal_key *, const void *also, size_t also_n,
    const void *p, size_t n, unsigned char *out);

/*
 * Opens what seal_close made of n - SEAL_EXTRA_BYTES bytes. 0, or -1 when it
 * was altered, belongs elsewhere or has another key; then out is wiped.
 */
int seal_open(const struct seal_key *, const void *also, size_t also_n,
    const unsigned char *p, size_t n, unsigned char *out);

/*
 * yescrypt (libcrypt's default cost, 20 to 50 ms and 16 MiB). 0, or -1: longer
 * than libcrypt's 511 bytes, or no memory.
 */
int seal_password(const char *password, char out[PASSWORD_HASH_BYTES]);

/*
 * 1 if it is the password; with hash NULL, or one that is not yescrypt's,
 * spends the same time and returns 0.
 */
int seal_password_is(const char *password, const char *hash);

/*
 * SHA-256 of the DER of a certificate in PEM, percent-encoded as nginx gives
 * it in $ssl_client_escaped_cert. 0, or -1 if it is none.
 */
int seal_certificate(const char *escaped_pem, unsigned char out[SHA256_BYTES]);

#endif
