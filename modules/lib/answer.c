/* What leaves: a page, JSON, a redirect or an error. */
#include "request.h"

#include "log.h"

#include <sys/uio.h>

/* One whose value could end it early is an error of ours: -1. */
int
answer_header(struct buf *b, const char *name, const char *value)
{
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f) {
			log_line(LOG_ERROR, "header refused", "name", name,
			    NULL);
			return -1;
		}
	buf_printf(b, "%s: %s\r\n", name, value);
	return 0;
}

static int
header_number(struct buf *b, const char *name, size_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%zu", n);
	return answer_header(b, name, text);
}

static const char *
allowed(unsigned methods)
{
	if (methods == (1U << GET | 1U << POST))
		return "GET, HEAD, POST";
	return methods == 1U << POST ? "POST" : "GET, HEAD";
}

static int
put_headers(struct request *q, const char *type)
{
	struct buf *b = &q->worker->head;
	const struct answer *a = &q->a;
	int bad = header_number(b, "Status", (size_t)a->status);

	if (type != NULL)
		bad |= answer_header(b, "Content-Type", type);
	bad |= answer_header(b, "Cache-Control", "no-store");
	bad |= answer_header(b, "Vary", "Accept, Accept-Language");
	if (a->status == 303)
		bad |= answer_header(b, "Location", a->location);
	if (a->status == 405)
		bad |= answer_header(b, "Allow", allowed(a->allow));
	if (a->retry_after_s != 0)
		bad |= header_number(b, "Retry-After",
		    (size_t)a->retry_after_s);
	if (a->status == 200 && q->refresh_s != 0)
		bad |= header_number(b, "Refresh", (size_t)q->refresh_s);
	if (a->cookie != NULL)
		bad |= answer_header(b, "Set-Cookie", a->cookie);
	if (a->status != 204)
		bad |= header_number(b, "Content-Length", q->worker->body.n);
	buf_puts(b, "\r\n");
	return bad ? -1 : 0;
}

static void
send_all(struct request *q, const char *type)
{
	struct buf *head = &q->worker->head, *body = &q->worker->body;
	struct iovec part[2];
	int lost, parts;

	buf_reset(head);
	if (put_headers(q, type) != 0 || head->failed) {
		buf_reset(head);
		buf_reset(body);
		q->a.status = 500;
		buf_puts(head, "Status: 500\r\nContent-Length: 0\r\n\r\n");
	}
	part[0] = (struct iovec){ head->p, head->n };
	part[1] = (struct iovec){ body->p, body->n };
	parts = q->head || q->a.status == 204 ? 1 : 2;
	lost = exchange_send(q->exchange, part, parts, 1) != 0;
	if (lost)
		metrics_add(q->server->metrics, METRIC_ANSWER_LOST, 1);
}

static const char json_type[] = "application/json";
static const char html_type[] = "text/html; charset=utf-8";

/* Sends the browser on; a page that needs a session leads to its door. */
static int
redirects(struct request *q)
{
	struct answer *a = &q->a;

	if (q->json)
		return 0;
	if (a->status == 401 && q->r.route->method == GET) {
		a->location = sign_in_path(q);
		a->status = 303;
		return 1;
	}
	if (a->status >= 400 || a->location == NULL)
		return 0;
	if (q->r.route->method == GET && a->status != 303)
		return 0;
	a->status = 303;
	return 1;
}

static const char *
render_error(struct request *q)
{
	struct buf *b = &q->worker->body;

	if (q->json) {
		error_json(q, b);
		return json_type;
	}
	error_page(q, b);
	return html_type;
}

static int
is_empty(const struct model *m)
{
	struct buf b = { 0 };
	int empty;

	model_json(m, &b);
	empty = b.n <= 2;
	buf_free(&b);
	return empty;
}

/*
 * The same model, as whoever asked wants it. JSON of a change that has nothing
 * to say is 204.
 */
static const char *
render(struct request *q)
{
	const struct hooks *hooks = q->server->module->hooks;
	const struct route *route = q->r.route;
	struct buf *b = &q->worker->body;
	struct page_call call = { .page = route->page, .lang = q->r.lang,
		.now = q->r.now, .strict = q->server->strict };

	if (q->a.status == 204)
		return NULL;
	if (q->json || route->page == NULL) {
		if (route->method == POST && is_empty(q->a.model)) {
			q->a.status = 204;
			return NULL;
		}
		if (q->a.status == 303)
			q->a.status = 200;
		model_json(q->a.model, b);
		return json_type;
	}
	call.layout = hooks == NULL ? NULL : hooks->layout;
	put_text(q->a.model, "status", NULL);	/* of an error page */
	put_text(q->a.model, "message", NULL);
	page_frame(q, q->a.model);
	if (page_render(q->server->pages, &call, q->a.model, b) != 0) {
		log_line(LOG_ERROR, "page", "reason", buf_text(b), NULL);
		b->failed = 1;
	}
	return html_type;
}

void
answer_send(struct request *q)
{
	struct buf *b = &q->worker->body;
	const char *type;

	if (q->raw.given) {
		raw_send(q);
		return;
	}
	buf_reset(b);
	if (request_is_own(q) && q->a.status == 0)
		q->a.status = 200;
	if (q->a.status < 200 || q->a.status > 599 ||
	    (q->a.status >= 300 && q->a.status < 400 && q->a.location == NULL))
		q->a.status = 500;
	if (q->a.status < 400 && request_is_own(q))
		type = own_answer(q, b);
	else if (redirects(q))
		type = NULL;
	else if (q->a.status >= 400)
		type = render_error(q);
	else
		type = render(q);
	if (b->failed) {
		log_line(LOG_ERROR, "not rendered", "route",
		    q->r.route == NULL ? "-" : q->r.route->path, NULL);
		(void)refuse(q, 500, "failed", NULL);
		buf_reset(b);
		type = render_error(q);
	}
	send_all(q, type);
}
