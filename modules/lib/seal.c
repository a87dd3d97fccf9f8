#include "seal.h"

#include "text.h"

#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <sys/random.h>
#include <unistd.h>

_Static_assert(PASSWORD_HASH_BYTES == CRYPT_OUTPUT_SIZE, "libcrypt's size");

/* Fits libcrypt's default cost; its password is unknown to anyone. */
static const char nobodys_setting[] = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1";

/* For calls that fail only when memory has run out or OpenSSL is broken. */
static void
must(int fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "seal: %s failed\n", what);
	abort();
}

void
seal_random(void *p, size_t n)
{
	unsigned char *to = p;

	while (n > 0) {
		ssize_t got = getrandom(to, n, 0);

		if (got == -1 && errno == EINTR)
			continue;
		must(got > 0, "getrandom");
		to += got;
		n -= (size_t)got;
	}
}

void
seal_sha256(const void *p, size_t n, unsigned char out[SHA256_BYTES])
{
	must(EVP_Digest(p, n, out, NULL, EVP_sha256(), NULL), "SHA-256");
}

struct seal_digest {
	EVP_MD_CTX *of;
};

struct seal_digest *
seal_digest_begin(void)
{
	struct seal_digest *d = calloc(1, sizeof *d);

	must(d != NULL && (d->of = EVP_MD_CTX_new()) != NULL &&
	    EVP_DigestInit_ex(d->of, EVP_sha256(), NULL), "SHA-256");
	return d;
}

void
seal_digest_put(struct seal_digest *d, const void *p, size_t n)
{
	must(EVP_DigestUpdate(d->of, p, n), "SHA-256");
}

void
seal_digest_end(struct seal_digest *d, unsigned char out[SHA256_BYTES])
{
	must(EVP_DigestFinal_ex(d->of, out, NULL), "SHA-256");
	seal_digest_free(d);
}

void
seal_digest_free(struct seal_digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->of);
	free(d);
}

void
seal_hmac(const struct seal_key *key, const void *p, size_t n,
    unsigned char out[SHA256_BYTES])
{
	must(HMAC(EVP_sha256(), key->b, sizeof key->b, n == 0 ? "" : p, n, out,
	    NULL) != NULL, "HMAC");
}

int
seal_same(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

/* ---- keys ---- */

/* Reads a file of at most `room` bytes; its size, or -1 and errno. */
static ssize_t
read_small(const char *path, char *to, size_t room)
{
	size_t n = 0;
	ssize_t got = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;

	if (fd == -1)
		return -1;
	while (n < room) {
		got = read(fd, to + n, room - n);
		if (got == 0 || (got == -1 && errno != EINTR))
			break;
		if (got > 0)
			n += (size_t)got;
	}
	error = errno;
	(void)close(fd);
	errno = error;
	return got == -1 ? -1 : (ssize_t)n;
}

int
seal_load_key(const char *path, struct seal_key *out)
{
	char text[2 * SEAL_KEY_BYTES + 2];	/* a byte too many, to see it */
	ssize_t n = read_small(path, text, sizeof text);
	int result = -1;

	if (n == -1)
		return -1;
	if (n == 2 * SEAL_KEY_BYTES + 1 && text[n - 1] == '\n') {
		text[n - 1] = '\0';
		for (char *p = text; *p != '\0'; p++)
			if (*p >= 'A' && *p <= 'F')
				*p += 'a' - 'A';
		result = hex_decode(text, out->b, sizeof out->b);
	}
	OPENSSL_cleanse(text, sizeof text);
	if (result == -1)
		errno = EINVAL;
	return result;
}

void
seal_derive(const struct seal_key *master, const char *purpose,
    struct seal_key *out)
{
	EVP_KDF *hkdf = EVP_KDF_fetch(NULL, OSSL_KDF_NAME_HKDF, NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(hkdf);
	char digest[] = "SHA256";
	OSSL_PARAM params[] = {
		OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_DIGEST, digest,
		    sizeof digest - 1),
		OSSL_PARAM_octet_string(OSSL_KDF_PARAM_KEY,
		    (unsigned char *)master->b, sizeof master->b),
		OSSL_PARAM_octet_string(OSSL_KDF_PARAM_INFO, (char *)purpose,
		    strlen(purpose)),
		OSSL_PARAM_END
	};

	must(ctx != NULL &&
	    EVP_KDF_derive(ctx, out->b, sizeof out->b, params) == 1, "HKDF");
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(hkdf);
}

/* ---- AES-256-GCM ---- */

/* Feeds bytes to a cipher; with `out` NULL they are authenticated only. */
static void
feed(EVP_CIPHER_CTX *ctx, unsigned char *out, const void *p, size_t n)
{
	int made;

	must(n <= INT_MAX, "AES-GCM: length");
	if (n > 0)
		must(EVP_CipherUpdate(ctx, out, &made, p, (int)n), "AES-GCM");
}

static EVP_CIPHER_CTX *
cipher_new(const struct seal_key *key, const unsigned char *nonce, int encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	/* GCM's own nonce length is SEAL_NONCE_BYTES. */
	must(ctx != NULL && EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL,
	    key->b, nonce, encrypt), "AES-GCM");
	return ctx;
}

void
seal_close(const struct seal_key *key, const void *also, size_t also_n,
    const void *p, size_t n, unsigned char *out)
{
	unsigned char *text = out + SEAL_NONCE_BYTES, *tag = text + n;
	unsigned char none[SEAL_TAG_BYTES];
	EVP_CIPHER_CTX *ctx;
	int made;

	seal_random(out, SEAL_NONCE_BYTES);
	ctx = cipher_new(key, out, 1);
	feed(ctx, NULL, also, also_n);
	feed(ctx, text, p, n);
	must(EVP_CipherFinal_ex(ctx, none, &made) == 1 &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG_BYTES,
	    tag) == 1, "AES-GCM");
	EVP_CIPHER_CTX_free(ctx);
}

int
seal_open(const struct seal_key *key, const void *also, size_t also_n,
    const unsigned char *p, size_t n, unsigned char *out)
{
	const unsigned char *text = p + SEAL_NONCE_BYTES;
	unsigned char tag[SEAL_TAG_BYTES], none[SEAL_TAG_BYTES];
	EVP_CIPHER_CTX *ctx;
	size_t text_n;
	int fine, made;

	if (n < SEAL_EXTRA_BYTES)
		return -1;
	text_n = n - SEAL_EXTRA_BYTES;
	memcpy(tag, text + text_n, sizeof tag);
	ctx = cipher_new(key, p, 0);
	feed(ctx, NULL, also, also_n);
	feed(ctx, out, text, text_n);
	must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, sizeof tag,
	    tag) == 1, "AES-GCM");
	fine = EVP_CipherFinal_ex(ctx, none, &made) == 1;
	EVP_CIPHER_CTX_free(ctx);
	if (fine)
		return 0;
	ERR_clear_error();
	if (text_n > 0)
		OPENSSL_cleanse(out, text_n);
	return -1;
}

/* ---- passwords ---- */

/* crypt(3) with storage of its own: 0, or -1 if the setting is none. */
static int
hash_password(const char *password, const char *setting,
    char out[PASSWORD_HASH_BYTES])
{
	struct crypt_data *data = calloc(1, sizeof *data);
	const char *made;

	must(data != NULL, "memory");
	made = crypt_r(password, setting, data);
	if (made != NULL && made[0] == '*')
		made = NULL;
	if (made != NULL)
		(void)snprintf(out, PASSWORD_HASH_BYTES, "%s", made);
	OPENSSL_cleanse(data, sizeof *data);
	free(data);
	return made == NULL ? -1 : 0;
}

int
seal_password(const char *password, char out[PASSWORD_HASH_BYTES])
{
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];

	if (crypt_gensalt_rn("$y$", 0, NULL, 0, setting, sizeof setting) ==
	    NULL)
		return -1;
	return hash_password(password, setting, out);
}

int
seal_password_is(const char *password, const char *hash)
{
	char made[PASSWORD_HASH_BYTES];
	int known = hash != NULL && strncmp(hash, "$y$", 3) == 0;
	size_t n;

	if (hash_password(password, known ? hash : nobodys_setting, made) == -1)
		return 0;
	n = strlen(made);
	return known && strlen(hash) == n && seal_same(made, hash, n);
}

/* ---- certificates ---- */

/* The element at *p, and *p behind it: 1 if it is of that kind and ends there. */
static int
der_skip(const unsigned char **p, const unsigned char *end, int tag)
{
	long n;
	int found, class;
	int form = ASN1_get_object(p, &n, &found, &class, end - *p);

	if ((form & 0x81) != 0 || class != V_ASN1_UNIVERSAL || found != tag)
		return 0;
	*p += n;
	return 1;
}

/*
 * Whether this has a certificate's outer shape (RFC 5280, 4.1). nginx has
 * verified it and only its hash is looked for, so the rest is not taken apart:
 * d2i_X509 decodes the key, which cost more than all else of a request here.
 */
static int
is_certificate(const unsigned char *der, long n)
{
	const unsigned char *p = der, *end = der + n, *in = der;
	long inner;
	int tag, class;

	if (!der_skip(&p, end, V_ASN1_SEQUENCE) || p != end)
		return 0;
	(void)ASN1_get_object(&in, &inner, &tag, &class, n);
	return der_skip(&in, end, V_ASN1_SEQUENCE) &&
	    der_skip(&in, end, V_ASN1_SEQUENCE) &&
	    der_skip(&in, end, V_ASN1_BIT_STRING) && in == end;
}

/* Hashes the DER of the first certificate in a PEM text. 0 or -1. */
static int
hash_pem(const char *pem, size_t n, unsigned char out[SHA256_BYTES])
{
	BIO *in = BIO_new_mem_buf(pem, (int)n);
	char no_passphrase[] = "";	/* otherwise OpenSSL asks a terminal */
	unsigned char *der = NULL;
	long der_n = 0;
	int good;

	must(in != NULL, "memory");
	good = PEM_bytes_read_bio(&der, &der_n, NULL, PEM_STRING_X509, in,
	    NULL, no_passphrase) == 1 && is_certificate(der, der_n);
	if (good)
		seal_sha256(der, (size_t)der_n, out);
	OPENSSL_free(der);
	BIO_free(in);
	ERR_clear_error();
	return good ? 0 : -1;
}

int
seal_certificate(const char *escaped_pem, unsigned char out[SHA256_BYTES])
{
	size_t n = strlen(escaped_pem);
	char *pem;
	int result = -1;

	if (n == 0 || n > INT_MAX)
		return -1;
	pem = malloc(n);
	must(pem != NULL, "memory");
	memcpy(pem, escaped_pem, n);
	if (percent_decode(pem, n, &n) == 0)
		result = hash_pem(pem, n, out);
	free(pem);
	return result;
}
