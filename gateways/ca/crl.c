#include "crl.h"

#include "pem_file.h"

#include <errno.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { CRL_VERSION = 1 /* v2 */ };

/* ---- making ---- */

static int
put_entry(X509_CRL *crl, const struct crl_entry *e)
{
	X509_REVOKED *r = X509_REVOKED_new();
	BIGNUM *n = BN_bin2bn(e->serial, SERIAL_BYTES, NULL);
	ASN1_INTEGER *serial = n == NULL ? NULL : BN_to_ASN1_INTEGER(n, NULL);
	ASN1_TIME *at = asn1_from_utc(e->at);
	int fine = r != NULL && serial != NULL && at != NULL &&
	    X509_REVOKED_set_serialNumber(r, serial) == 1 &&
	    X509_REVOKED_set_revocationDate(r, at) == 1 &&
	    X509_CRL_add0_revoked(crl, r) == 1;

	if (!fine)
		X509_REVOKED_free(r);
	BN_free(n);
	ASN1_INTEGER_free(serial);
	ASN1_TIME_free(at);
	return fine;
}

static int
put_number(X509_CRL *crl, int64_t number)
{
	ASN1_INTEGER *n = ASN1_INTEGER_new();
	int fine = n != NULL && ASN1_INTEGER_set_int64(n, number) == 1 &&
	    X509_CRL_add1_ext_i2d(crl, NID_crl_number, n, 0, 0) == 1;

	ASN1_INTEGER_free(n);
	return fine;
}

static int
put_issuer(X509_CRL *crl, X509 *issuer)
{
	X509V3_CTX ctx;
	X509_EXTENSION *e;
	int fine;

	X509V3_set_ctx(&ctx, issuer, NULL, NULL, crl, 0);
	e = X509V3_EXT_nconf_nid(NULL, &ctx, NID_authority_key_identifier,
	    "keyid:always");
	fine = e != NULL && X509_CRL_add_ext(crl, e, -1) == 1 &&
	    X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer)) == 1;
	X509_EXTENSION_free(e);
	return fine;
}

static int
put_dates(X509_CRL *crl, utc_ms now)
{
	ASN1_TIME *from = asn1_from_utc(now - BACKDATE_MS);
	ASN1_TIME *next = asn1_from_utc(now + CRL_DAYS * DAY_MS);
	int fine = from != NULL && next != NULL &&
	    X509_CRL_set1_lastUpdate(crl, from) == 1 &&
	    X509_CRL_set1_nextUpdate(crl, next) == 1;

	ASN1_TIME_free(from);
	ASN1_TIME_free(next);
	return fine;
}

X509_CRL *
crl_make(const struct authority *a, int64_t number, utc_ms now,
    const struct crl_entry *entry, size_t n)
{
	X509_CRL *crl = X509_CRL_new();
	int fine = crl != NULL && X509_CRL_set_version(crl, CRL_VERSION) == 1 &&
	    put_issuer(crl, a->certificate) && put_dates(crl, now) &&
	    put_number(crl, number);

	for (size_t i = 0; fine && i < n; i++)
		fine = put_entry(crl, &entry[i]);
	if (fine && X509_CRL_sort(crl) == 1 &&
	    X509_CRL_sign(crl, a->key, EVP_sha256()) > 0)
		return crl;
	X509_CRL_free(crl);
	return NULL;
}

/* ---- reading ---- */

static int
refuse(char *why, size_t n, const char *path, const char *what)
{
	(void)snprintf(why, n, "%s: %s", path, what);
	ERR_clear_error();
	return -1;
}

static int
facts_of(X509_CRL *crl, struct crl_facts *out)
{
	ASN1_INTEGER *number = X509_CRL_get_ext_d2i(crl, NID_crl_number, NULL,
	    NULL);
	struct crl_facts f = { 0 };
	int fine = number != NULL &&
	    ASN1_INTEGER_get_int64(&f.number, number) == 1 &&
	    asn1_to_utc(X509_CRL_get0_lastUpdate(crl), &f.issued) == 0 &&
	    asn1_to_utc(X509_CRL_get0_nextUpdate(crl), &f.next_update) == 0;

	ASN1_INTEGER_free(number);
	f.entries = sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl));
	if (f.entries < 0)
		f.entries = 0;
	if (fine)
		*out = f;
	return fine ? 0 : -1;
}

int
crl_read(const char *path, X509 *issuer, struct crl_facts *out, char *why,
    size_t n)
{
	X509_CRL *crl = pem_read_crl(path);
	const char *wrong = NULL;

	if (crl == NULL)
		return refuse(why, n, path, "there is no list, or a broken one");
	if (X509_NAME_cmp(X509_CRL_get_issuer(crl),
	    X509_get_subject_name(issuer)) != 0 ||
	    X509_CRL_verify(crl, X509_get0_pubkey(issuer)) != 1)
		wrong = "another authority signed it, or it was altered";
	else if (facts_of(crl, out) < 0)
		wrong = "number or dates are missing";
	X509_CRL_free(crl);
	return wrong == NULL ? 0 : refuse(why, n, path, wrong);
}

/* ---- installing ---- */

struct expected {
	X509 *issuer;
	const struct crl_facts *facts;
	char *why;
	size_t why_bytes;
};

static int
look_again(void *of, const char *path)
{
	const struct expected *e = of;
	struct crl_facts got;

	if (crl_read(path, e->issuer, &got, e->why, e->why_bytes) < 0)
		return -1;
	if (got.number == e->facts->number && got.entries == e->facts->entries)
		return 0;
	return refuse(e->why, e->why_bytes, path, "was not written as made");
}

int
crl_install(const char *path, X509 *issuer, X509_CRL *crl,
    const struct crl_facts *facts, char *why, size_t n)
{
	struct expected e = { issuer, facts, why, n };
	struct crl_facts there;
	BIO *b;
	char *p;
	long length;
	int result = -1;

	if (crl_read(path, issuer, &there, why, n) == 0 &&
	    there.number >= facts->number)
		return refuse(why, n, path, "is newer already");
	b = BIO_new(BIO_s_mem());
	if (b == NULL || PEM_write_bio_X509_CRL(b, crl) != 1)
		abort();
	length = BIO_get_mem_data(b, &p);
	why[0] = '\0';
	result = file_replace(path, 0644, p, (size_t)length, look_again, &e);
	if (result < 0 && why[0] == '\0')
		(void)refuse(why, n, path, strerror(errno));
	BIO_free(b);
	return result;
}
