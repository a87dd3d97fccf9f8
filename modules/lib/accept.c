/* From parameters to a route, and from the body to fields. */
#include "request.h"

#include "log.h"

enum { READ_BYTES = 8192, READ_TOTAL_MS = 15000, QUERY_MAX = 4096 };

int
refuse(struct request *q, int status, const char *code, const char *field)
{
	q->a.status = status;
	q->a.code = code;
	q->a.field = field;
	q->a.said = NULL;
	if (status == 503)
		q->a.retry_after_s = 2;
	return -1;
}

static int
take_door(struct request *q)
{
	const char *door = q->params.v[PARAM_DOOR];

	if (strcmp(door, "professional") == 0)
		q->r.door = DOOR_PROFESSIONAL;
	else if (strcmp(door, "open") == 0)
		q->r.door = DOOR_OPEN;
	else if (strcmp(door, "loopback") == 0)
		q->r.door = DOOR_LOOPBACK;
	else
		return -1;
	return 0;
}

/* A certificate counts on the professional door only, and only if verified. */
static int
take_certificate(struct request *q)
{
	if (q->r.door != DOOR_PROFESSIONAL)
		return 0;
	if (strcmp(q->params.v[PARAM_VERIFY], "SUCCESS") != 0 ||
	    seal_certificate(q->params.v[PARAM_CERTIFICATE],
	    q->certificate) != 0)
		return refuse(q, 403, "certificate", NULL);
	q->r.certificate = q->certificate;
	return 0;
}

static int
take_method(struct request *q, enum method *method)
{
	const char *name = q->params.v[PARAM_METHOD];

	*method = GET;
	if (strcmp(name, "POST") == 0)
		*method = POST;
	else if (strcmp(name, "HEAD") == 0)
		q->head = 1;
	else if (strcmp(name, "GET") != 0)
		return refuse(q, 405, "method", NULL);
	return 0;
}

/* `en` before any `ja` means English; everything else Japanese. */
static enum lang
take_language(const char *accept)
{
	const char *en = accept == NULL ? NULL : strstr(accept, "en");
	const char *ja = accept == NULL ? NULL : strstr(accept, "ja");

	return en != NULL && (ja == NULL || en < ja) ? LANG_EN : LANG_JA;
}

static int
wants(const char *accept, const char *type)
{
	return accept != NULL && strstr(accept, type) != NULL;
}

static int
take_route(struct request *q, enum method method)
{
	struct server *s = q->server;

	q->route_i = route_find(s->routes, method, q->params.v[PARAM_PATH],
	    q->path, &q->a.allow);
	if (q->route_i < 0 && q->a.allow != 0)
		return refuse(q, 405, "method", NULL);
	if (q->route_i < 0)
		return refuse(q, 404, "not_found", NULL);
	q->r.route = &s->routes[q->route_i];
	if (q->r.route->who == LOOPBACK && q->r.door != DOOR_LOOPBACK) {
		q->r.route = NULL;
		return refuse(q, 404, "not_found", NULL);
	}
	if (q->r.route->page == NULL && method == GET &&
	    !wants(q->params.v[PARAM_ACCEPT], "text/html"))
		q->json = 1;
	return 0;
}

/*
 * A change must come from the door's own pages; gateways have no pages, and what is
 * done by a key in the path may be done by whoever was given it.
 */
static int
same_site(struct request *q)
{
	const char *origin = q->params.v[PARAM_ORIGIN];
	const char *site = q->params.v[PARAM_SITE];
	const char *own = q->r.door == DOOR_OPEN ?
	    q->server->settings->open_origin : q->server->settings->origin;
	int same;

	if (q->r.route->method != POST || q->r.door == DOOR_LOOPBACK ||
	    q->r.route->anywhere)
		return 0;
	if (origin != NULL)
		same = strcmp(origin, own) == 0;
	else
		same = site != NULL && strcmp(site, "same-origin") == 0;
	return same ? 0 : refuse(q, 403, "cross_site", NULL);
}

/* What nginx has to say of every request; anything odd is our own mistake. */
static int
take_params(struct request *q)
{
	const char *fault = params_fault(&q->params);

	if (fault == NULL && take_door(q) != 0)
		fault = "TOMOZUNA_DOOR";
	if (fault == NULL && ref_parse(q->params.v[PARAM_REQUEST],
	    &q->request_id) != 0)
		fault = "TOMOZUNA_REQUEST_ID";
	if (fault == NULL)
		return 0;
	log_line(LOG_ERROR, "params", "name", fault, NULL);
	return refuse(q, 500, "params", NULL);
}

int
request_open(struct request *q)
{
	enum method method;

	params_take(&q->params, q->worker->keep, exchange_params(q->exchange));
	q->r.fhir = wants(q->params.v[PARAM_ACCEPT], "application/fhir+json");
	q->json = q->r.fhir ||
	    wants(q->params.v[PARAM_ACCEPT], "application/json");
	q->r.lang = take_language(q->params.v[PARAM_LANGUAGE]);
	if (take_params(q) != 0)
		return -1;
	q->r.address = q->params.v[PARAM_ADDRESS];
	if (take_certificate(q) != 0 || take_method(q, &method) != 0)
		return -1;
	if (params_ambiguous(&q->params))
		return refuse(q, 400, "header_twice", NULL);
	return take_route(q, method) != 0 ? -1 : same_site(q);
}

int64_t
request_announced(const struct request *q)
{
	const char *text = q->params.v[PARAM_LENGTH];
	int64_t n = 0;

	if (strlen(text) > 18 || strspn(text, "0123456789") != strlen(text))
		return -1;
	for (; *text != '\0'; text++)
		n = n * 10 + (*text - '0');
	return n;
}

/*
 * Reads the body to its end. Nothing is sized by what the client announced;
 * it must come true all the same.
 */
static int
read_body(struct request *q, struct buf *body)
{
	int64_t want = request_announced(q), most = q->server->settings->body_max_bytes;
	int64_t until = instant_monotonic_ms() + READ_TOTAL_MS;
	char part[READ_BYTES];
	long n;

	if (want > most)
		return refuse(q, 413, "too_large", NULL);
	while ((n = exchange_read(q->exchange, part, sizeof part)) > 0) {
		if (instant_monotonic_ms() > until)
			return refuse(q, 400, "body_incomplete", NULL);
		if ((int64_t)body->n + n > most)
			return refuse(q, 413, "too_large", NULL);
		buf_put(body, part, (size_t)n);
	}
	if (n < 0 || body->failed || (int64_t)body->n != want)
		return refuse(q, 400, "body_incomplete", NULL);
	return 0;
}

/* Forms without files; those with files are uploads_read's. */
static int
parse_body(struct request *q, const struct buf *body)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *type = q->params.v[PARAM_TYPE];
	size_t n = strcspn(type, "; \t");

	if (body->n == 0 || q->r.route->anywhere)
		return 0;
	if (n != sizeof form - 1 || strncasecmp(type, form, n) != 0)
		return refuse(q, 415, "media_type", NULL);
	if (form_parse(&q->form, q->worker->keep, body->p, body->n) != 0)
		return refuse(q, 400, "malformed", NULL);
	return 0;
}

int
request_read(struct request *q)
{
	const char *query = q->params.v[PARAM_QUERY];
	struct buf *body = &q->worker->body;

	if (uploads_wanted(q))
		return uploads_read(q);
	if (q->r.route->method == POST) {
		buf_reset(body);
		return read_body(q, body) != 0 ? -1 : parse_body(q, body);
	}
	if (strlen(query) > QUERY_MAX || (*query != '\0' &&
	    form_parse(&q->form, q->worker->keep, query, strlen(query)) != 0))
		return refuse(q, 400, "malformed", NULL);
	return 0;
}
