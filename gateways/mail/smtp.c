#include "smtp.h"

#include <signal.h>

#include <curl/curl.h>

enum { CONNECT_MS = 3000, KEEP_S = 5, ADDRESS_BYTES = 260 };

struct smtp {
	CURL *curl;
	const struct mail_settings *settings;
	char from[ADDRESS_BYTES];
};

/* One mail under way. */
struct sending {
	enum smtp_phase phase;
	const char *p;
	size_t n;
};

/* ---- what an outcome means ---- */

static struct smtp_result
refused(enum smtp_phase phase, long code)
{
	int for_now = code < 500;

	if (phase == SMTP_HELLO && code / 10 == 53)
		return (struct smtp_result){ OUTBOX_AGAIN,
		    "the mail server refuses our account", 1 };
	if (phase == SMTP_HELLO || code == 421)
		return (struct smtp_result){ OUTBOX_AGAIN,
		    "the mail server takes nothing now", 1 };
	if (phase == SMTP_MAIL)
		return (struct smtp_result){ for_now ? OUTBOX_AGAIN :
		    OUTBOX_FAILED, "the mail server refuses our sender", 0 };
	if (phase == SMTP_RCPT)
		return (struct smtp_result){ for_now ? OUTBOX_AGAIN :
		    OUTBOX_FAILED, for_now ?
		    "the mailbox takes nothing now" :
		    "the mail server refuses this address", 0 };
	return (struct smtp_result){ for_now ? OUTBOX_AGAIN : OUTBOX_FAILED,
	    for_now ? "the mail server takes nothing now" :
	    "the mail server refuses this mail", 0 };
}

struct smtp_result
smtp_result_of(enum smtp_phase phase, int ok, long code)
{
	if (ok)
		return (struct smtp_result){ OUTBOX_SENT, NULL, 0 };
	if (code >= 400 && code < 600)
		return refused(phase, code);
	if (phase == SMTP_DOT)
		return (struct smtp_result){ OUTBOX_UNKNOWN,
		    "no answer after the end of the mail", 1 };
	return (struct smtp_result){ OUTBOX_AGAIN,
	    "the mail server is not there", 1 };
}

int
smtp_is_loopback(const char *url)
{
	const char *host = url + strlen("smtp://");
	size_t n;

	if (strncmp(url, "smtp://", strlen("smtp://")) != 0)
		return 0;
	n = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
	if (n == 9 && strncmp(host, "localhost", n) == 0)
		return 1;
	if (n == 5 && strncmp(host, "[::1]", n) == 0)
		return 1;
	return strncmp(host, "127.", 4) == 0 &&
	    strspn(host, "0123456789.") == n;
}

/* ---- libcurl's questions ---- */

static size_t
give_text(char *to, size_t size, size_t count, void *of)
{
	struct sending *s = of;
	size_t n = size * count < s->n ? size * count : s->n;

	memcpy(to, s->p, n);
	s->p += n;
	s->n -= n;
	s->phase = s->n > 0 ? SMTP_TEXT : SMTP_DOT;
	return n;
}

/* Follows the conversation by our own commands; shows nothing to anybody. */
static int
follow(CURL *curl, curl_infotype type, char *p, size_t n, void *of)
{
	static const struct {
		const char *command;
		enum smtp_phase phase;
	} step[] = {
		{ "MAIL ", SMTP_MAIL }, { "RCPT ", SMTP_RCPT },
		{ "DATA", SMTP_DATA }
	};
	struct sending *s = of;

	(void)curl;
	for (size_t i = 0; type == CURLINFO_HEADER_OUT &&
	    i < sizeof step / sizeof step[0]; i++) {
		size_t length = strlen(step[i].command);

		if (n >= length && memcmp(p, step[i].command, length) == 0)
			s->phase = step[i].phase;
	}
	return 0;
}

/* Told to stop, we leave a conversation whose text has not begun. */
static int
heed_stop(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct sending *s = of;
	sigset_t pending;

	(void)a, (void)b, (void)c, (void)d;
	return s->phase < SMTP_TEXT && sigpending(&pending) == 0 &&
	    sigismember(&pending, SIGTERM) == 1;
}

/* ---- the act ---- */

static void
set_security(CURL *c, const struct mail_settings *s)
{
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_USE_SSL, smtp_is_loopback(s->smtp_url) ?
	    (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (s->smtp_ca[0] != '\0')
		curl_easy_setopt(c, CURLOPT_CAINFO, s->smtp_ca);
	if (s->smtp_user[0] != '\0') {
		curl_easy_setopt(c, CURLOPT_USERNAME, s->smtp_user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, s->smtp_password);
	}
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
}

struct smtp *
smtp_new(const struct mail_settings *s)
{
	struct smtp *smtp = calloc(1, sizeof *smtp);

	if (smtp == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (smtp->curl = curl_easy_init()) == NULL)
		abort();
	smtp->settings = s;
	(void)snprintf(smtp->from, sizeof smtp->from, "<%s>", s->mail_from);
	curl_easy_setopt(smtp->curl, CURLOPT_URL, s->smtp_url);
	curl_easy_setopt(smtp->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)CONNECT_MS);
	curl_easy_setopt(smtp->curl, CURLOPT_TIMEOUT, (long)s->smtp_timeout_s);
	curl_easy_setopt(smtp->curl, CURLOPT_MAXAGE_CONN, (long)KEEP_S);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, smtp->from);
	curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_READFUNCTION, give_text);
	curl_easy_setopt(smtp->curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(smtp->curl, CURLOPT_DEBUGFUNCTION, follow);
	curl_easy_setopt(smtp->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(smtp->curl, CURLOPT_XFERINFOFUNCTION, heed_stop);
	set_security(smtp->curl, s);
	return smtp;
}

void
smtp_free(struct smtp *smtp)
{
	curl_easy_cleanup(smtp->curl);
	free(smtp);
	curl_global_cleanup();
}

struct smtp_result
smtp_send(struct smtp *smtp, const char *to, const char *mail, size_t n)
{
	struct sending s = { SMTP_HELLO, mail, n };
	struct curl_slist *rcpt;
	char address[ADDRESS_BYTES];
	CURLcode rc;
	long code = 0;

	(void)snprintf(address, sizeof address, "<%s>", to);
	rcpt = curl_slist_append(NULL, address);
	if (rcpt == NULL)
		abort();
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(smtp->curl, CURLOPT_READDATA, &s);
	curl_easy_setopt(smtp->curl, CURLOPT_DEBUGDATA, &s);
	curl_easy_setopt(smtp->curl, CURLOPT_XFERINFODATA, &s);
	rc = curl_easy_perform(smtp->curl);
	(void)curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(rcpt);
	return smtp_result_of(s.phase, rc == CURLE_OK, code);
}
