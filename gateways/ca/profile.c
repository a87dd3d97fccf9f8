#include "profile.h"

#include "seal.h"

#include <openssl/ec.h>
#include <openssl/x509v3.h>

enum { X509_VERSION = 2 /* v3 */ };

ASN1_TIME *
asn1_from_utc(utc_ms at)
{
	return ASN1_TIME_set(NULL, (time_t)(at / SECOND_MS));
}

int
asn1_to_utc(const ASN1_TIME *t, utc_ms *out)
{
	struct tm tm;
	struct civil c;

	if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
		return -1;
	c = (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
	*out = date_from_civil(c, NULL) * DAY_MS + tm.tm_hour * HOUR_MS +
	    tm.tm_min * MINUTE_MS + tm.tm_sec * SECOND_MS;
	return 0;
}

EVP_PKEY *
profile_key(void)
{
	return EVP_EC_gen("P-256");
}

static int
put_extension(X509 *c, X509V3_CTX *ctx, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_nconf_nid(NULL, ctx, nid, value);
	int fine = e != NULL && X509_add_ext(c, e, -1) == 1;

	X509_EXTENSION_free(e);
	return fine;
}

static int
put_extensions(X509 *c, X509 *issuer, const struct profile *p)
{
	static const char *const usage[] = {
		[PROFILE_AUTHORITY] = "critical,keyCertSign,cRLSign",
		[PROFILE_DEVICE] = "critical,digitalSignature",
		[PROFILE_DOOR] = "critical,digitalSignature"
	};
	int authority = p->kind == PROFILE_AUTHORITY;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, c, NULL, NULL, 0);
	return put_extension(c, &ctx, NID_basic_constraints, authority ?
	    "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
	    put_extension(c, &ctx, NID_key_usage, usage[p->kind]) &&
	    (authority || put_extension(c, &ctx, NID_ext_key_usage,
	    p->kind == PROFILE_DOOR ? "serverAuth" : "clientAuth")) &&
	    put_extension(c, &ctx, NID_subject_key_identifier, "hash") &&
	    put_extension(c, &ctx, NID_authority_key_identifier,
	    "keyid:always") &&
	    (p->names == NULL ||
	    put_extension(c, &ctx, NID_subject_alt_name, p->names));
}

static int
put_serial(X509 *c, const unsigned char serial[SERIAL_BYTES])
{
	BIGNUM *n = BN_bin2bn(serial, SERIAL_BYTES, NULL);
	int fine = n != NULL && BN_to_ASN1_INTEGER(n,
	    X509_get_serialNumber(c)) != NULL;

	BN_free(n);
	return fine;
}

static int
put_dates(X509 *c, utc_ms from, utc_ms until)
{
	ASN1_TIME *a = asn1_from_utc(from), *b = asn1_from_utc(until);
	int fine = a != NULL && b != NULL && X509_set1_notBefore(c, a) == 1 &&
	    X509_set1_notAfter(c, b) == 1;

	ASN1_TIME_free(a);
	ASN1_TIME_free(b);
	return fine;
}

static int
put_names(X509 *c, X509 *issuer, const char *common_name)
{
	X509_NAME *subject = X509_get_subject_name(c);

	return X509_NAME_add_entry_by_NID(subject, NID_commonName,
	    MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0) == 1 &&
	    X509_set_issuer_name(c, issuer == c ? subject :
	    X509_get_subject_name(issuer)) == 1;
}

X509 *
profile_sign(const struct profile *p, EVP_PKEY *subject, X509 *issuer,
    EVP_PKEY *issuer_key)
{
	X509 *c = X509_new();

	if (c == NULL)
		return NULL;
	if (issuer == NULL)
		issuer = c;
	if (X509_set_version(c, X509_VERSION) == 1 &&
	    put_serial(c, p->serial) &&
	    put_names(c, issuer, p->common_name) &&
	    put_dates(c, p->from, p->until) &&
	    X509_set_pubkey(c, subject) == 1 &&
	    put_extensions(c, issuer, p) &&
	    X509_sign(c, issuer_key, EVP_sha256()) > 0)
		return c;
	X509_free(c);
	return NULL;
}

struct profile
profile_device(const struct ref *device, utc_ms now, int64_t days,
    char names[NAMES_BYTES])
{
	static const char urn[] = "URI:urn:tomozuna:device:";
	struct profile p = { .kind = PROFILE_DEVICE, .names = names };
	char hex[REF_HEX];

	(void)snprintf(names, NAMES_BYTES, "%s%s", urn, ref_hex(device, hex));
	p.common_name = names + sizeof urn - 1;
	p.from = now - BACKDATE_MS;
	p.until = now + days * DAY_MS;
	seal_random(p.serial, sizeof p.serial);
	return p;
}
