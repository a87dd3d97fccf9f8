/* Answers that are bytes: ranges, validators, names, and how many at a time. */
#include "request.h"

#include "log.h"

#include <sys/uio.h>

enum {
	TOTAL_MS = 600000,	/* of one answer, however slowly it is taken */
	BUSY_S = 2,		/* Retry-After when all streams are taken */
	STREAM_SHARE = 4	/* one of so many threads may wait for a client */
};

static const char policy[] = "default-src 'none'; img-src 'self'; "
    "media-src 'self'; style-src 'unsafe-inline'; sandbox";

/* ---- for handlers ---- */

void *
raw_take(struct req *r, size_t n)
{
	return arena_take(r->own->worker->keep, n);
}

void
answer_raw(struct req *r, const struct raw *raw)
{
	struct arena *keep = r->own->worker->keep;
	struct raw *mine = &r->own->raw.raw;

	*mine = *raw;
	mine->type = arena_text(keep, raw->type);
	mine->name = arena_text(keep, raw->name);
	mine->tag = arena_text(keep, raw->tag);
	if (raw->p != NULL)
		mine->p = arena_copy(keep, raw->p, (size_t)raw->bytes);
	r->own->raw.given = 1;
}

/* ---- what of it leaves ---- */

/* Digits of one position; behind them, or NULL when there are none or many. */
static const char *
take_number(const char *p, int64_t *n)
{
	size_t digits = strspn(p, "0123456789");

	if (digits == 0 || digits > 18)
		return NULL;
	*n = 0;
	for (; digits > 0; digits--)
		*n = *n * 10 + (*p++ - '0');
	return p;
}

/*
 * One range of bytes (RFC 9110, 14.1.2). 1: [*from, *to) is it, empty when
 * nothing lies there. 0: it is none that one has to know, several too.
 */
static int
take_range(const char *p, int64_t bytes, int64_t *from, int64_t *to)
{
	int64_t last = bytes - 1;

	if (strncasecmp(p, "bytes=", 6) != 0)
		return 0;
	p += 6;
	if (*p == '-') {
		p = take_number(p + 1, &last);
		if (p == NULL || *p != '\0')
			return 0;
		*from = last < bytes ? bytes - last : 0;
		*to = bytes;
		return 1;
	}
	p = take_number(p, from);
	if (p == NULL || *p++ != '-')
		return 0;
	if (*p != '\0')
		p = take_number(p, &last);
	if (p == NULL || *p != '\0' || last < *from)
		return *from >= bytes && p != NULL && *p == '\0';
	*to = last < bytes ? last + 1 : bytes;
	return 1;
}

/* Whether a list of entity tags has ours; weak ones compare alike here. */
static int
has_tag(const char *list, const char *tag)
{
	size_t n = strlen(tag);

	if (strcmp(list, "*") == 0)
		return 1;
	for (const char *p = strchr(list, '"'); p != NULL;) {
		const char *end = strchr(p + 1, '"');

		if (end == NULL)
			return 0;
		if ((size_t)(end - p - 1) == n && memcmp(p + 1, tag, n) == 0)
			return 1;
		p = strchr(end + 1, '"');
	}
	return 0;
}

/* Only the very same bytes may be joined to those the client has. */
static int
is_same(const char *if_range, const char *tag)
{
	size_t n = strlen(tag);

	return strlen(if_range) == n + 2 && if_range[0] == '"' &&
	    memcmp(if_range + 1, tag, n) == 0 && if_range[n + 1] == '"';
}

static int
choose(const struct request *q, struct raw_answer *a)
{
	const char *const *v = q->params.v;
	const struct raw *raw = &a->raw;

	a->from = 0;
	a->to = raw->bytes;
	if (raw->tag == NULL)
		return 200;
	if (v[PARAM_IF_NONE_MATCH] != NULL &&
	    has_tag(v[PARAM_IF_NONE_MATCH], raw->tag))
		return 304;
	if (v[PARAM_RANGE] == NULL || (v[PARAM_IF_RANGE] != NULL &&
	    !is_same(v[PARAM_IF_RANGE], raw->tag)) ||
	    !take_range(v[PARAM_RANGE], raw->bytes, &a->from, &a->to)) {
		a->from = 0;
		a->to = raw->bytes;
		return 200;
	}
	return a->from < a->to && a->from < raw->bytes ? 206 : 416;
}

/* ---- bytes ---- */

/* The next ones: their number, or -1. Each unit of work is one reading. */
static long
read_piece(struct request *q, int64_t at)
{
	struct raw_answer *a = &q->raw;
	struct worker *w = q->worker;
	size_t most = RAW_PIECE_BYTES;
	long n;

	if (a->to - at < (int64_t)most)
		most = (size_t)(a->to - at);
	arena_reset(w->piece);
	a->piece = arena_take(w->piece, most);
	if (a->raw.p != NULL) {
		memcpy(a->piece, (const char *)a->raw.p + at, most);
		return (long)most;
	}
	q->r.mem = w->piece;
	db_begin(w->db, w->piece, 0);
	n = a->raw.read(a->raw.of, &q->r, at, a->piece, most);
	if (db_end(w->db) != DB_FINE)
		n = -1;
	q->r.mem = w->mem;
	return n;
}

/*
 * nginx takes up to RAW_FREE_BYTES at once, whatever the client does; whoever
 * sends more may wait for it, and must leave threads for pages.
 */
static int
take_stream(struct request *q)
{
	struct server *s = q->server;
	int most = (int)s->settings->threads / STREAM_SHARE;

	if (q->raw.to - q->raw.from <= RAW_FREE_BYTES || q->head)
		return 0;
	if (atomic_fetch_add(&s->streams, 1) < (most < 1 ? 1 : most)) {
		q->raw.stream = 1;
		return 0;
	}
	atomic_fetch_sub(&s->streams, 1);
	(void)refuse(q, 503, "busy", NULL);
	q->a.retry_after_s = BUSY_S;
	return -1;
}

static void
prepare(struct request *q)
{
	struct raw_answer *a = &q->raw;

	q->a.status = choose(q, a);
	if (q->a.status == 304 || q->a.status == 416 || take_stream(q) != 0)
		return;
	if (q->head || a->from == a->to)
		return;
	a->piece_n = read_piece(q, a->from);
	if (a->piece_n <= 0)
		(void)refuse(q, 503, "unavailable", NULL);
}

void
raw_prepare(struct request *q)
{
	if (q->raw.given && q->a.status == 200)
		prepare(q);
	else
		q->raw.given = 0;
	if (q->a.status >= 400 && q->a.status != 416)
		q->raw.given = 0;
}

/* ---- headers ---- */

/* What an old client makes of the name (RFC 6266, appendix D). */
static void
put_plain_name(struct buf *b, const char *name)
{
	for (const char *p = name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c >= 0x80 && c < 0xc0)
			continue;	/* the rest of a character */
		buf_putc(b, c < 0x20 || c > 0x7e || strchr("\"\\%;", c) != NULL
		    ? '_' : *p);
	}
}

/* RFC 6266 with RFC 8187: the name in ASCII, and as it is. */
static void
put_name(struct buf *head, const struct raw *raw)
{
	struct buf b = { 0 };

	if (raw->name == NULL && !raw->save)
		return;
	buf_puts(&b, raw->save ? "attachment" : "inline");
	if (raw->name != NULL && raw->name[0] != '\0') {
		buf_puts(&b, "; filename=\"");
		put_plain_name(&b, raw->name);
		buf_puts(&b, "\"; filename*=UTF-8''");
		buf_url(&b, raw->name, strlen(raw->name));
	}
	(void)answer_header(head, "Content-Disposition", buf_text(&b));
	buf_free(&b);
}

static void
put_headers(struct request *q, int64_t n)
{
	const struct raw_answer *a = &q->raw;
	const struct raw *raw = &a->raw;
	struct buf *b = &q->worker->head;

	buf_reset(b);
	buf_printf(b, "Status: %d\r\n", q->a.status);
	if (q->a.status < 300)
		(void)answer_header(b, "Content-Type", raw->type);
	(void)answer_header(b, "Cache-Control", "no-store");
	(void)answer_header(b, "Content-Security-Policy", policy);
	if (q->a.status < 300)
		put_name(b, raw);
	if (raw->tag != NULL) {
		buf_printf(b, "ETag: \"%s\"\r\nAccept-Ranges: bytes\r\n",
		    raw->tag);
	}
	if (q->a.status == 206)
		buf_printf(b, "Content-Range: bytes %lld-%lld/%lld\r\n",
		    (long long)a->from, (long long)a->to - 1,
		    (long long)raw->bytes);
	if (q->a.status == 416)
		buf_printf(b, "Content-Range: bytes */%lld\r\n",
		    (long long)raw->bytes);
	if (q->a.status != 304)
		buf_printf(b, "Content-Length: %lld\r\n", (long long)n);
	buf_puts(b, "\r\n");
}

/* The rest, piece by piece. -1: the client is gone, or the bytes are. */
static int
send_rest(struct request *q, int64_t at)
{
	struct raw_answer *a = &q->raw;
	int64_t until = instant_monotonic_ms() + TOTAL_MS;

	while (at < a->to) {
		long n = read_piece(q, at);

		if (n <= 0 || instant_monotonic_ms() > until ||
		    exchange_write(q->exchange, a->piece, (size_t)n) != 0)
			return -1;
		at += n;
		exchange_go_on(q->exchange);
	}
	return exchange_end(q->exchange);
}

void
raw_send(struct request *q)
{
	struct raw_answer *a = &q->raw;
	int body = q->a.status < 300;
	struct iovec part[2];
	int last, lost;

	put_headers(q, body ? a->to - a->from : 0);
	part[0] = (struct iovec){ q->worker->head.p, q->worker->head.n };
	part[1] = (struct iovec){ a->piece, (size_t)a->piece_n };
	body = body && !q->head && a->piece_n > 0;
	last = !body || a->from + a->piece_n == a->to;
	lost = exchange_send(q->exchange, part, body ? 2 : 1, last) != 0;
	if (!lost && !last)
		lost = send_rest(q, a->from + a->piece_n) != 0;
	if (lost) {
		exchange_break(q->exchange);
		metrics_add(q->server->metrics, METRIC_ANSWER_LOST, 1);
	}
}
