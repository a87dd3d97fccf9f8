/* What a head is computed from, and the file of heads. */
#include "seal_own.h"

#include "bytes.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_BYTES = 160, NULL_LENGTH = -1 };

static void
field(struct buf *b, const void *p, size_t n)
{
	unsigned char length[4];

	put_le32(length, p == NULL ? (uint32_t)NULL_LENGTH : (uint32_t)n);
	buf_put(b, (const char *)length, sizeof length);
	if (p != NULL)
		buf_put(b, p, n);
}

static void
number(struct buf *b, int64_t v)
{
	unsigned char bytes[8];

	put_le64(bytes, (uint64_t)v);
	field(b, bytes, sizeof bytes);
}

static void
text(struct buf *b, const char *s)
{
	field(b, s, s == NULL ? 0 : strlen(s));
}

static void
who(struct buf *b, const struct record *r)
{
	number(b, r->network_id);
	number(b, r->user_id);
	number(b, r->office_id);
	number(b, r->device_id);
	number(b, r->subject_id);
	text(b, r->purpose);
	number(b, r->stand_in);
	text(b, r->subjects);
}

void
head_after(const unsigned char before[SHA256_BYTES], const struct record *r,
    unsigned char out[SHA256_BYTES])
{
	struct buf b = { 0 };

	buf_put(&b, (const char *)before, SHA256_BYTES);
	number(&b, r->id);
	number(&b, r->at);
	field(&b, r->request, REF_BYTES);
	text(&b, r->program);
	text(&b, r->method);
	text(&b, r->route);
	number(&b, r->status);
	number(&b, r->outcome);
	who(&b, r);
	field(&b, r->journal, REF_BYTES);
	if (r->journal_seq.set)
		number(&b, r->journal_seq.v);
	else
		field(&b, NULL, 0);
	if (b.failed)	/* out of memory: a wrong head would stay for ever */
		abort();
	seal_sha256(b.p, b.n, out);
	buf_free(&b);
}

static int
parse_line(char *at, struct head_line *out)
{
	char *hex, *when;
	utc_ms instant;
	long long seq;

	errno = 0;
	seq = strtoll(at, &hex, 10);
	if (errno != 0 || seq <= 0 || *hex != ' ')
		return -1;
	when = strchr(++hex, ' ');
	if (when == NULL)
		return -1;
	*when++ = '\0';
	if (hex_decode(hex, out->head, SHA256_BYTES) < 0 ||
	    instant_parse(when, &instant) < 0)
		return -1;
	out->seq = seq;
	return 0;
}

int
head_read(FILE *f, struct head_line *out)
{
	char line[LINE_BYTES];
	int64_t before = out->line;
	long at;
	char *end;

	clearerr(f);	/* it may have grown since its end was seen */
	at = ftell(f);
	if (at < 0 || fgets(line, sizeof line, f) == NULL)
		return 0;
	end = strchr(line, '\n');
	if (end == NULL && feof(f)) {
		(void)fseek(f, at, SEEK_SET);
		return 0;
	}
	memset(out, 0, sizeof *out);
	out->line = before + 1;
	if (end != NULL)
		*end = '\0';
	out->bad = end == NULL || parse_line(line, out) < 0;
	return 1;
}

int
head_last(const char *path, struct head_line *out)
{
	FILE *f = fopen(path, "re");
	struct head_line next = { 0 };

	memset(out, 0, sizeof *out);
	if (f == NULL)
		return errno == ENOENT ? 0 : -1;
	/* The tail is enough: lines are short. */
	if (fseek(f, -4 * LINE_BYTES, SEEK_END) == 0)
		head_read(f, &next);	/* a part of one, likely */
	while (head_read(f, &next))
		if (!next.bad)
			*out = next;
	fclose(f);
	return 0;
}

/* Cuts off what a power loss left of a line; 0 or -1. */
static int
drop_unfinished(int fd)
{
	char c = '\n';
	off_t n = lseek(fd, 0, SEEK_END), whole = n;

	while (whole > 0 && pread(fd, &c, 1, whole - 1) == 1 && c != '\n')
		whole--;
	if (n < 0 || (n > 0 && whole < n && ftruncate(fd, whole) < 0))
		return -1;
	return 0;
}

int
head_append(const char *path, int64_t seq,
    const unsigned char head[SHA256_BYTES], utc_ms at)
{
	char hex[2 * SHA256_BYTES + 1], when[INSTANT_TEXT], line[LINE_BYTES];
	int n, r, error, fd;

	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return -1;
	hex_encode(head, SHA256_BYTES, hex);
	n = snprintf(line, sizeof line, "%lld %s %s\n", (long long)seq, hex,
	    instant_iso(at, when));
	errno = ENOSPC;		/* of a short write */
	r = drop_unfinished(fd) == 0 && write(fd, line, (size_t)n) == n &&
	    fdatasync(fd) == 0 ? 0 : -1;
	error = errno;
	close(fd);
	errno = error;
	return r;
}
