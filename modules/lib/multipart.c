#include "multipart.h"

#include <string.h>
#include <strings.h>

enum { START, AFTER, HEAD, BODY, OVER };

static const char token_letters[] = "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
static const char name_letters[] = "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
/* RFC 2046, 5.1.1, without the blank. */
static const char boundary_letters[] = "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=?";

/* ---- parameters of a header ---- */

/* `; key=value`, the value without its quotes. */
struct param {
	const char *key;
	size_t key_n;
	char value[PART_FILE_MAX + 1];
	size_t n;
};

/*
 * Between quotes browsers write `%22` for a quote and curl `\"`; a backslash
 * before anything else is one, as in C:\photo.jpg.
 */
static const char *
take_quoted(const char *p, struct param *out)
{
	for (; *p != '"'; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		if (*p == '\0' || out->n == PART_FILE_MAX)
			return NULL;
		out->value[out->n++] = *p;
	}
	return p + 1;
}

static const char *
take_plain(const char *p, struct param *out)
{
	size_t n = strcspn(p, "; \t");

	if (n == 0 || n > PART_FILE_MAX || memchr(p, '"', n) != NULL)
		return NULL;
	memcpy(out->value, p, n);
	out->n = n;
	return p + n;
}

/* The next parameter of `p`: behind it, or NULL when there is none that is one. */
static const char *
take_param(const char *p, struct param *out)
{
	p += strspn(p, " \t");
	if (*p++ != ';')
		return NULL;
	p += strspn(p, " \t");
	out->key = p;
	out->key_n = strspn(p, token_letters);
	out->n = 0;
	p += out->key_n;
	if (out->key_n == 0 || *p++ != '=')
		return NULL;
	p = *p == '"' ? take_quoted(p + 1, out) : take_plain(p, out);
	out->value[out->n] = '\0';
	return p;
}

static int
is_key(const struct param *x, const char *key)
{
	return x->key_n == strlen(key) &&
	    strncasecmp(x->key, key, x->key_n) == 0;
}

static int
is_over(const char *p)
{
	return p[strspn(p, " \t")] == '\0';
}

int
multipart_begin(struct multipart *m, const char *type,
    const struct multipart_sink *sink)
{
	static const char form[] = "multipart/form-data";
	struct param x;
	const char *p = type + sizeof form - 1;

	memset(m, 0, sizeof *m);
	m->sink = sink;
	m->fault = MULTIPART_MALFORMED;
	if (strncasecmp(type, form, sizeof form - 1) != 0)
		return -1;
	while (!is_over(p)) {
		p = take_param(p, &x);
		if (p == NULL)
			return -1;
		if (!is_key(&x, "boundary"))
			continue;
		if (m->delimiter_n != 0 || x.n == 0 || x.n > BOUNDARY_MAX ||
		    strspn(x.value, boundary_letters) != x.n)
			return -1;
		memcpy(m->delimiter, "\r\n--", 4);
		memcpy(m->delimiter + 4, x.value, x.n);
		m->delimiter_n = 4 + x.n;
	}
	if (m->delimiter_n == 0)
		return -1;
	/* So that the first delimiter looks like all others. */
	memcpy(m->held, "\r\n", 2);
	m->n = 2;
	m->fault = MULTIPART_FINE;
	return 0;
}

/* ---- the head of a part ---- */

/* `form-data; name="x"; filename="y"`. Others, filename* too, say nothing. */
static int
take_disposition(struct part *part, const char *p)
{
	struct param x;
	int named = 0;

	p += strspn(p, " \t");
	if (strncasecmp(p, "form-data", 9) != 0)
		return -1;
	for (p += 9; !is_over(p);) {
		p = take_param(p, &x);
		if (p == NULL)
			return -1;
		if (is_key(&x, "name")) {
			if (named++ || x.n == 0 || x.n > FIELD_NAME_MAX ||
			    strspn(x.value, name_letters) != x.n)
				return -1;
			memcpy(part->name, x.value, x.n + 1);
		} else if (is_key(&x, "filename")) {
			if (part->is_file++)
				return -1;
			memcpy(part->file, x.value, x.n + 1);
		}
	}
	return named ? 0 : -1;
}

static int
is_plain_encoding(const char *p)
{
	p += strspn(p, " \t");
	return strcasecmp(p, "binary") == 0 || strcasecmp(p, "8bit") == 0 ||
	    strcasecmp(p, "7bit") == 0;
}

/* One line, ended by NUL; *seen counts the dispositions. */
static int
take_line(struct part *part, const char *line, int *seen)
{
	size_t n = strspn(line, token_letters);
	const char *value = line + n + 1;

	if (n == 0 || line[n] != ':')
		return -1;
	if (n == 19 && strncasecmp(line, "Content-Disposition", n) == 0)
		return (*seen)++ ? -1 : take_disposition(part, value);
	if (n == 25 && strncasecmp(line, "Content-Transfer-Encoding", n) == 0)
		return is_plain_encoding(value) ? 0 : -1;
	return 0;
}

/* The lines of `p`, each ended by CR LF; its bytes are used up. */
static int
take_head(struct part *part, char *p, size_t n)
{
	int seen = 0;
	char *end;

	memset(part, 0, sizeof *part);
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)p[i] < 0x20 && p[i] != '\t' &&
		    p[i] != '\r' && p[i] != '\n') || p[i] == 0x7f)
			return -1;
	while (n > 0) {
		end = memmem(p, n, "\r\n", 2);
		*end = '\0';
		if (strpbrk(p, "\r\n") != NULL ||
		    take_line(part, p, &seen) != 0)
			return -1;
		n -= (size_t)(end + 2 - p);
		p = end + 2;
	}
	return seen ? 0 : -1;
}

/* ---- what is held ---- */

static size_t
fail(struct multipart *m, enum multipart_fault fault)
{
	m->fault = fault;
	return 0;
}

/* The body up to the next delimiter, or as far as none can begin. */
static size_t
step_body(struct multipart *m)
{
	const char *at = memmem(m->held, m->n, m->delimiter, m->delimiter_n);
	size_t n = m->n;

	if (at != NULL)
		n = (size_t)(at - m->held);
	else if (n < m->delimiter_n)
		return 0;
	else
		n -= m->delimiter_n - 1;
	if (m->state == START && n > 0)
		return fail(m, MULTIPART_MALFORMED);
	if (m->state == BODY && n > 0 &&
	    m->sink->put(m->sink->of, m->held, n) != 0)
		return fail(m, MULTIPART_STOPPED);
	if (at == NULL)
		return n;
	if (m->state == BODY && m->sink->end(m->sink->of) != 0)
		return fail(m, MULTIPART_STOPPED);
	m->state = AFTER;
	return n + m->delimiter_n;
}

/* Behind a delimiter: another part, or the end. */
static size_t
step_after(struct multipart *m)
{
	if (m->n < 2)
		return 0;
	if (memcmp(m->held, "--", 2) == 0)
		m->state = OVER;
	else if (memcmp(m->held, "\r\n", 2) == 0)
		m->state = HEAD;
	else
		return fail(m, MULTIPART_MALFORMED);
	return 2;
}

static size_t
step_head(struct multipart *m)
{
	char *end = memmem(m->held, m->n, "\r\n\r\n", 4);
	size_t n;

	if (end == NULL && m->n < PART_HEAD_MAX)
		return 0;
	n = end == NULL ? m->n : (size_t)(end - m->held) + 2;
	if (n > PART_HEAD_MAX || end == NULL || m->parts++ == FIELDS_MAX ||
	    take_head(&m->part, m->held, n) != 0)
		return fail(m, MULTIPART_MALFORMED);
	if (m->sink->begin(m->sink->of, &m->part) != 0)
		return fail(m, MULTIPART_STOPPED);
	m->state = BODY;
	return n + 2;
}

/* Bytes done with; 0 when more are needed, or none are wanted any more. */
static size_t
step(struct multipart *m)
{
	switch (m->state) {
	case AFTER:
		return step_after(m);
	case HEAD:
		return step_head(m);
	case OVER:
		if (m->n > 2 || memcmp(m->held, "\r\n", m->n) != 0)
			return fail(m, MULTIPART_MALFORMED);
		return 0;
	default:
		return step_body(m);
	}
}

static void
settle(struct multipart *m)
{
	size_t done;

	while (m->fault == MULTIPART_FINE && (done = step(m)) > 0) {
		m->n -= done;
		memmove(m->held, m->held + done, m->n);
	}
}

enum multipart_fault
multipart_put(struct multipart *m, const char *p, size_t n)
{
	while (n > 0 && m->fault == MULTIPART_FINE) {
		size_t part = sizeof m->held - m->n;

		if (part > n)
			part = n;
		memcpy(m->held + m->n, p, part);
		m->n += part;
		p += part;
		n -= part;
		settle(m);
	}
	return m->fault;
}

enum multipart_fault
multipart_end(struct multipart *m)
{
	if (m->fault == MULTIPART_FINE && m->state != OVER)
		m->fault = MULTIPART_MALFORMED;
	return m->fault;
}
