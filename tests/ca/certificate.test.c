/* What goes into a certificate, and what of a request never does. */
#include "unit.h"

#include "csr.h"
#include "profile.h"

#include <openssl/rsa.h>
#include <openssl/x509v3.h>

enum { DAYS = 730 };

static const struct ref device = { { 0xde, 0xad, [15] = 0x01 } };

/* A device's certificate under an authority of its own. */
struct world {
	EVP_PKEY *ca_key, *key;
	X509 *ca, *certificate;
};

static int
setup(void **state)
{
	static struct world w;
	char names[NAMES_BYTES];
	struct profile p = profile_device(&device, instant_now(), DAYS, names);
	struct profile ca = { .kind = PROFILE_AUTHORITY, .common_name = "test",
	    .serial = { 7 }, .from = instant_now() - BACKDATE_MS,
	    .until = instant_now() + DAY_MS };

	w.ca_key = profile_key();
	w.key = profile_key();
	w.ca = profile_sign(&ca, w.ca_key, NULL, w.ca_key);
	w.certificate = profile_sign(&p, w.key, w.ca, w.ca_key);
	*state = &w;
	return w.ca == NULL || w.certificate == NULL;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	EVP_PKEY_free(w->ca_key);
	EVP_PKEY_free(w->key);
	X509_free(w->ca);
	X509_free(w->certificate);
	return 0;
}

static void
test_profile(void **state)
{
	struct world *w = *state;
	uint32_t flags = X509_get_extension_flags(w->certificate);

	assert_int_equal(X509_check_ca(w->certificate), 0);
	assert_true(flags & EXFLAG_BCONS);
	assert_false(flags & EXFLAG_CA);
	assert_int_equal(X509_get_extended_key_usage(w->certificate),
	    XKU_SSL_CLIENT);
	assert_int_equal(X509_get_key_usage(w->certificate),
	    KU_DIGITAL_SIGNATURE);
	assert_int_equal(X509_verify(w->certificate, w->ca_key), 1);
	assert_int_equal(X509_check_issued(w->ca, w->certificate), X509_V_OK);
	assert_non_null(X509_get0_subject_key_id(w->certificate));
	assert_non_null(X509_get0_authority_key_id(w->certificate));
}

static void
test_says_the_device_alone(void **state)
{
	struct world *w = *state;
	GENERAL_NAMES *names = X509_get_ext_d2i(w->certificate,
	    NID_subject_alt_name, NULL, NULL);
	const GENERAL_NAME *n;
	char text[80];

	assert_int_equal(sk_GENERAL_NAME_num(names), 1);
	n = sk_GENERAL_NAME_value(names, 0);
	assert_int_equal(n->type, GEN_URI);
	assert_string_equal((const char *)ASN1_STRING_get0_data(
	    n->d.uniformResourceIdentifier),
	    "urn:tomozuna:device:dead0000000000000000000000000001");
	GENERAL_NAMES_free(names);
	X509_NAME_oneline(X509_get_subject_name(w->certificate), text,
	    sizeof text);
	assert_string_equal(text, "/CN=dead0000000000000000000000000001");
}

static void
test_serial_is_random(void **state)
{
	char a_names[NAMES_BYTES], b_names[NAMES_BYTES];
	struct profile a = profile_device(&device, 0, DAYS, a_names);
	struct profile b = profile_device(&device, 0, DAYS, b_names);

	(void)state;
	assert_memory_not_equal(a.serial, b.serial, SERIAL_BYTES);
}

static void
test_dates(void **state)
{
	struct world *w = *state;
	utc_ms from, until;

	assert_int_equal(asn1_to_utc(X509_get0_notBefore(w->certificate),
	    &from), 0);
	assert_int_equal(asn1_to_utc(X509_get0_notAfter(w->certificate),
	    &until), 0);
	assert_true(from < instant_now());
	assert_in_range(until - from, DAYS * DAY_MS,
	    DAYS * DAY_MS + BACKDATE_MS + SECOND_MS);
}

/* ---- requests ---- */

static struct db_bytes
request_of(EVP_PKEY *key, EVP_PKEY *signer, unsigned char **der)
{
	X509_REQ *r = X509_REQ_new();
	int n;

	X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(r), "CN",
	    MBSTRING_ASC, (const unsigned char *)"somebody else", -1, -1, 0);
	X509_REQ_set_pubkey(r, key);
	X509_REQ_sign(r, signer, EVP_sha256());
	*der = NULL;
	n = i2d_X509_REQ(r, der);
	X509_REQ_free(r);
	return (struct db_bytes){ *der, (size_t)n };
}

/* Whether a request with this key, signed by that one, is taken. */
static int
is_taken(EVP_PKEY *key, EVP_PKEY *signer)
{
	unsigned char *der;
	const char *reason;
	EVP_PKEY *got = csr_key(request_of(key, signer, &der), &reason);
	int taken = got != NULL && EVP_PKEY_eq(got, key) == 1;

	assert_true(taken || reason != NULL);
	EVP_PKEY_free(got);
	OPENSSL_free(der);
	return taken;
}

static void
test_request_keys(void **state)
{
	struct world *w = *state;
	EVP_PKEY *good = EVP_RSA_gen(2048), *small = EVP_RSA_gen(1024);
	EVP_PKEY *curve = EVP_EC_gen("P-384"), *other = EVP_EC_gen("secp256k1");

	assert_true(is_taken(w->key, w->key));
	assert_true(is_taken(curve, curve));
	assert_true(is_taken(good, good));
	assert_false(is_taken(small, small));
	assert_false(is_taken(other, other));
	assert_false(is_taken(w->key, curve));
	EVP_PKEY_free(good);
	EVP_PKEY_free(small);
	EVP_PKEY_free(curve);
	EVP_PKEY_free(other);
}

static void
test_request_broken(void **state)
{
	struct world *w = *state;
	const char *reason;
	unsigned char *der;
	struct db_bytes r = request_of(w->key, w->key, &der);

	for (size_t n = 0; n < r.n; n++)
		assert_null(csr_key((struct db_bytes){ r.p, n }, &reason));
	der[r.n - 1] ^= 1;
	assert_null(csr_key(r, &reason));
	assert_null(csr_key((struct db_bytes){ NULL, 0 }, &reason));
	OPENSSL_free(der);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profile),
		cmocka_unit_test(test_says_the_device_alone),
		cmocka_unit_test(test_serial_is_random),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_request_keys),
		cmocka_unit_test(test_request_broken)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
