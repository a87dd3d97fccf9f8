/* What each kind of input accepts. */
#include "request.h"

#include <limits.h>

/* One check: what is declared, what came, where the result goes. */
struct check {
	struct request *q;
	const struct input *in;
	const char *p;
	size_t n;
	struct input_value *v;
};

/* Bytes of a blank at `p`: ASCII space, tab, line feed or U+3000; or 0. */
static size_t
blank(const char *p)
{
	if (*p == ' ' || *p == '\t' || *p == '\n')
		return 1;
	return memcmp(p, "\xe3\x80\x80", strnlen(p, 3)) == 0 &&
	    strnlen(p, 3) == 3 ? 3 : 0;
}

static char *
trim(char *text)
{
	size_t n;

	while ((n = blank(text)) > 0)
		text += n;
	n = strlen(text);
	for (;;) {
		if (n >= 1 && blank(text + n - 1) == 1)
			n -= 1;
		else if (n >= 3 && blank(text + n - 3) == 3)
			n -= 3;
		else
			break;
	}
	text[n] = '\0';
	return text;
}

static const char *
check_length(const struct check *c, char *text)
{
	size_t length = text_length(text);

	if (length == 0)
		return c->in->min > 0 ? "missing" : NULL;
	if (length < (size_t)c->in->min)
		return "too_short";
	if (length > (size_t)c->in->max)
		return "too_long";
	c->v->text = text;
	c->v->set = 1;
	return NULL;
}

static const char *
check_text(const struct check *c)
{
	struct arena *mem = c->q->worker->keep;
	int lines = c->in->kind == LINES;
	char *copy = arena_copy(mem, c->p, c->n);

	switch (text_check(copy, c->n, lines)) {
	case TEXT_NOT_UTF8:
		return "not_utf8";
	case TEXT_CONTROL:
		return "control";
	case TEXT_OK:
		break;
	}
	if (c->in->kind != SECRET)
		copy = trim(text_normal(mem, copy, c->n, NULL));
	return check_length(c, copy);
}

static const char *
check_integer(const struct check *c)
{
	size_t at = c->p[0] == '-', digits = strspn(c->p + at, "0123456789");
	int64_t n = 0;

	if (digits == 0 || at + digits != c->n)
		return "not_a_number";
	if (digits > 18)
		return "out_of_range";
	for (; at < c->n; at++)
		n = n * 10 + (c->p[at] - '0');
	if (c->p[0] == '-')
		n = -n;
	if (n < c->in->min || n > c->in->max)
		return "out_of_range";
	c->v->n = n;
	return NULL;
}

static int
is_one_of(const char *word, size_t n, const char *choices)
{
	while (n > 0 && *choices != '\0') {
		size_t len = strcspn(choices, "|");

		if (len == n && memcmp(choices, word, n) == 0)
			return 1;
		choices += len + (choices[len] == '|');
	}
	return 0;
}

static const char *
check_boolean(const struct check *c)
{
	if (is_one_of(c->p, c->n, "1|true|on|yes"))
		c->v->n = 1;
	else if (!is_one_of(c->p, c->n, "0|false|off|no"))
		return "malformed";
	return NULL;
}

static const char *
check_choice(const struct check *c)
{
	if (!is_one_of(c->p, c->n, c->in->choices))
		return "not_a_choice";
	c->v->text = c->p;
	return NULL;
}

static const char *
check_date(const struct check *c)
{
	civil_date day;
	int year;

	if (strlen(c->p) != c->n || date_parse(c->p, &day) != 0)
		return "malformed";
	year = civil_from_date(day).year;
	if (c->in->max != 0 && (year < c->in->min || year > c->in->max))
		return "out_of_range";
	c->v->n = day;
	return NULL;
}

static const char *
check_cursor(const struct check *c)
{
	const struct server *s = c->q->server;
	unsigned char sealed[SEAL_EXTRA_BYTES + sizeof c->v->n];

	if (strlen(c->p) != c->n ||
	    base64url_decode(c->p, sealed, sizeof sealed) !=
	    (int)sizeof sealed ||
	    seal_open(&s->cursor_key, NULL, 0, sealed, sizeof sealed, (unsigned char *)&c->v->n) != 0)
		return "malformed";
	return NULL;
}

static const char *
check_ref(const struct check *c)
{
	if (strlen(c->p) != c->n || ref_parse(c->p, &c->v->ref) != 0)
		return "malformed";
	return NULL;
}

static const char *
check_given(const struct check *c)
{
	switch (c->in->kind) {
	case INTEGER:
		return check_integer(c);
	case BOOLEAN:
		return check_boolean(c);
	case CHOICE:
		return check_choice(c);
	case REF:
		return check_ref(c);
	case DATE:
		return check_date(c);
	case CURSOR:
		return check_cursor(c);
	default:
		return check_text(c);
	}
}

static int
is_text(const struct input *in)
{
	return in->kind == TEXT || in->kind == LINES || in->kind == SECRET;
}

static int
may_lack(const struct input *in)
{
	if (is_text(in))
		return in->min == 0;
	return in->optional || in->kind == BOOLEAN || in->kind == CURSOR;
}

/*
 * Each file has left a field; where there are more fields than files, somebody
 * sent a text for one.
 */
static const char *
check_files(const struct request *q, const struct input *in,
    struct input_value *v)
{
	size_t fields = 0, empty = 0;

	for (size_t i = 0; i < q->form.n; i++)
		if (strcmp(q->form.v[i].name, in->name) == 0)
			*(q->form.v[i].n > 0 ? &fields : &empty) += 1;
	for (size_t i = 0; i < q->nuploads; i++) {
		if (strcmp(q->uploads[i].input, in->name) != 0)
			continue;
		if (v->nfiles++ == 0)
			v->files = &q->uploads[i];
	}
	v->set = v->nfiles > 0;
	if (fields != v->nfiles)
		return "malformed";
	if (empty > 1)
		return "twice";
	return v->nfiles < (size_t)in->min ? "missing" : NULL;
}

/* Joins all fields of a name that may come several times. */
static const char *
check_many(struct request *q, const struct input *in, struct input_value *v)
{
	const struct form *form = &q->form;
	int n = 0;

	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->v[i];
		struct input_value one = { 0 };
		struct check c = { q, in, f->value, f->n, &one };
		const char *code;

		if (f->n == 0 || strcmp(f->name, in->name) != 0)
			continue;
		if (++n > in->many)
			return "too_long";
		if ((code = check_given(&c)) != NULL)
			return code;
		v->text = v->text == NULL ? arena_text(q->worker->keep, c.p) :
		    arena_printf(q->worker->keep, "%s,%s", v->text, c.p);
		v->set = 1;
	}
	return NULL;
}

/* Fills one value; returns its fault or NULL. */
static const char *
check_input(struct request *q, const struct input *in, struct input_value *v)
{
	struct field *f = form_find(&q->form, in->name);
	struct check c = { .q = q, .in = in, .v = v };
	const char *code;

	if (in->kind == FILES)
		return check_files(q, in, v);
	if (in->many > 0)
		return check_many(q, in, v);
	if (f == NULL || f->n == 0)
		code = may_lack(in) ? NULL : "missing";
	else {
		c.p = f->value;
		c.n = f->n;
		code = check_given(&c);
		v->set = code == NULL && (!is_text(in) || v->text != NULL);
	}
	if (f == NULL)
		return code;
	for (const struct field *more = f + 1;
	    more < q->form.v + q->form.n; more++)
		if (strcmp(more->name, in->name) == 0)
			return "twice";
	return code;
}

/* The first field that nobody has declared, or NULL. */
static const char *
undeclared(const struct request *q)
{
	const struct input *in = q->r.route->in;

	for (size_t i = 0; i < q->form.n; i++) {
		const char *name = q->form.v[i].name;
		size_t k = 0;

		if (q->r.route->method == POST &&
		    strcmp(name, "idempotency_key") == 0)
			continue;
		while (in != NULL && in[k].name != NULL &&
		    strcmp(in[k].name, name) != 0)
			k++;
		if (in == NULL || in[k].name == NULL)
			return name;
	}
	return NULL;
}

int
inputs_check(struct request *q)
{
	const struct input *in = q->r.route->in;
	const char *unknown = undeclared(q);
	size_t n = 0, first = SIZE_MAX;

	while (in != NULL && in[n].name != NULL)
		n++;
	q->in = arena_take_many(q->worker->keep, n, sizeof *q->in);
	for (size_t i = 0; i < n; i++) {
		q->in[i].code = check_input(q, &in[i], &q->in[i]);
		if (q->in[i].code != NULL && first == SIZE_MAX)
			first = i;
	}
	if (first != SIZE_MAX)
		return refuse(q, 400, q->in[first].code, in[first].name);
	if (unknown != NULL)
		return refuse(q, 400, "unknown", unknown);
	return 0;
}
