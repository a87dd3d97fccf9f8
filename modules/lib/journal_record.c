#include "journal_record.h"

#include "bytes.h"
#include "text.h"

enum { RECORD_VERSION = 1 };

const char *
record_text(char *to, size_t width, const char *from)
{
	size_t i;

	for (i = 0; from != NULL && i < width && from[i] != '\0'; i++)
		to[i] = from[i] >= ' ' && from[i] <= '~' ? from[i] : '?';
	to[i] = '\0';
	return to;
}

static unsigned char *
put_text(unsigned char *p, size_t width, const char *text)
{
	size_t n = strlen(record_text((char *)p + 1, width, text));

	*p = (unsigned char)n;
	return p + 1 + n;
}

static unsigned char *
put_number(unsigned char *p, int64_t v)
{
	put_le64(p, (uint64_t)v);
	return p + 8;
}

static int
subjects_of(const struct audit *a)
{
	if (a->nsubjects < 0)
		return 0;
	return a->nsubjects < AUDIT_SUBJECTS_MAX ? a->nsubjects :
	    AUDIT_SUBJECTS_MAX;
}

size_t
record_encode(const struct audit_record *r,
    unsigned char out[RECORD_MAX_BYTES])
{
	unsigned char *p = out;
	int i, n = subjects_of(&r->a);

	*p++ = RECORD_VERSION;
	*p++ = (unsigned char)r->outcome;
	*p++ = r->a.stand_in != 0;
	memcpy(p, r->request.b, REF_BYTES);
	p += REF_BYTES;
	p = put_number(p, r->at);
	p = put_number(p, r->status);
	p = put_number(p, r->a.network);
	p = put_number(p, r->a.user);
	p = put_number(p, r->a.office);
	p = put_number(p, r->a.device);
	p = put_number(p, r->a.subject);
	p = put_number(p, n);
	for (i = 0; i < n; i++)
		p = put_number(p, r->a.subjects[i]);
	p = put_text(p, RECORD_PROGRAM, r->program);
	p = put_text(p, RECORD_METHOD, r->method);
	p = put_text(p, RECORD_ROUTE, r->route);
	p = put_text(p, RECORD_PURPOSE, r->a.purpose);
	return (size_t)(p - out);
}

/* What is left to read; `bad` once more was asked for than there is. */
struct reader {
	const unsigned char *p;
	size_t n;
	int bad;
};

static const unsigned char *
take(struct reader *in, size_t n)
{
	const unsigned char *p = in->p;

	if (in->bad || n > in->n) {
		in->bad = 1;
		return NULL;
	}
	in->p += n;
	in->n -= n;
	return p;
}

static int64_t
take_number(struct reader *in)
{
	const unsigned char *p = take(in, 8);

	return p == NULL ? 0 : (int64_t)get_le64(p);
}

static const char *
take_text(struct reader *in, size_t width, char *to)
{
	const unsigned char *n = take(in, 1), *p;

	p = n == NULL ? NULL : take(in, *n);
	if (p == NULL || *n > width) {
		in->bad = 1;
		return to;
	}
	memcpy(to, p, *n);
	to[*n] = '\0';
	return to;
}

static void
take_audit(struct reader *in, struct audit *a)
{
	int64_t i, n;

	a->network = take_number(in);
	a->user = take_number(in);
	a->office = take_number(in);
	a->device = take_number(in);
	a->subject = take_number(in);
	n = take_number(in);
	if (n < 0 || n > AUDIT_SUBJECTS_MAX) {
		in->bad = 1;
		return;
	}
	a->nsubjects = (int)n;
	for (i = 0; i < n; i++)
		a->subjects[i] = take_number(in);
}

int
record_decode(const unsigned char *p, size_t n, struct journal_record *out)
{
	struct reader in = { p, n, 0 };
	const unsigned char *head = take(&in, 3), *request;
	struct audit_record *r = &out->r;

	request = take(&in, REF_BYTES);
	if (head == NULL || request == NULL || head[0] != RECORD_VERSION)
		return -1;
	memset(out, 0, sizeof *out);
	r->outcome = (enum audit_outcome)head[1];
	r->a.stand_in = head[2];
	memcpy(r->request.b, request, REF_BYTES);
	r->at = take_number(&in);
	r->status = (int)take_number(&in);
	take_audit(&in, &r->a);
	r->program = take_text(&in, RECORD_PROGRAM, out->program);
	r->method = take_text(&in, RECORD_METHOD, out->method);
	r->route = take_text(&in, RECORD_ROUTE, out->route);
	r->a.purpose = take_text(&in, RECORD_PURPOSE, out->purpose);
	return in.bad || in.n != 0 ? -1 : 0;
}

const char *
record_subjects(const struct audit *a, char out[RECORD_SUBJECTS_TEXT])
{
	size_t at = 0;
	int i, n = subjects_of(a);

	if (n == 0)
		return NULL;
	for (i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, RECORD_SUBJECTS_TEXT - at,
		    "%c%lld", i == 0 ? '[' : ',', (long long)a->subjects[i]);
	snprintf(out + at, RECORD_SUBJECTS_TEXT - at, "]");
	return out;
}

static void
json_text(struct buf *b, const char *text)
{
	buf_putc(b, ',');
	buf_json(b, text, strlen(text));
}

static void
json_numbers(struct buf *b, const struct audit_record *r)
{
	const int64_t v[] = {
		r->status, r->outcome, r->a.network, r->a.user, r->a.office,
		r->a.device, r->a.subject, r->a.stand_in
	};
	size_t i;

	for (i = 0; i < sizeof v / sizeof v[0]; i++) {
		buf_putc(b, ',');
		buf_i64(b, v[i]);
	}
}

void
record_json(struct buf *b, const struct audit_record *r, uint64_t seq)
{
	char hex[REF_HEX], at[INSTANT_TEXT], subjects[RECORD_SUBJECTS_TEXT];
	const char *list = record_subjects(&r->a, subjects);

	buf_putc(b, '[');
	buf_i64(b, (int64_t)seq);
	instant_iso(r->at, at);
	at[strcspn(at, "Z")] = '\0';	/* DATETIME takes no zone */
	json_text(b, at);
	json_text(b, ref_hex(&r->request, hex));
	json_text(b, r->program);
	json_text(b, r->method);
	json_text(b, r->route);
	json_text(b, r->a.purpose);
	json_numbers(b, r);
	if (list == NULL)
		buf_puts(b, ",null");
	else
		json_text(b, list);
	buf_putc(b, ']');
}
