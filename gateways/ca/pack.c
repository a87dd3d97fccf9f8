#include "pack.h"

#include "seal.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pkcs12.h>

enum {
	/* Iterations help short pass phrases; these are long. */
	ITERATIONS = 2048,
	GROUPS = 5, GROUP_LETTERS = 5
};

/* One letter, each equally likely: bytes past the last whole round go. */
static char
letter(void)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz";
	const unsigned n = sizeof letters - 1;
	unsigned char b;

	do
		seal_random(&b, 1);
	while (b >= 256 / n * n);
	return letters[b % n];
}

void
pack_phrase(char out[PHRASE_TEXT])
{
	size_t n = 0;

	for (int g = 0; g < GROUPS; g++) {
		if (g > 0)
			out[n++] = '-';
		for (int i = 0; i < GROUP_LETTERS; i++)
			out[n++] = letter();
	}
	out[n] = '\0';
}

int
pack(enum pack_kind kind, const char *phrase, const char *label,
    EVP_PKEY *key, X509 *certificate, unsigned char **der, size_t *n)
{
	int cipher = kind == PACK_MODERN ? NID_aes_256_cbc :
	    NID_pbe_WithSHA1And3_Key_TripleDES_CBC;
	const EVP_MD *mac = kind == PACK_MODERN ? EVP_sha256() : EVP_sha1();
	PKCS12 *p = PKCS12_create(phrase, label, key, certificate, NULL,
	    cipher, cipher, ITERATIONS, -1 /* the MAC comes below */, 0);
	int length = -1;

	*der = NULL;
	if (p != NULL &&
	    PKCS12_set_mac(p, phrase, -1, NULL, 0, ITERATIONS, mac) == 1)
		length = i2d_PKCS12(p, der);
	PKCS12_free(p);
	ERR_clear_error();
	if (length <= 0)
		return -1;
	*n = (size_t)length;
	return 0;
}
