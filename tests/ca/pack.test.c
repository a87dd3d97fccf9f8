/* Parcels open with their pass phrase, in OpenSSL's default provider. */
#include "unit.h"

#include "pack.h"
#include "profile.h"

#include <openssl/pkcs12.h>

/* What the MAC, the certificate's safe and the key's bag are made with. */
struct algorithms {
	int mac, certificate, key;
};

static int
nid_of(const X509_ALGOR *a)
{
	const ASN1_OBJECT *o;

	X509_ALGOR_get0(&o, NULL, NULL, a);
	return OBJ_obj2nid(o);
}

static int
nid_of_key(PKCS7 *safe)
{
	STACK_OF(PKCS12_SAFEBAG) *bags = PKCS12_unpack_p7data(safe);
	const X509_ALGOR *a;
	int nid;

	X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(
	    sk_PKCS12_SAFEBAG_value(bags, 0)), &a, NULL);
	nid = nid_of(a);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	return nid;
}

static struct algorithms
algorithms_of(PKCS12 *p)
{
	STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(p);
	struct algorithms got = { 0, 0, 0 };
	const X509_ALGOR *mac;

	PKCS12_get0_mac(NULL, &mac, NULL, NULL, p);
	got.mac = nid_of(mac);
	for (int i = 0; i < sk_PKCS7_num(safes); i++) {
		PKCS7 *safe = sk_PKCS7_value(safes, i);

		if (PKCS7_type_is_encrypted(safe))
			got.certificate = nid_of(
			    safe->d.encrypted->enc_data->algorithm);
		else
			got.key = nid_of_key(safe);
	}
	sk_PKCS7_pop_free(safes, PKCS7_free);
	return got;
}

/* Packs a fresh pair, opens it again, and says how it was made. */
static struct algorithms
round_trip(enum pack_kind kind)
{
	static const struct ref device = { { 1 } };
	char phrase[PHRASE_TEXT], names[NAMES_BYTES];
	struct profile f = profile_device(&device, instant_now(), 1, names);
	EVP_PKEY *key = profile_key(), *key_again;
	X509 *certificate = profile_sign(&f, key, NULL, key), *again;
	struct algorithms got;
	unsigned char *der;
	const unsigned char *at;
	size_t n;
	PKCS12 *p;

	pack_phrase(phrase);
	assert_int_equal(pack(kind, phrase, "a label", key, certificate, &der,
	    &n), 0);
	at = der;
	p = d2i_PKCS12(NULL, &at, (long)n);
	assert_non_null(p);
	assert_int_equal(PKCS12_verify_mac(p, "another phrase", -1), 0);
	assert_int_equal(PKCS12_parse(p, phrase, &key_again, &again, NULL), 1);
	assert_int_equal(EVP_PKEY_eq(key_again, key), 1);
	assert_int_equal(X509_cmp(again, certificate), 0);
	got = algorithms_of(p);
	PKCS12_free(p);
	EVP_PKEY_free(key);
	EVP_PKEY_free(key_again);
	X509_free(certificate);
	X509_free(again);
	OPENSSL_clear_free(der, n);
	return got;
}

static void
test_modern(void **state)
{
	struct algorithms a = round_trip(PACK_MODERN);

	(void)state;
	assert_int_equal(a.mac, NID_sha256);
	assert_int_equal(a.certificate, NID_pbes2);
	assert_int_equal(a.key, NID_pbes2);
}

static void
test_compatible(void **state)
{
	struct algorithms a = round_trip(PACK_COMPATIBLE);

	(void)state;
	assert_int_equal(a.mac, NID_sha1);
	assert_int_equal(a.certificate, NID_pbe_WithSHA1And3_Key_TripleDES_CBC);
	assert_int_equal(a.key, NID_pbe_WithSHA1And3_Key_TripleDES_CBC);
}

static void
test_phrases(void **state)
{
	char a[PHRASE_TEXT], b[PHRASE_TEXT];

	(void)state;
	pack_phrase(a);
	pack_phrase(b);
	assert_int_equal(strlen(a), 29);
	assert_string_not_equal(a, b);
	assert_int_equal(strspn(a, "abcdefghjkmnpqrstuvwxyz-"), 29);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modern),
		cmocka_unit_test(test_compatible),
		cmocka_unit_test(test_phrases)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
