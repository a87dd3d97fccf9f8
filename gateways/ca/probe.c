#include "probe.h"

#include "seal.h"

#include <curl/curl.h>
#include <openssl/pem.h>

enum { TIMEOUT_MS = 5000, BAD_REQUEST = 400, LASTS_DAYS = 8 };

int
probe_pair_make(struct probe_pair *p, const struct authority *a, utc_ms now)
{
	struct profile f = { .kind = PROFILE_DEVICE, .common_name = "probe",
	    .from = now - BACKDATE_MS, .until = now + LASTS_DAYS * DAY_MS };

	seal_random(f.serial, sizeof f.serial);
	memcpy(p->serial, f.serial, sizeof p->serial);
	p->key = profile_key();
	p->certificate = profile_sign(&f, p->key, a->certificate, a->key);
	if (p->certificate != NULL)
		return 0;
	probe_pair_done(p);
	return -1;
}

void
probe_pair_done(struct probe_pair *p)
{
	EVP_PKEY_free(p->key);
	X509_free(p->certificate);
	*p = (struct probe_pair){ .key = NULL };
}

static size_t
drop(char *p, size_t size, size_t n, void *of)
{
	(void)p;
	(void)of;
	return size * n;
}

static void
set_options(CURL *c, const struct probe *p)
{
	curl_easy_setopt(c, CURLOPT_URL, p->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_CAINFO, p->door_ca);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
}

/* Shows the pair to the door; libcurl copies what it is given. */
static void
show_pair(CURL *c, const struct probe_pair *pair)
{
	BIO *key = BIO_new(BIO_s_secmem()), *certificate = BIO_new(BIO_s_mem());
	struct curl_blob blob = { .flags = CURL_BLOB_COPY };
	char *p;

	if (PEM_write_bio_PKCS8PrivateKey(key, pair->key, NULL, NULL, 0, NULL,
	    NULL) != 1 || PEM_write_bio_X509(certificate,
	    pair->certificate) != 1)
		abort();
	blob.len = (size_t)BIO_get_mem_data(key, &p);
	blob.data = p;
	curl_easy_setopt(c, CURLOPT_SSLKEY_BLOB, &blob);
	blob.len = (size_t)BIO_get_mem_data(certificate, &p);
	blob.data = p;
	curl_easy_setopt(c, CURLOPT_SSLCERT_BLOB, &blob);
	BIO_free(key);
	BIO_free(certificate);
}

enum probe_result
probe_door(const struct probe *p, const struct probe_pair *pair, char *why,
    size_t n)
{
	CURL *c = curl_easy_init();
	CURLcode rc;
	long status = 0;

	if (c == NULL)
		abort();
	set_options(c, p);
	show_pair(c, pair);
	rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	if (rc != CURLE_OK) {
		(void)snprintf(why, n, "%s", curl_easy_strerror(rc));
		return PROBE_UNREACHABLE;
	}
	(void)snprintf(why, n, "status %ld", status);
	return status == BAD_REQUEST ? PROBE_REFUSED : PROBE_ACCEPTED;
}
