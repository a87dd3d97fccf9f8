#include "params.h"

#include "arena.h"

static const char *const names[PARAM_COUNT] = {
	[PARAM_ROLE] = "FCGI_ROLE",
	[PARAM_METHOD] = "REQUEST_METHOD",
	[PARAM_PATH] = "DOCUMENT_URI",
	[PARAM_QUERY] = "QUERY_STRING",
	[PARAM_TYPE] = "CONTENT_TYPE",
	[PARAM_LENGTH] = "CONTENT_LENGTH",
	[PARAM_ADDRESS] = "REMOTE_ADDR",
	[PARAM_DOOR] = "TOMOZUNA_DOOR",
	[PARAM_REQUEST] = "TOMOZUNA_REQUEST_ID",
	[PARAM_CERTIFICATE] = "TOMOZUNA_CERTIFICATE",
	[PARAM_VERIFY] = "TOMOZUNA_VERIFY",
	[PARAM_ACCEPT] = "HTTP_ACCEPT",
	[PARAM_LANGUAGE] = "HTTP_ACCEPT_LANGUAGE",
	[PARAM_COOKIE] = "HTTP_COOKIE",
	[PARAM_ORIGIN] = "HTTP_ORIGIN",
	[PARAM_SITE] = "HTTP_SEC_FETCH_SITE",
	[PARAM_KEY] = "HTTP_IDEMPOTENCY_KEY",
	[PARAM_RANGE] = "HTTP_RANGE",
	[PARAM_IF_RANGE] = "HTTP_IF_RANGE",
	[PARAM_IF_NONE_MATCH] = "HTTP_IF_NONE_MATCH",
};

static void
take(struct params *p, struct arena *mem, const char *pair)
{
	const char *eq = strchr(pair, '=');
	size_t n;

	if (eq == NULL)
		return;
	n = (size_t)(eq - pair);
	for (int i = 0; i < PARAM_COUNT; i++) {
		if (strlen(names[i]) != n || memcmp(names[i], pair, n) != 0)
			continue;
		if (p->v[i] != NULL)
			p->twice[i] = 1;
		else
			p->v[i] = arena_text(mem, eq + 1);
		return;
	}
}

void
params_take(struct params *p, struct arena *mem, char *const *env)
{
	memset(p, 0, sizeof *p);
	for (; *env != NULL; env++)
		take(p, mem, *env);
}

const char *
params_fault(const struct params *p)
{
	for (int i = 0; i < PARAM_ACCEPT; i++)
		if (p->v[i] == NULL || p->twice[i])
			return names[i];
	if (strcmp(p->v[PARAM_ROLE], "RESPONDER") != 0)
		return names[PARAM_ROLE];
	if (p->v[PARAM_ADDRESS][0] == '\0')
		return names[PARAM_ADDRESS];
	return NULL;
}

int
params_ambiguous(const struct params *p)
{
	return p->twice[PARAM_COOKIE] || p->twice[PARAM_ORIGIN] ||
	    p->twice[PARAM_SITE] || p->twice[PARAM_KEY];
}
