/*
 * Microsoft Teams through Graph: online meetings of one user of the tenant, by an
 * application that shows a certificate. Created by createOrGet with our own id, so
 * that a request whose answer was lost may be made again.
 */
#include "provider.h"

#include "http.h"
#include "jwt.h"
#include "seal.h"
#include "text.h"

#include <jansson.h>
#include <stdlib.h>

enum {
	ASSERTION_S = 300,	/* how long an assertion is good */
	EARLY_S = 300,		/* a token is renewed before its end */
	TOKEN_MAX = 16 * 1024
};

struct token {
	struct token *next;
	int64_t network;
	utc_ms until;
	char text[TOKEN_MAX];
};

/* ---- what an answer means ---- */

static struct meet_result
result(enum meet_end end, const char *reason, int64_t wait_s)
{
	return (struct meet_result){ end, reason, wait_s, NULL, NULL };
}

static int
says(const struct http_answer *a, const char *what)
{
	return strcasestr(a->body, what) != NULL;
}

static struct meet_result
refusal(const struct http_answer *a)
{
	if (a->status == 0)
		return result(a->begun ? MEET_UNSURE : MEET_AGAIN,
		    "unavailable", 0);
	if (a->status == 429 || ((a->status == 503 || a->status == 504) &&
	    a->retry_after_s > 0))
		return result(MEET_AGAIN, "throttled", a->retry_after_s);
	if (a->status >= 500)
		return result(MEET_AGAIN, "unavailable", a->retry_after_s);
	if (a->status == 403 && says(a, "application access policy"))
		return result(MEET_REFUSED, "access_policy", 0);
	if (a->status == 403 && says(a, "is not authorized"))
		return result(MEET_REFUSED, "access_policy", 0);
	if (a->status == 401 || a->status == 403)
		return result(MEET_REFUSED, "unauthorized", 0);
	if (a->status == 404)
		return result(MEET_GONE, "rejected", 0);
	return result(MEET_REFUSED, "rejected", 0);
}

/* ---- access tokens ---- */

/* A UUID of random bits (RFC 9562, version 4). */
static const char *
uuid(struct meet *m)
{
	struct ref r = ref_new();
	char h[REF_HEX];

	r.b[6] = (unsigned char)((r.b[6] & 0x0f) | 0x40);
	r.b[8] = (unsigned char)((r.b[8] & 0x3f) | 0x80);
	ref_hex(&r, h);
	return arena_printf(m->mem, "%.8s-%.4s-%.4s-%.4s-%.12s", h, h + 8,
	    h + 12, h + 16, h + 20);
}

static const char *
dumped(struct meet *m, json_t *j)
{
	char *text = json_dumps(j, JSON_COMPACT);
	const char *kept = arena_text(m->mem, text);

	free(text);
	json_decref(j);
	return kept;
}

static const char *
assertion(struct meet *m, const struct due_meeting *d, const char *endpoint)
{
	const char *pem = meet_key(m, d->code);
	json_int_t now = instant_now() / SECOND_MS;

	if (pem == NULL)
		return NULL;
	return jwt_ps256(m->mem, dumped(m, json_pack(
	    "{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "aud", endpoint,
	    "iss", d->client, "sub", d->client, "jti", uuid(m), "nbf", now,
	    "iat", now, "exp", now + ASSERTION_S)), pem);
}

static const char *
token_form(struct meet *m, const struct due_meeting *d, const char *signed_)
{
	struct buf b = { 0 };
	const char *scope = arena_printf(m->mem, "%s/.default", d->origin);
	const char *text;

	buf_puts(&b, "client_id=");
	buf_url(&b, d->client, strlen(d->client));
	buf_puts(&b, "&scope=");
	buf_url(&b, scope, strlen(scope));
	buf_puts(&b, "&grant_type=client_credentials&client_assertion_type="
	    "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
	    "&client_assertion=");
	buf_puts(&b, signed_);
	text = arena_text(m->mem, buf_text(&b));
	buf_free(&b);
	return text;
}

static struct token *
token_of(struct meet *m, int64_t network)
{
	struct token *t = m->tokens;

	while (t != NULL && t->network != network)
		t = t->next;
	if (t == NULL) {
		t = calloc(1, sizeof *t);
		if (t == NULL)
			abort();
		t->network = network;
		t->next = m->tokens;
		m->tokens = t;
	}
	return t;
}

void
teams_forget(struct meet *m)
{
	while (m->tokens != NULL) {
		struct token *t = m->tokens;

		m->tokens = t->next;
		explicit_bzero(t, sizeof *t);
		free(t);
	}
}

/* Takes the token out of the answer. -1: it has none that we can keep. */
static int
keep_token(struct token *t, const struct http_answer *a)
{
	json_t *j = json_loads(a->body, 0, NULL);
	const char *text = json_string_value(json_object_get(j,
	    "access_token"));
	int64_t s = json_integer_value(json_object_get(j, "expires_in"));
	int ok = text != NULL && s > 0 && strlen(text) < sizeof t->text &&
	    strpbrk(text, "\r\n ") == NULL;

	if (ok) {
		(void)snprintf(t->text, sizeof t->text, "%s", text);
		t->until = instant_now() +
		    (s > 2 * EARLY_S ? s - EARLY_S : s / 2) * SECOND_MS;
	}
	json_decref(j);
	return ok ? 0 : -1;
}

static struct meet_result
fetch_token(struct meet *m, const struct due_meeting *d, struct token *t)
{
	const char *endpoint = arena_printf(m->mem, "%s/%s/oauth2/v2.0/token",
	    d->login_origin, d->tenant);
	const char *signed_ = assertion(m, d, endpoint);
	struct meet_result r = result(MEET_DONE, NULL, 0);
	struct http_answer a;

	if (signed_ == NULL)
		return result(MEET_REFUSED, "not_configured", 0);
	a = http_ask(m->http, m->mem, &(struct http_request){
	    .method = "POST", .url = endpoint, .id = uuid(m),
	    .type = "application/x-www-form-urlencoded",
	    .body = token_form(m, d, signed_) });
	if (a.status == 200)
		return keep_token(t, &a) == 0 ? r :
		    result(MEET_AGAIN, "unavailable", 0);
	r = refusal(&a);
	if (a.status >= 400 && a.status < 500 && a.status != 429)
		return result(MEET_REFUSED, "unauthorized", 0);
	if (r.end == MEET_UNSURE)
		r.end = MEET_AGAIN;	/* a token changes nothing */
	return r;
}

/* ---- requests ---- */

static int
is_configured(const struct due_meeting *d)
{
	return d->origin != NULL && d->login_origin != NULL &&
	    d->tenant != NULL && d->organizer != NULL;
}

/* Asks with a token; once more with another when it was refused. */
static struct meet_result
ask(struct meet *m, const struct due_meeting *d, const char *method,
    const char *path, const char *body, struct http_answer *a)
{
	struct token *t = token_of(m, d->network);
	const char *url;

	if (!is_configured(d))
		return result(MEET_REFUSED, "not_configured", 0);
	url = arena_printf(m->mem, "%s/v1.0/users/%s/onlineMeetings%s",
	    d->origin, d->organizer, path);
	for (int i = 0; i < 2; i++) {
		struct meet_result r = result(MEET_DONE, NULL, 0);

		if (t->until <= instant_now())
			r = fetch_token(m, d, t);
		if (r.end != MEET_DONE)
			return r;
		*a = http_ask(m->http, m->mem, &(struct http_request){
		    .method = method, .url = url, .body = body,
		    .type = body == NULL ? NULL : "application/json",
		    .bearer = t->text, .id = uuid(m) });
		if (a->status != 401)
			break;
		t->until = 0;
	}
	return a->status >= 200 && a->status < 300 ?
	    result(MEET_DONE, NULL, 0) : refusal(a);
}

static struct meet_result
create(struct meet *m, const struct due_meeting *d)
{
	char hex[REF_HEX], from[INSTANT_TEXT], to[INSTANT_TEXT];
	const char *body = dumped(m, json_pack("{s:s, s:s, s:s, s:s}",
	    "externalId", ref_hex(d->id, hex),
	    "startDateTime", instant_iso(d->starts_at, from),
	    "endDateTime", instant_iso(d->ends_at, to),
	    "subject", provider_subject(d->kind)));
	struct http_answer a = { 0 };
	struct meet_result r = ask(m, d, "POST", "/createOrGet", body, &a);
	const char *id, *url;
	json_t *j;

	if (r.end == MEET_GONE)		/* no such user */
		return result(MEET_REFUSED, "rejected", 0);
	if (r.end != MEET_DONE)
		return r;
	j = json_loads(a.body, 0, NULL);
	id = json_string_value(json_object_get(j, "id"));
	url = json_string_value(json_object_get(j, "joinWebUrl"));
	if (id != NULL && url != NULL && strncmp(url, "https://", 8) == 0 &&
	    strlen(id) <= 400 && strlen(url) <= 2000) {
		r.id = arena_text(m->mem, id);
		r.url = arena_text(m->mem, url);
	} else {
		r = result(MEET_AGAIN, "unavailable", 0);
	}
	json_decref(j);
	return r;
}

/* "/ID", its characters as a path may hold them. */
static const char *
path_of(struct meet *m, const char *id)
{
	struct buf b = { 0 };
	const char *text;

	buf_putc(&b, '/');
	buf_url(&b, id, strlen(id));
	text = arena_text(m->mem, buf_text(&b));
	buf_free(&b);
	return text;
}

static struct meet_result
change(struct meet *m, const struct due_meeting *d)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	/* Whoever has the link has passed our own waiting page: no second one. */
	const char *body = dumped(m, json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, "
	    "s:s, s:{s:s, s:b}}",
	    "startDateTime", instant_iso(d->starts_at, from),
	    "endDateTime", instant_iso(d->ends_at, to),
	    "subject", provider_subject(d->kind),
	    "allowRecording", d->recording, "recordAutomatically", 0,
	    "isEntryExitAnnounced", 1, "allowedPresenters", "everyone",
	    "lobbyBypassSettings", "scope", "everyone",
	    "isDialInBypassEnabled", 0));
	struct http_answer a = { 0 };

	return ask(m, d, "PATCH", path_of(m, d->provider_id), body, &a);
}

static struct meet_result
cancel(struct meet *m, const struct due_meeting *d)
{
	struct http_answer a = { 0 };
	struct meet_result r = ask(m, d, "DELETE", path_of(m, d->provider_id),
	    NULL, &a);

	return r.end == MEET_GONE ? result(MEET_DONE, NULL, 0) : r;
}

static const char *
join(struct meet *m, const struct due_meeting *d, const struct invitee *who)
{
	(void)m;
	(void)who;
	return d->provider_url;
}

const struct provider provider_teams = {
	"teams", create, change, cancel, join
};
