#include "seal.h"

#include "text.h"
#include "unit.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

static void
assert_hex(const unsigned char *p, size_t n, const char *want)
{
	char hex[256];

	assert_true(2 * n < sizeof hex);
	hex_encode(p, n, hex);
	assert_string_equal(hex, want);
}

static void
randomness(void **state)
{
	unsigned char a[600], b[600];

	(void)state;
	seal_random(a, sizeof a);
	seal_random(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
	assert_true(seal_same(a, a, sizeof a));
	assert_false(seal_same(a, b, sizeof a));
	assert_true(seal_same("", "", 0));
}

/* FIPS 180-4's examples. */
static void
sha256(void **state)
{
	unsigned char out[SHA256_BYTES];

	(void)state;
	seal_sha256("abc", 3, out);
	assert_hex(out, sizeof out, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	seal_sha256(NULL, 0, out);
	assert_hex(out, sizeof out, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
}

/* HMAC pads its key with zeros, so the RFC's shorter keys fit ours. */
static void
hmac_with(const void *key, size_t key_n, const void *p, size_t n,
    unsigned char out[SHA256_BYTES])
{
	struct seal_key k = { { 0 } };

	assert_true(key_n <= sizeof k.b);
	memcpy(k.b, key, key_n);
	seal_hmac(&k, p, n, out);
}

/* RFC 4231, 4.2 to 4.5. */
static void
hmac(void **state)
{
	unsigned char key[25], data[50], out[SHA256_BYTES];

	(void)state;
	memset(key, 0x0b, 20);
	hmac_with(key, 20, "Hi There", 8, out);
	assert_hex(out, sizeof out, "b0344c61d8db38535ca8afceaf0bf12b"
	    "881dc200c9833da726e9376c2e32cff7");
	hmac_with("Jefe", 4, "what do ya want for nothing?", 28, out);
	assert_hex(out, sizeof out, "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, 20);
	memset(data, 0xdd, sizeof data);
	hmac_with(key, 20, data, sizeof data, out);
	assert_hex(out, sizeof out, "773ea91e36800e46854db8ebd09181a7"
	    "2959098b3ef8c122d9635514ced565fe");
	for (unsigned char i = 0; i < 25; i++)
		key[i] = (unsigned char)(i + 1);
	memset(data, 0xcd, sizeof data);
	hmac_with(key, 25, data, sizeof data, out);
	assert_hex(out, sizeof out, "82558a389a443c0ea4cc819899f2083a"
	    "85f0faa3e578f8077a2e3ff46729665b");
}

/* The first block of HKDF as RFC 5869, 2 has it, without salt. */
static void
hkdf(const void *ikm, size_t ikm_n, const char *info,
    unsigned char out[SHA256_BYTES])
{
	unsigned char prk[SHA256_BYTES], block[64] = { 0 };
	size_t n = strlen(info);

	hmac_with("", 0, ikm, ikm_n, prk);
	memcpy(block, info, n);
	block[n] = 1;
	hmac_with(prk, sizeof prk, block, n + 1, out);
}

static void
derivation(void **state)
{
	unsigned char ikm[22], want[SHA256_BYTES];
	struct seal_key master, a, b;

	(void)state;
	memset(ikm, 0x0b, sizeof ikm);
	hkdf(ikm, sizeof ikm, "", want);	/* RFC 5869, A.3 */
	assert_hex(want, sizeof want, "8da4e775a563c18f715f802a063c5a31"
	    "b8a11f5c5ee1879ec3454e5f3c738d2d");
	for (size_t i = 0; i < sizeof master.b; i++)
		master.b[i] = (unsigned char)i;
	seal_derive(&master, "cursor", &a);
	hkdf(master.b, sizeof master.b, "cursor", want);
	assert_memory_equal(a.b, want, sizeof want);
	seal_derive(&master, "cursor", &b);
	assert_memory_equal(a.b, b.b, sizeof a.b);
	seal_derive(&master, "journal", &b);
	assert_memory_not_equal(a.b, b.b, sizeof a.b);
	seal_derive(&master, "", &b);
	hkdf(master.b, sizeof master.b, "", want);
	assert_memory_equal(b.b, want, sizeof want);
}

/* ---- AES-256-GCM ---- */

/* The GCM specification's test cases 13 and 14, opened. */
static void
gcm_known(void **state)
{
	struct seal_key key = { { 0 } };
	unsigned char sealed[SEAL_EXTRA_BYTES + 16] = { 0 }, out[16];

	(void)state;
	assert_int_equal(hex_decode("530f8afbc74536b9a963b4f1c4cb738b",
	    sealed + SEAL_NONCE_BYTES, 16), 0);
	assert_int_equal(seal_open(&key, NULL, 0, sealed, SEAL_EXTRA_BYTES,
	    NULL), 0);
	assert_int_equal(hex_decode("cea7403d4d606b6e074ec5d3baf39d18"
	    "d0d1c8a799996bf0265b98b5d48ab919", sealed + SEAL_NONCE_BYTES, 32),
	    0);
	memset(out, 1, sizeof out);
	assert_int_equal(seal_open(&key, NULL, 0, sealed, sizeof sealed, out),
	    0);
	assert_hex(out, sizeof out, "00000000000000000000000000000000");
}

/* Test case 16: with associated data. */
static void
gcm_known_with_also(void **state)
{
	static const char text[] =
	    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
	    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
	struct seal_key key;
	unsigned char sealed[SEAL_EXTRA_BYTES + 60], also[20], out[60];

	(void)state;
	assert_int_equal(hex_decode("feffe9928665731c6d6a8f9467308308"
	    "feffe9928665731c6d6a8f9467308308", key.b, 32), 0);
	assert_int_equal(hex_decode("feedfacedeadbeeffeedfacedeadbeefabaddad2",
	    also, 20), 0);
	assert_int_equal(hex_decode("cafebabefacedbaddecaf888"
	    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
	    "76fc6ece0f4e1768cddf8853bb2d551b", sealed, sizeof sealed), 0);
	assert_int_equal(seal_open(&key, also, sizeof also, sealed,
	    sizeof sealed, out), 0);
	assert_hex(out, sizeof out, text);
}

static void
round_trip(void **state)
{
	enum { MOST = 70000 };
	static unsigned char text[MOST], sealed[MOST + SEAL_EXTRA_BYTES],
	    again[MOST + SEAL_EXTRA_BYTES], out[MOST];
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 65536, MOST };
	struct seal_key key;

	(void)state;
	seal_random(&key, sizeof key);
	seal_random(text, MOST);
	for (size_t i = 0; i < NELEMENTS(sizes); i++) {
		size_t n = sizes[i];

		seal_close(&key, "file 1", 6, text, n, sealed);
		seal_close(&key, "file 1", 6, text, n, again);
		assert_memory_not_equal(sealed, again, SEAL_NONCE_BYTES);
		assert_int_equal(seal_open(&key, "file 1", 6, sealed,
		    n + SEAL_EXTRA_BYTES, out), 0);
		assert_memory_equal(out, text, n);
	}
}

static void
assert_refused(const struct seal_key *key, const char *also,
    const unsigned char *p, size_t n)
{
	static const unsigned char wiped[64];
	unsigned char out[64];

	memset(out, 0xee, sizeof out);
	assert_int_equal(seal_open(key, also, strlen(also), p, n, out), -1);
	if (n > SEAL_EXTRA_BYTES)
		assert_memory_equal(out, wiped, n - SEAL_EXTRA_BYTES);
}

static void
tampering(void **state)
{
	enum { N = 20 + SEAL_EXTRA_BYTES };
	unsigned char sealed[N + 1] = { 0 };
	struct seal_key key, other;

	(void)state;
	seal_random(&key, sizeof key);
	seal_close(&key, "here", 4, "twenty bytes of text", 20, sealed);
	for (size_t i = 0; i < N; i++)
		for (int bit = 0; bit < 8; bit++) {
			sealed[i] ^= (unsigned char)(1 << bit);
			assert_refused(&key, "here", sealed, N);
			sealed[i] ^= (unsigned char)(1 << bit);
		}
	for (size_t n = 0; n < N; n++)
		assert_refused(&key, "here", sealed, n);
	assert_refused(&key, "here", sealed, N + 1);
	assert_refused(&key, "there", sealed, N);
	assert_refused(&key, "", sealed, N);
	other = key;
	other.b[31] ^= 1;
	assert_refused(&other, "here", sealed, N);
}

/* ---- key files ---- */

static int
load_from(const char *content, size_t n, struct seal_key *key)
{
	char path[] = "/tmp/seal-test-XXXXXX";
	int fd = mkstemp(path), result, error;

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, content, n), n);
	(void)close(fd);
	result = seal_load_key(path, key);
	error = errno;
	(void)unlink(path);
	errno = error;
	return result;
}

static void
key_files(void **state)
{
	static const char digits[] = "000102030405060708090a0b0c0d0e0f"
	    "101112131415161718191a1b1c1d1e1F\n\n";
	struct seal_key key = { { 9 } };

	(void)state;
	assert_int_equal(seal_load_key("/nonexistent/key", &key), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(seal_load_key("/", &key), -1);
	assert_int_equal(errno, EISDIR);
	for (size_t n = 0; n < sizeof digits; n++) {
		if (n == 65)
			continue;
		assert_int_equal(load_from(digits, n, &key), -1);
		assert_int_equal(errno, EINVAL);
	}
	assert_int_equal(load_from("x00102030405060708090a0b0c0d0e0f"
	    "101112131415161718191a1b1c1d1e1f\n", 65, &key), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(key.b[0], 9);
	assert_int_equal(load_from(digits, 65, &key), 0);
	for (size_t i = 0; i < sizeof key.b; i++)
		assert_int_equal(key.b[i], i);
}

/* ---- passwords ---- */

static void
passwords(void **state)
{
	char a[PASSWORD_HASH_BYTES], b[PASSWORD_HASH_BYTES];
	char longest[514];

	(void)state;
	assert_int_equal(seal_password("正しい馬 電池", a), 0);
	assert_int_equal(seal_password("正しい馬 電池", b), 0);
	assert_memory_equal(a, "$y$j9T$", 7);
	assert_string_not_equal(a, b);
	assert_int_equal(seal_password_is("正しい馬 電池", a), 1);
	assert_int_equal(seal_password_is("正しい馬 電地", a), 0);
	assert_int_equal(seal_password_is("", a), 0);
	a[strlen(a) - 1] ^= 1;
	assert_int_equal(seal_password_is("正しい馬 電池", a), 0);
	memset(longest, 'x', 513);
	longest[513] = '\0';
	assert_int_equal(seal_password(longest, a), -1);
	assert_int_equal(seal_password_is(longest, b), 0);
}

static void
no_hash(void **state)
{
	static const char *const v[] = { NULL, "", "*", "*0", "$y$", "$y$j9T$",
	    "secret", "$1$aaaaaaaa$", "abJnggxhB/yWI" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++)
		assert_int_equal(seal_password_is("secret", v[i]), 0);
}

static double
cpu_seconds(const char *hash)
{
	clock_t start = clock();

	assert_int_equal(seal_password_is("wrong", hash), 0);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* That the unknown user costs as much as the known one: within a factor. */
static void
same_time(void **state)
{
	char hash[PASSWORD_HASH_BYTES];
	double known = 0, unknown = 0;

	(void)state;
	assert_int_equal(seal_password("right", hash), 0);
	for (int i = 0; i < 5; i++) {
		known += cpu_seconds(hash);
		unknown += cpu_seconds(NULL);
	}
	assert_true(unknown > known / 2 && unknown < known * 2);
	assert_true(known > 0.005);
}

/* ---- certificates ---- */

static X509 *
make_certificate(EVP_PKEY *key)
{
	X509 *x = X509_new();
	X509_NAME *name = X509_get_subject_name(x);

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 42);
	X509_gmtime_adj(X509_getm_notBefore(x), 0);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
	    (const unsigned char *)"看護", -1, -1, 0);
	X509_set_issuer_name(x, name);
	X509_set_pubkey(x, key);
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);
	return x;
}

/* PEM of a fresh certificate, and the SHA-256 that OpenSSL gives for it. */
static void
make_pem(char *pem, size_t room, unsigned char hash[SHA256_BYTES])
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = make_certificate(key);
	BIO *out = BIO_new(BIO_s_mem());
	int n;

	assert_int_equal(X509_digest(x, EVP_sha256(), hash, NULL), 1);
	assert_int_equal(PEM_write_bio_X509(out, x), 1);
	n = BIO_read(out, pem, (int)room - 1);
	assert_true(n > 0);
	pem[n] = '\0';
	BIO_free(out);
	X509_free(x);
	EVP_PKEY_free(key);
}

static void
certificates(void **state)
{
	unsigned char want[SHA256_BYTES], out[SHA256_BYTES];
	struct buf b = { 0 };
	char pem[4096];

	(void)state;
	for (int i = 0; i < 8; i++) {	/* so that some have a + */
		make_pem(pem, sizeof pem, want);
		buf_reset(&b);
		buf_url(&b, pem, strlen(pem));
		assert_int_equal(seal_certificate(buf_text(&b), out), 0);
		assert_memory_equal(out, want, sizeof out);
		assert_int_equal(seal_certificate(pem, out), 0);
		assert_memory_equal(out, want, sizeof out);
	}
	buf_free(&b);
}

static void
no_certificates(void **state)
{
	static const char *const v[] = { "", "x", "%", "%2", "%00",
	    "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
	    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	    "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
	    "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
	    "DEK-Info: AES-128-CBC,00000000000000000000000000000000\n\n"
	    "AAAAAAAAAAAAAAAAAAAAAA==\n-----END CERTIFICATE-----\n" };
	unsigned char out[SHA256_BYTES] = { 1 }, before[SHA256_BYTES] = { 1 },
	    hash[SHA256_BYTES];
	char pem[4096];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++)
		assert_int_equal(seal_certificate(v[i], out), -1);
	make_pem(pem, sizeof pem, hash);
	pem[strlen(pem) - 10] = '\0';
	assert_int_equal(seal_certificate(pem, out), -1);
	assert_memory_equal(out, before, sizeof out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(randomness),
		cmocka_unit_test(sha256),
		cmocka_unit_test(hmac),
		cmocka_unit_test(derivation),
		cmocka_unit_test(gcm_known),
		cmocka_unit_test(gcm_known_with_also),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(tampering),
		cmocka_unit_test(key_files),
		cmocka_unit_test(passwords),
		cmocka_unit_test(no_hash),
		cmocka_unit_test(same_time),
		cmocka_unit_test(certificates),
		cmocka_unit_test(no_certificates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
