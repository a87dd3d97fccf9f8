#include "kannel.h"

#include <curl/curl.h>

enum { CONNECT_MS = 1500, BODY_MAX = 256, HEADER_BYTES = 700 };

struct kannel {
	CURL *curl;
	const struct sms_settings *settings;
};

/* The start of an answer; the rest is of no use. */
struct answer {
	char p[BODY_MAX];
	size_t n;
};

/* ---- what an answer means ---- */

static int
says(const char *body, const char *what)
{
	return strstr(body, what) != NULL;
}

struct kannel_result
kannel_result_of(long code, const char *body, int begun)
{
	if (code == 202)	/* "3: Queued" while the SMSC is away */
		return (struct kannel_result){ OUTBOX_SENT, NULL,
		    body[0] == '3' };
	if (code == 503)
		return (struct kannel_result){ OUTBOX_AGAIN,
		    "Kannel's queue is full", 1 };
	if (code == 403 && says(body, "Not routable"))
		return (struct kannel_result){ OUTBOX_FAILED,
		    "no carrier for this number", 0 };
	if (code == 403)
		return (struct kannel_result){ OUTBOX_AGAIN,
		    "Kannel refuses our account", 1 };
	if (code == 400 && says(body, "umber"))
		return (struct kannel_result){ OUTBOX_FAILED,
		    "Kannel refuses this number", 0 };
	if (code != 0)
		return (struct kannel_result){ OUTBOX_AGAIN,
		    "Kannel does not understand us", 1 };
	if (begun)
		return (struct kannel_result){ OUTBOX_UNKNOWN,
		    "no answer from Kannel", 1 };
	return (struct kannel_result){ OUTBOX_AGAIN, "Kannel is not there", 1 };
}

/* ---- the act ---- */

static size_t
take_answer(char *p, size_t size, size_t count, void *of)
{
	struct answer *a = of;
	size_t n = size * count, room = sizeof a->p - 1 - a->n;

	memcpy(a->p + a->n, p, n < room ? n : room);
	a->n += n < room ? n : room;
	return n;
}

/* A connection of its own for each: libcurl repeats on one that has gone. */
struct kannel *
kannel_new(const struct sms_settings *s)
{
	struct kannel *k = calloc(1, sizeof *k);

	if (k == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (k->curl = curl_easy_init()) == NULL)
		abort();
	k->settings = s;
	curl_easy_setopt(k->curl, CURLOPT_URL, s->kannel_url);
	curl_easy_setopt(k->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(k->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(k->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(k->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(k->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(k->curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(k->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(k->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(k->curl, CURLOPT_TIMEOUT_MS,
	    (long)s->kannel_timeout_ms);
	curl_easy_setopt(k->curl, CURLOPT_WRITEFUNCTION, take_answer);
	return k;
}

void
kannel_free(struct kannel *k)
{
	curl_easy_cleanup(k->curl);
	free(k);
	curl_global_cleanup();
}

/* Appends "X-Kannel-NAME: value", unless the value could begin another. */
static struct curl_slist *
add(struct curl_slist *list, const char *name, const char *value)
{
	char line[HEADER_BYTES];

	if (strpbrk(value, "\r\n") != NULL)
		abort();
	(void)snprintf(line, sizeof line, "X-Kannel-%s: %s", name, value);
	list = curl_slist_append(list, line);
	if (list == NULL)
		abort();
	return list;
}

static struct curl_slist *
headers(const struct kannel *k, const char *to, enum sms_encoding encoding,
    const char *receipt_url)
{
	struct curl_slist *l = NULL;
	char validity[24];

	(void)snprintf(validity, sizeof validity, "%lld",
	    (long long)k->settings->validity_minutes);
	l = curl_slist_append(l, "Content-Type: text/plain; charset=UTF-8");
	l = curl_slist_append(l, "Expect:");
	l = add(l, "Username", k->settings->kannel_user);
	l = add(l, "Password", k->settings->kannel_password);
	l = add(l, "To", to);
	l = add(l, "Coding", encoding == SMS_GSM7 ? "0" : "2");
	l = add(l, "Validity", validity);
	l = add(l, "DLR-Mask", "31");
	l = add(l, "DLR-URL", receipt_url);
	if (k->settings->sms_sender[0] != '\0')
		l = add(l, "From", k->settings->sms_sender);
	return l;
}

struct kannel_result
kannel_send(struct kannel *k, const char *to, const char *text,
    enum sms_encoding encoding, const char *receipt_url)
{
	struct curl_slist *list = headers(k, to, encoding, receipt_url);
	struct answer answer = { .n = 0 };
	long code = 0, begun = 0;
	CURLcode rc;

	curl_easy_setopt(k->curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(k->curl, CURLOPT_POSTFIELDS, text);
	curl_easy_setopt(k->curl, CURLOPT_POSTFIELDSIZE, (long)strlen(text));
	curl_easy_setopt(k->curl, CURLOPT_WRITEDATA, &answer);
	rc = curl_easy_perform(k->curl);
	(void)curl_easy_getinfo(k->curl, CURLINFO_REQUEST_SIZE, &begun);
	(void)curl_easy_getinfo(k->curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(k->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(list);
	if (rc != CURLE_OK)
		code = 0;
	answer.p[answer.n] = '\0';
	return kannel_result_of(code, answer.p, begun > 0);
}
