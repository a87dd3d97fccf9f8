#include "csr.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/x509.h>

enum { RSA_BITS_MIN = 2048, RSA_BITS_MAX = 4096 };

static int
curve_is_ours(EVP_PKEY *key)
{
	char curve[40];

	if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME,
	    curve, sizeof curve, NULL) != 1)
		return 0;
	return strcmp(curve, "prime256v1") == 0 ||
	    strcmp(curve, "secp384r1") == 0;
}

static int
key_is_ours(EVP_PKEY *key)
{
	int bits = EVP_PKEY_get_bits(key);

	if (EVP_PKEY_is_a(key, "EC"))
		return curve_is_ours(key);
	return EVP_PKEY_is_a(key, "RSA") && bits >= RSA_BITS_MIN &&
	    bits <= RSA_BITS_MAX;
}

/* The key is looked at before its signature: an RSA key may be a trap. */
static EVP_PKEY *
key_of(X509_REQ *request, const char **reason)
{
	EVP_PKEY *key = X509_REQ_get_pubkey(request);

	*reason = NULL;
	if (key == NULL)
		*reason = "the request has no key";
	else if (!key_is_ours(key))
		*reason = "the key is of another kind or size";
	else if (X509_REQ_verify(request, key) != 1)
		*reason = "the request is not signed with its key";
	if (*reason == NULL)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

EVP_PKEY *
csr_key(struct db_bytes der, const char **reason)
{
	const unsigned char *p = der.p;
	X509_REQ *request = NULL;
	EVP_PKEY *key = NULL;

	*reason = "the request is none, or too long";
	if (der.n > 0 && der.n <= CSR_BYTES_MAX)
		request = d2i_X509_REQ(NULL, &p, (long)der.n);
	if (request != NULL && p == der.p + der.n)
		key = key_of(request, reason);
	X509_REQ_free(request);
	ERR_clear_error();
	return key;
}
