#include "probe.h"

#include <curl/curl.h>

enum { PROBE_TIMEOUT_MS = 5000, BAD_REQUEST = 400, FORBIDDEN = 403 };

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
	curl_easy_setopt(c, CURLOPT_SSLCERT, p->certificate);
	curl_easy_setopt(c, CURLOPT_SSLKEY, p->key);
	curl_easy_setopt(c, CURLOPT_CAINFO, p->door_ca);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)PROBE_TIMEOUT_MS);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
}

enum probe_result
probe_door(const struct probe *p, char *why, size_t n)
{
	CURL *c = curl_easy_init();
	CURLcode rc;
	long status = 0;

	if (c == NULL)
		abort();
	set_options(c, p);
	rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	if (rc != CURLE_OK) {
		(void)snprintf(why, n, "%s", curl_easy_strerror(rc));
		return PROBE_UNREACHABLE;
	}
	(void)snprintf(why, n, "status %ld", status);
	return status == BAD_REQUEST || status == FORBIDDEN ?
	    PROBE_REFUSED : PROBE_ACCEPTED;
}
