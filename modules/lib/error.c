/* An error as JSON and as a page that loses nothing typed. */
#include "request.h"

#include "log.h"
#include "message.h"

static const char *
code_of(const struct request *q)
{
	return q->a.code != NULL ? q->a.code : message_code(q->a.status);
}

static const char *
message_of(const struct request *q)
{
	if (q->a.said != NULL)
		return page_word(q->server->pages, q->r.lang, q->a.said);
	return message_text(q->r.lang, code_of(q));
}

void
error_json(struct request *q, struct buf *b)
{
	struct model *top = model_new(q->r.mem);
	struct model *m = put_object(top, "error");

	put_text(m, "code", code_of(q));
	put_text(m, "message", message_of(q));
	if (q->a.field != NULL)
		put_text(m, "field", q->a.field);
	model_json(top, b);
}

/* What was typed, if it can be shown again at all. */
static const char *
typed(const struct request *q, const struct input *in)
{
	const struct field *f = form_find(&q->form, in->name);
	char *copy;

	if (f == NULL || in->kind == SECRET || in->kind == FILES)
		return NULL;
	copy = arena_copy(q->r.mem, f->value, f->n);
	if (in->kind == LINES) {
		size_t to = 0;

		for (size_t i = 0; i < f->n; i++)
			if (copy[i] != '\r')
				copy[to++] = copy[i];
		copy[to] = '\0';
	}
	if (text_check(copy, strlen(copy), in->kind == LINES) != TEXT_OK)
		return NULL;
	return copy;
}

static void
put_choices(const struct request *q, struct model *m, const struct input *in,
    const char *value)
{
	const char *p = in->choices;

	while (*p != '\0') {
		size_t n = strcspn(p, "|");
		const char *word = arena_copy(q->r.mem, p, n);
		struct model *choice = put_item(m, "choices");

		put_text(choice, "value", word);
		put_bool(choice, "chosen",
		    value != NULL && strcmp(value, word) == 0);
		p += n + (p[n] == '|');
	}
}

/* `choices` as HTML writes them. */
static const char *
accept_of(struct arena *mem, const char *choices)
{
	char *text = arena_text(mem, choices);

	for (char *p = text; *p != '\0'; p++)
		if (*p == '|')
			*p = ',';
	return text;
}

/* How the page asks for it again; an input without a label was not typed. */
static void
put_kind(const struct request *q, struct model *m, const struct input *in,
    const char *value)
{
	int hidden = in->label == NULL && in->kind != SECRET;
	int choice = !hidden && in->kind == CHOICE;
	int lines = !hidden && in->kind == LINES;
	int boolean = !hidden && in->kind == BOOLEAN;

	put_bool(m, "hidden", hidden);
	put_bool(m, "is_lines", lines);
	put_bool(m, "is_secret", in->kind == SECRET);
	put_bool(m, "is_files", in->kind == FILES);
	put_bool(m, "several", in->kind == FILES && in->max > 1);
	put_text(m, "accept", in->kind != FILES ? NULL :
	    accept_of(q->r.mem, in->choices));
	put_bool(m, "is_choice", choice);
	put_bool(m, "is_boolean", boolean);
	put_bool(m, "checked", boolean && value != NULL &&
	    (strcmp(value, "1") == 0 || strcmp(value, "on") == 0));
	put_bool(m, "is_line", !hidden && !choice && !lines && !boolean &&
	    in->kind != SECRET && in->kind != FILES);
	put_items(m, "choices");
	if (choice)
		put_choices(q, m, in, value);
}

static void
put_field(const struct request *q, struct model *top, const struct input *in,
    const char *code)
{
	const char *value = typed(q, in);
	const char *label = in->label == NULL ? in->name :
	    page_word(q->server->pages, q->r.lang, in->label);
	struct model *m;

	if (value == NULL && in->label == NULL && in->kind != SECRET)
		return;
	m = put_item(top, "fields");
	put_text(m, "name", in->name);
	put_text(m, "label", label);
	put_text(m, "value", value);
	put_text(m, "error", code == NULL ? NULL : code == q->a.code ?
	    message_of(q) : message_text(q->r.lang, code));
	put_kind(q, m, in, value);
}

/* Whether pressing again may help, so that the page holds the form again. */
static int
is_repeatable(const struct request *q)
{
	int s = q->a.status;

	if (q->r.route == NULL || q->r.route->method != POST)
		return 0;
	if (s == 413 || s == 415)
		return q->a.field != NULL;
	return (s == 400 || s == 401 || s == 409 || s == 429 || s == 503);
}

/* What is wrong with an input; of a file that was said before the others were checked. */
static const char *
fault_of(const struct request *q, const struct input *in, size_t i)
{
	if (q->in != NULL)
		return q->in[i].code;
	return q->a.field != NULL && strcmp(q->a.field, in[i].name) == 0 ?
	    q->a.code : NULL;
}

static int
takes_files(const struct request *q)
{
	const struct input *in = q->r.route->in;

	while (in != NULL && in->name != NULL && in->kind != FILES)
		in++;
	return in != NULL && in->name != NULL;
}

static void
put_form(const struct request *q, struct model *m)
{
	const struct input *in = q->r.route->in;

	put_text(m, "action", q->params.v[PARAM_PATH] + 1);
	for (size_t i = 0; in != NULL && in[i].name != NULL; i++)
		put_field(q, m, &in[i], fault_of(q, in, i));
}

/*
 * The key that a form of this page carries: the request's own when nothing was
 * stored under it, so that a change that went through after all is not made
 * twice.
 */
static const char *
page_key(const struct request *q)
{
	struct ref ref = ref_new();
	char hex[REF_HEX];
	int used = q->a.code != NULL &&
	    strcmp(q->a.code, "idempotency_key_reused") == 0;

	if (q->key != NULL && is_repeatable(q) && !used)
		return q->key;
	return arena_text(q->r.mem, ref_hex(&ref, hex));
}

void
page_frame(struct request *q, struct model *m)
{
	const struct hooks *hooks = q->server->module->hooks;
	const char *title = q->r.route == NULL ? NULL : q->r.route->title;
	char hex[REF_HEX];

	put_text(m, "lang", q->r.lang == LANG_EN ? "en" : "ja");
	put_text(m, "title", title);
	put_text(m, "idempotency_key", page_key(q));
	put_text(m, "request_id", arena_text(q->r.mem,
	    ref_hex(&q->request_id, hex)));
	if (hooks != NULL && hooks->frame != NULL)
		hooks->frame(&q->r, m);
}

/* Where admission sends whoever has to sign in or unlock first. */
const char *
sign_in_path(const struct request *q)
{
	return q->then != NULL ? q->then : "/sign-in";
}

/* For a program without an error page of its own. */
static void
plain_page(const struct request *q, struct buf *b)
{
	const char *message = message_of(q);

	buf_printf(b, "<!DOCTYPE html>\n<html lang=\"%s\"><meta charset=\"utf-8\">"
	    "<title>%d</title>\n<h1>%d</h1>\n<p>",
	    q->r.lang == LANG_EN ? "en" : "ja", q->a.status, q->a.status);
	buf_html(b, message, strlen(message));
	buf_puts(b, "</p>\n</html>\n");
}

void
error_page(struct request *q, struct buf *b)
{
	const struct hooks *hooks = q->server->module->hooks;
	struct page_call call = { .page = "error.html", .lang = q->r.lang,
		.now = q->r.now, .strict = q->server->strict };
	struct model *m = model_new(q->r.mem);

	if (!pages_has(q->server->pages, call.page)) {
		plain_page(q, b);
		return;
	}
	put_i64(m, "status", q->a.status);
	put_text(m, "code", code_of(q));
	put_text(m, "message", message_of(q));
	put_bool(m, "repeatable", is_repeatable(q));
	put_text(m, "then", q->a.status == 401 ? sign_in_path(q) : NULL);
	put_text(m, "action", NULL);
	put_bool(m, "with_files", is_repeatable(q) && takes_files(q));
	put_items(m, "fields");
	if (is_repeatable(q))
		put_form(q, m);
	page_frame(q, m);
	call.layout = hooks == NULL ? NULL : hooks->layout;
	if (page_render(q->server->pages, &call, m, b) == 0)
		return;
	log_line(LOG_ERROR, "page", "reason", buf_text(b), NULL);
	buf_reset(b);
	plain_page(q, b);
}
