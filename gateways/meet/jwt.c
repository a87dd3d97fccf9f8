#include "jwt.h"

#include "arena.h"
#include "text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

enum { SIGNATURE_MAX = 1024, SHA256_SIZE = 32 };	/* an RSA key of 8192 bits */

/* base64url of bytes, in the arena. */
static const char *
encode(struct arena *mem, const void *p, size_t n)
{
	char *out = arena_take(mem, (n + 2) / 3 * 4 + 1);

	base64url_encode(p, n, out);
	return out;
}

static const char *
unsigned_token(struct arena *mem, const char *header, const char *claims)
{
	return arena_printf(mem, "%s.%s", encode(mem, header, strlen(header)),
	    encode(mem, claims, strlen(claims)));
}

const char *
jwt_hs256(struct arena *mem, const char *claims, const char *secret)
{
	const char *text = unsigned_token(mem,
	    "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (HMAC(EVP_sha256(), secret, (int)strlen(secret),
	    (const unsigned char *)text, strlen(text), mac, &n) == NULL)
		return NULL;
	return arena_printf(mem, "%s.%s", text, encode(mem, mac, n));
}

/* The header that names the certificate; NULL when the two are no pair. */
static const char *
named_header(struct arena *mem, BIO *pem, EVP_PKEY *key)
{
	X509 *certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL);
	unsigned char sum[EVP_MAX_MD_SIZE];
	const char *header = NULL;
	unsigned n = 0;

	if (certificate != NULL &&
	    X509_check_private_key(certificate, key) == 1 &&
	    X509_digest(certificate, EVP_sha256(), sum, &n) == 1)
		header = arena_printf(mem, "{\"alg\":\"PS256\",\"typ\":\"JWT\","
		    "\"x5t#S256\":\"%s\"}", encode(mem, sum, n));
	X509_free(certificate);
	return header;
}

static size_t
sign(EVP_PKEY *key, const char *text, unsigned char *out)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_PKEY_CTX *p = NULL;
	size_t n = SIGNATURE_MAX;
	int ok = c != NULL &&
	    EVP_DigestSignInit(c, &p, EVP_sha256(), NULL, key) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_PSS_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_rsa_pss_saltlen(p, SHA256_SIZE) == 1 &&
	    EVP_DigestSign(c, out, &n, (const unsigned char *)text,
	    strlen(text)) == 1;

	EVP_MD_CTX_free(c);
	return ok ? n : 0;
}

const char *
jwt_ps256(struct arena *mem, const char *claims, const char *pem)
{
	BIO *in = BIO_new_mem_buf(pem, -1), *again = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
	unsigned char signature[SIGNATURE_MAX];
	const char *header = NULL, *text = NULL;
	size_t n = 0;

	if (key != NULL && EVP_PKEY_is_a(key, "RSA") &&
	    EVP_PKEY_get_size(key) <= SIGNATURE_MAX)
		header = named_header(mem, again, key);
	if (header != NULL) {
		text = unsigned_token(mem, header, claims);
		n = sign(key, text, signature);
	}
	EVP_PKEY_free(key);
	BIO_free(in);
	BIO_free(again);
	return n == 0 ? NULL :
	    arena_printf(mem, "%s.%s", text, encode(mem, signature, n));
}
