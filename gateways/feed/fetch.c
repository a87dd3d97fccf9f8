#include "fetch.h"

#include "address.h"
#include "text.h"

#include <sys/socket.h>

#include <curl/curl.h>

enum {
	CONNECT_MS = 8000,
	SLOW_BYTES_S = 200, SLOW_S = 10,	/* slower than that is given up */
	HEADERS_BYTES_MAX = 64 * 1024
};

struct fetcher {
	CURLM *multi;
	const char *agent;
};

struct fetch {
	struct fetcher *of;
	CURL *curl;
	const struct source *source;
	struct curl_slist *headers;
	char url[ADDRESS_URL_MAX + 1];
	char etag[FETCH_TAG_MAX + 1], modified[FETCH_TAG_MAX + 1];
	char charset[40];
	char curl_says[CURL_ERROR_SIZE];
	struct buf body;
	size_t header_bytes;
	int hops, busy, done;
	const char *stopped;		/* why we ended it ourselves */
	struct fetch_answer answer;
};

/* ---- libcurl's questions ---- */

static curl_socket_t
open_socket(void *of, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct fetch *f = of;
	enum address_class class = address_class(&a->addr, a->addrlen);

	if (purpose != CURLSOCKTYPE_IPCXN || class == ADDRESS_NEVER ||
	    (class == ADDRESS_PRIVATE && !f->source->private_address)) {
		f->stopped = "its address is not on the internet";
		return CURL_SOCKET_BAD;
	}
	f->stopped = NULL;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t
take_body(char *p, size_t size, size_t count, void *of)
{
	struct fetch *f = of;
	size_t n = size * count;

	if (n > (size_t)f->source->bytes_max - f->body.n) {
		f->stopped = "longer than bytes_max";
		return 0;
	}
	buf_put(&f->body, p, n);
	if (f->body.failed) {
		f->stopped = "no memory for it";
		return 0;
	}
	return n;
}

/* Bytes as they come, before they are unpacked. */
static int
watch(void *of, curl_off_t all, curl_off_t now, curl_off_t up_all,
    curl_off_t up)
{
	struct fetch *f = of;

	(void)all, (void)up_all, (void)up;
	if (now <= f->source->bytes_max)
		return 0;
	f->stopped = "longer than bytes_max";
	return 1;
}

/* A header's value if it is `name`, without blanks; cut it is of no use. */
static void
take_header(const char *name, const char *p, size_t n, char *to)
{
	size_t length = strlen(name);

	if (n <= length || strncasecmp(p, name, length) != 0)
		return;
	p += length;
	n -= length;
	while (n > 0 && (*p == ' ' || *p == '\t'))
		p++, n--;
	while (n > 0 && (unsigned char)p[n - 1] <= ' ')
		n--;
	to[0] = '\0';
	if (n > FETCH_TAG_MAX || text_check(p, n, 0) != TEXT_OK)
		return;
	memcpy(to, p, n);
	to[n] = '\0';
}

static size_t
take_headers(char *p, size_t size, size_t count, void *of)
{
	struct fetch *f = of;
	size_t n = size * count;

	f->header_bytes += n;
	if (f->header_bytes > HEADERS_BYTES_MAX) {
		f->stopped = "its headers do not end";
		return 0;
	}
	if (n > 5 && memcmp(p, "HTTP/", 5) == 0)
		f->etag[0] = f->modified[0] = '\0';
	take_header("etag:", p, n, f->etag);
	take_header("last-modified:", p, n, f->modified);
	return n;
}

/* ---- making and ending ---- */

struct fetcher *
fetcher_new(const char *agent)
{
	struct fetcher *all = calloc(1, sizeof *all);

	if (all == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (all->multi = curl_multi_init()) == NULL)
		abort();
	/* A connection is one source's at a time, see set_up. */
	curl_multi_setopt(all->multi, CURLMOPT_PIPELINING,
	    (long)CURLPIPE_NOTHING);
	all->agent = agent;
	return all;
}

void
fetcher_free(struct fetcher *all)
{
	if (all == NULL)
		return;
	curl_multi_cleanup(all->multi);
	curl_global_cleanup();
	free(all);
}

static void
set_limits(CURL *c, const struct source *s)
{
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)s->timeout_ms);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
	curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE,
	    (curl_off_t)s->bytes_max);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (s->ca_file[0] != '\0')
		curl_easy_setopt(c, CURLOPT_CAINFO, s->ca_file);
	if (!s->private_address)
		return;
	/*
	 * A connection is judged when it is opened: one to a private address
	 * is not left for a source that may not go there.
	 */
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
}

struct fetch *
fetch_new(struct fetcher *all, const struct source *s)
{
	struct fetch *f = calloc(1, sizeof *f);

	if (f == NULL || (f->curl = curl_easy_init()) == NULL)
		abort();
	f->of = all;
	f->source = s;
	set_limits(f->curl, s);
	curl_easy_setopt(f->curl, CURLOPT_PRIVATE, f);
	curl_easy_setopt(f->curl, CURLOPT_USERAGENT, all->agent);
	curl_easy_setopt(f->curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	curl_easy_setopt(f->curl, CURLOPT_ERRORBUFFER, f->curl_says);
	curl_easy_setopt(f->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(f->curl, CURLOPT_OPENSOCKETDATA, f);
	curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(f->curl, CURLOPT_HEADERFUNCTION, take_headers);
	curl_easy_setopt(f->curl, CURLOPT_HEADERDATA, f);
	curl_easy_setopt(f->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFODATA, f);
	return f;
}

void
fetch_free(struct fetch *f)
{
	if (f == NULL)
		return;
	fetch_drop(f);
	curl_easy_cleanup(f->curl);
	free(f);
}

void
fetch_drop(struct fetch *f)
{
	if (f->busy)
		curl_multi_remove_handle(f->of->multi, f->curl);
	f->busy = f->done = 0;
	curl_slist_free_all(f->headers);
	f->headers = NULL;
	buf_free(&f->body);
}

/* ---- one document ---- */

static void
add_header(struct fetch *f, const char *name, const char *value)
{
	char line[FETCH_TAG_MAX + 40];

	if (value[0] == '\0')
		return;
	(void)snprintf(line, sizeof line, "%s: %s", name, value);
	f->headers = curl_slist_append(f->headers, line);
	if (f->headers == NULL)
		abort();
}

/* One hop: the first request, or where a redirect leads. */
static void
begin_hop(struct fetch *f, const char *url)
{
	(void)snprintf(f->url, sizeof f->url, "%s", url);
	buf_reset(&f->body);
	f->stopped = NULL;
	f->header_bytes = 0;
	f->curl_says[0] = '\0';
	curl_easy_setopt(f->curl, CURLOPT_URL, f->url);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, f->headers);
	if (curl_multi_add_handle(f->of->multi, f->curl) != CURLM_OK)
		abort();
	f->busy = 1;
}

void
fetch_begin(struct fetch *f, const char *url, const char *etag,
    const char *last_modified)
{
	if (f->busy || !address_url_is_fit(url))
		abort();
	fetch_drop(f);
	f->hops = 0;
	add_header(f, "If-None-Match", etag);
	add_header(f, "If-Modified-Since", last_modified);
	begin_hop(f, url);
}

static enum fetch_outcome
outcome_of(long status)
{
	switch (status) {
	case 200:
		return FETCH_GOOD;
	case 304:
		return FETCH_SAME;
	case 404:
	case 410:
		return FETCH_GONE;
	case 429:
	case 503:
		return FETCH_LATER;
	default:
		return FETCH_FAILED;
	}
}

/* The charset of a Content-Type, or NULL. */
static const char *
charset_of(struct fetch *f)
{
	char *type = NULL;
	const char *p;
	size_t n;

	(void)curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
	p = type == NULL ? NULL : strcasestr(type, "charset=");
	if (p == NULL)
		return NULL;
	p += strlen("charset=");
	p += *p == '"';
	n = strcspn(p, "\"; \t");
	if (n == 0 || n >= sizeof f->charset)
		return NULL;
	(void)snprintf(f->charset, sizeof f->charset, "%.*s", (int)n, p);
	return f->charset;
}

static void
settle(struct fetch *f, enum fetch_outcome outcome, long status,
    const char *reason)
{
	curl_off_t after = 0;

	(void)curl_easy_getinfo(f->curl, CURLINFO_RETRY_AFTER, &after);
	f->done = 1;
	f->answer = (struct fetch_answer){
		.outcome = outcome, .status = status, .reason = reason,
		.retry_after_s = after, .etag = f->etag,
		.last_modified = f->modified, .charset = charset_of(f),
		.url = f->url, .bytes = f->body.p, .n = f->body.n
	};
}

static void
settle_status(struct fetch *f, long status)
{
	static const char *const reason[] = {
		[FETCH_GOOD] = "", [FETCH_SAME] = "",
		[FETCH_GONE] = "the server does not have it",
		[FETCH_LATER] = "the server asks to wait",
		[FETCH_FAILED] = "the server answers with an error"
	};
	enum fetch_outcome outcome = outcome_of(status);

	settle(f, outcome, status, reason[outcome]);
}

static int
is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 ||
	    status == 307 || status == 308;
}

/* Goes where a redirect leads, if that is fit and not one too many. */
static void
redirect(struct fetch *f, long status)
{
	char *to = NULL;

	(void)curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &to);
	if (++f->hops > FETCH_HOPS_MAX)
		settle(f, FETCH_FAILED, status, "redirects without end");
	else if (to == NULL || !address_url_is_fit(to))
		settle(f, FETCH_FAILED, status,
		    "a redirect to what is not https");
	else
		begin_hop(f, to);
}

static void
end_hop(struct fetch *f, CURLcode rc)
{
	long status = 0;

	curl_multi_remove_handle(f->of->multi, f->curl);
	f->busy = 0;
	(void)curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_FILESIZE_EXCEEDED)
		f->stopped = "longer than bytes_max";
	if (rc != CURLE_OK)
		settle(f, FETCH_FAILED, status, f->stopped != NULL ?
		    f->stopped : curl_easy_strerror(rc));
	else if (is_redirect(status))
		redirect(f, status);
	else
		settle_status(f, status);
}

void
fetcher_turn(struct fetcher *all, int wait_ms)
{
	int running, left;
	CURLMsg *m;

	(void)curl_multi_perform(all->multi, &running);
	if (running > 0)
		(void)curl_multi_poll(all->multi, NULL, 0, wait_ms, NULL);
	(void)curl_multi_perform(all->multi, &running);
	while ((m = curl_multi_info_read(all->multi, &left)) != NULL) {
		CURLcode rc = m->data.result;
		char *of = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &of);
		end_hop((struct fetch *)(void *)of, rc);
	}
}

const struct fetch_answer *
fetch_answer(const struct fetch *f)
{
	return f->done ? &f->answer : NULL;
}

int
fetch_is_busy(const struct fetch *f)
{
	return f->busy;
}
