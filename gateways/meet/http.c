#include "http.h"

#include "arena.h"
#include "text.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 5000, ANSWER_MAX = 256 * 1024 };

struct http {
	CURL *curl;
};

static size_t
take(char *p, size_t size, size_t count, void *of)
{
	struct buf *b = of;

	if (b->n + size * count > ANSWER_MAX)
		return 0;	/* ends the transfer */
	buf_put(b, p, size * count);
	return size * count;
}

struct http *
http_new(const char *ca, int64_t timeout_s)
{
	struct http *h = calloc(1, sizeof *h);

	if (h == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (h->curl = curl_easy_init()) == NULL)
		abort();
	curl_easy_setopt(h->curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(h->curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(h->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(h->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	/* libcurl repeats a request on a kept connection that has gone. */
	curl_easy_setopt(h->curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(h->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(h->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(h->curl, CURLOPT_TIMEOUT, (long)timeout_s);
	curl_easy_setopt(h->curl, CURLOPT_WRITEFUNCTION, take);
	if (ca[0] != '\0')
		curl_easy_setopt(h->curl, CURLOPT_CAINFO, ca);
	return h;
}

void
http_free(struct http *h)
{
	curl_easy_cleanup(h->curl);
	free(h);
	curl_global_cleanup();
}

/* Appends a header, unless its value could begin another. */
static struct curl_slist *
add(struct curl_slist *list, struct arena *mem, const char *name,
    const char *value)
{
	if (strpbrk(value, "\r\n") != NULL)
		abort();
	list = curl_slist_append(list, arena_printf(mem, "%s: %s", name, value));
	if (list == NULL)
		abort();
	return list;
}

static struct curl_slist *
headers(struct arena *mem, const struct http_request *q)
{
	struct curl_slist *l = add(NULL, mem, "Accept", "application/json");

	if (q->type != NULL)
		l = add(l, mem, "Content-Type", q->type);
	if (q->bearer != NULL)
		l = add(l, mem, "Authorization",
		    arena_printf(mem, "Bearer %s", q->bearer));
	l = add(l, mem, "client-request-id", q->id);
	return add(l, mem, "Expect", "");
}

/* Whether a request that has no answer may have reached the other side. */
static int
may_have_arrived(CURLcode c)
{
	switch (c) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return 0;
	default:
		return 1;
	}
}

struct http_answer
http_ask(struct http *h, struct arena *mem, const struct http_request *q)
{
	struct curl_slist *list = headers(mem, q);
	struct http_answer a = { .body = "" };
	struct buf body = { 0 };
	curl_off_t wait = 0;
	CURLcode c;

	curl_easy_setopt(h->curl, CURLOPT_URL, q->url);
	curl_easy_setopt(h->curl, CURLOPT_HTTPGET, 1L);
	curl_easy_setopt(h->curl, CURLOPT_CUSTOMREQUEST, NULL);
	if (q->body != NULL)
		curl_easy_setopt(h->curl, CURLOPT_POSTFIELDS, q->body);
	curl_easy_setopt(h->curl, CURLOPT_CUSTOMREQUEST, q->method);
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(h->curl, CURLOPT_WRITEDATA, &body);
	c = curl_easy_perform(h->curl);
	if (c == CURLE_OK) {
		curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &a.status);
		curl_easy_getinfo(h->curl, CURLINFO_RETRY_AFTER, &wait);
		a.retry_after_s = wait;
		a.body = arena_text(mem, buf_text(&body));
	}
	a.begun = c != CURLE_OK && may_have_arrived(c);
	buf_free(&body);
	curl_slist_free_all(list);
	return a;
}
