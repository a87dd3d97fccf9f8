#include "unpack.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

/* What was written, as a string of our own. */
static char *
text_of(BIO *b)
{
	char *p, *copy;
	long n = BIO_get_mem_data(b, &p);

	copy = calloc(1, (size_t)n + 1);
	if (copy == NULL)
		abort();
	memcpy(copy, p, (size_t)n);
	BIO_free(b);
	return copy;
}

/* The secure kind of memory is wiped when it is freed. */
static BIO *
memory(void)
{
	BIO *b = BIO_new(BIO_s_secmem());

	if (b == NULL)
		abort();
	return b;
}

int
unpack(struct db_bytes parcel, const char *phrase, struct unpacked *out)
{
	const unsigned char *at = parcel.p;
	PKCS12 *p = d2i_PKCS12(NULL, &at, (long)parcel.n);
	EVP_PKEY *key = NULL;
	X509 *certificate = NULL;
	BIO *k = memory(), *c = memory();
	int fine = p != NULL &&
	    PKCS12_parse(p, phrase, &key, &certificate, NULL) == 1 &&
	    key != NULL && certificate != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(k, key, NULL, NULL, 0, NULL,
	    NULL) == 1 && PEM_write_bio_X509(c, certificate) == 1;

	*out = (struct unpacked){ text_of(k), text_of(c) };
	PKCS12_free(p);
	EVP_PKEY_free(key);
	X509_free(certificate);
	ERR_clear_error();
	if (!fine)
		unpack_done(out);
	return fine ? 0 : -1;
}

void
unpack_done(struct unpacked *u)
{
	if (u->key != NULL)
		explicit_bzero(u->key, strlen(u->key));
	free(u->key);
	free(u->certificate);
	*u = (struct unpacked){ NULL, NULL };
}

int
certificate_end(const char *path, utc_ms *out)
{
	BIO *in = BIO_new_file(path, "r");
	X509 *c = in == NULL ? NULL : PEM_read_bio_X509(in, NULL, NULL, NULL);
	int days = 0, seconds = 0;
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int fine = c != NULL && epoch != NULL && ASN1_TIME_diff(&days,
	    &seconds, epoch, X509_get0_notAfter(c)) == 1;

	if (fine)
		*out = days * DAY_MS + seconds * SECOND_MS;
	ASN1_TIME_free(epoch);
	X509_free(c);
	BIO_free(in);
	ERR_clear_error();
	return fine ? 0 : -1;
}
