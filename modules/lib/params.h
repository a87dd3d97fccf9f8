/* The parameters of one request, by name, each looked up once. Internal. */
#ifndef PARAMS_H
#define PARAMS_H

struct arena;

/*
 * What nginx sets itself stands before PARAM_ACCEPT: all of it must be there,
 * once. The others are the client's.
 */
enum param {
	PARAM_ROLE, PARAM_METHOD, PARAM_PATH, PARAM_QUERY, PARAM_TYPE,
	PARAM_LENGTH, PARAM_ADDRESS, PARAM_DOOR, PARAM_REQUEST,
	PARAM_CERTIFICATE, PARAM_VERIFY,
	PARAM_ACCEPT, PARAM_LANGUAGE, PARAM_COOKIE, PARAM_ORIGIN, PARAM_SITE,
	PARAM_KEY, PARAM_RANGE, PARAM_IF_RANGE, PARAM_IF_NONE_MATCH, PARAM_COUNT
};

struct params {
	const char *v[PARAM_COUNT];	/* NULL: absent */
	int twice[PARAM_COUNT];
};

/* Copies what is ours out of "NAME=value" strings. */
void params_take(struct params *, struct arena *, char *const *env);

/* Name of the first of nginx's own that is missing or double, else NULL. */
const char *params_fault(const struct params *);

/*
 * 1 when the client sent a header twice that decides who it is or what it
 * may: cookie, origin, site, key.
 */
int params_ambiguous(const struct params *);

#endif
