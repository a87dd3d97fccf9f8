/*
 * Jitsi: a room is there when somebody comes in with a token for it, so the first three
 * acts ask for nothing, but the first whether the server is there. What counts is the join link: a token a person, good for this room and
 * this time alone (lib-jitsi-meet, doc/tokens.md).
 */
#include "provider.h"

#include "http.h"
#include "jwt.h"

#include <jansson.h>
#include <stdlib.h>

int
jitsi_answers(struct meet *m, const char *origin)
{
	struct ref id = ref_new();
	char hex[REF_HEX];
	struct http_answer a = http_ask(m->http, m->mem, &(struct http_request){
	    .method = "GET", .url = arena_printf(m->mem, "%s/robots.txt", origin),
	    .id = ref_hex(&id, hex) });

	return a.status > 0 && a.status < 500;
}

/* No meeting is promised at a server that is not there. */
static struct meet_result
probe(struct meet *m, const struct due_meeting *d)
{
	if (d->probe && !jitsi_answers(m, d->origin))
		return (struct meet_result){ .end = MEET_AGAIN,
		    .reason = "unavailable" };
	return (struct meet_result){ .end = MEET_DONE };
}

static struct meet_result
create(struct meet *m, const struct due_meeting *d)
{
	struct meet_result r = probe(m, d);

	if (meet_key(m, d->code) == NULL)
		return (struct meet_result){ MEET_REFUSED, "not_configured",
		    0, NULL, NULL };
	if (r.end != MEET_DONE)
		return r;
	return (struct meet_result){ MEET_DONE, NULL, 0, d->room,
	    arena_printf(m->mem, "%s/%s", d->origin, d->room) };
}

static struct meet_result
nothing(struct meet *m, const struct due_meeting *d)
{
	(void)m;
	(void)d;
	return (struct meet_result){ .end = MEET_DONE };
}

/* The domain of an origin, as `sub` wants it without a tenant. */
static const char *
domain_of(struct meet *m, const char *origin)
{
	const char *host = origin + strlen("https://");

	return arena_printf(m->mem, "%.*s", (int)strcspn(host, ":/"), host);
}

static const char *
claims(struct meet *m, const struct due_meeting *d, const struct invitee *who)
{
	const char *sub = d->tenant != NULL ? d->tenant :
	    domain_of(m, d->origin);
	char hex[REF_HEX];
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, "
	    "s:{s:{s:s, s:s, s:s}, s:{s:s}}}",
	    "iss", d->client, "aud", "jitsi", "sub", sub, "room", d->room,
	    "nbf", (json_int_t)(d->starts_at / SECOND_MS - OPENS_S),
	    "exp", (json_int_t)(d->ends_at / SECOND_MS + LINGER_S),
	    "context", "user", "id", ref_hex(who->id, hex), "name", who->name,
	    "moderator", who->guest ? "false" : "true",
	    "features", "recording", d->recording ? "true" : "false");
	char *text = json_dumps(j, JSON_COMPACT);
	const char *kept = arena_text(m->mem, text);

	free(text);
	json_decref(j);
	return kept;
}

static const char *
join(struct meet *m, const struct due_meeting *d, const struct invitee *who)
{
	const char *key = meet_key(m, d->code);
	const char *token = key == NULL ? NULL :
	    jwt_hs256(m->mem, claims(m, d, who), key);

	return token == NULL ? NULL :
	    arena_printf(m->mem, "%s/%s?jwt=%s", d->origin, d->room, token);
}

const struct provider provider_jitsi = {
	"jitsi", create, nothing, nothing, join
};
