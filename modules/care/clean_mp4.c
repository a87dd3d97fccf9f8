/* MP4, QuickTime, 3GPP (ISO/IEC 14496-12) by their boxes; no offset changes. */
#include "clean_own.h"

enum { HEAD, LONG_HEAD, BOX_END };
enum { SEEN_TYPE = 1, SEEN_FILM = 2 };

static int
is(const unsigned char *type, const char *name)
{
	return memcmp(type, name, 4) == 0;
}

static int
is_said(const unsigned char *type)
{
	return is(type, "udta") || is(type, "meta") || is(type, "uuid") ||
	    is(type, "XMP_");
}

static int
is_container(const struct clean *c, const unsigned char *type)
{
	return (c->depth == 0 && is(type, "moov")) ||
	    (c->depth == 1 && is(type, "trak"));
}

static void
next_head(struct clean *c)
{
	while (c->depth > 0 && c->inside[c->depth] == 0)
		c->depth--;
	c->n = 0;
	clean_gather(c, HEAD, 8);
}

/* A box of so many bytes, its head included, is held up to there. */
static int
take_box(struct clean *c, uint64_t size)
{
	unsigned char *type = c->held + 4;

	if (size < c->n || (c->depth > 0 && size > c->inside[c->depth]))
		return -1;
	if (c->depth > 0)
		c->inside[c->depth] -= size;
	if (!(c->seen & SEEN_TYPE) && !is(type, "ftyp"))
		return -1;
	c->seen |= SEEN_TYPE;
	size -= c->n;
	if (is_said(type)) {
		memcpy(type, "free", 4);
		clean_emit(c, c->held, c->n);
		clean_bulk(c, BLANK, BOX_END, size);
		return 0;
	}
	clean_emit(c, c->held, c->n);
	if (is_container(c, type)) {
		c->seen |= SEEN_FILM;
		c->inside[++c->depth] = size;
		next_head(c);
		return 0;
	}
	clean_bulk(c, COPY, BOX_END, size);
	return 0;
}

static int
take_head(struct clean *c)
{
	uint32_t size = be32(c->held);

	if (size == 1) {
		clean_gather(c, LONG_HEAD, 16);
		return 0;
	}
	if (size != 0)
		return take_box(c, size);
	/* To the end of the file: pictures only. */
	clean_emit(c, c->held, 8);
	if (c->depth > 0 || !is(c->held + 4, "mdat"))
		return -1;
	clean_bulk(c, COPY, BOX_END, UINT64_MAX);
	return 0;
}

static int
next(struct clean *c)
{
	if (c->state == HEAD)
		return take_head(c);
	if (c->state == LONG_HEAD)
		return take_box(c, (uint64_t)be32(c->held + 8) << 32 |
		    be32(c->held + 12));
	next_head(c);
	return 0;
}

int
clean_mp4_end(const struct clean *c)
{
	int between = c->mode == GATHER && c->state == HEAD && c->n == 0;
	int endless = c->mode == COPY && c->left == UINT64_MAX;

	return c->next == next && (c->seen & SEEN_FILM) && c->depth == 0 &&
	    (between || endless);
}

void
clean_mp4(struct clean *c)
{
	c->next = next;
	clean_gather(c, HEAD, 8);
}
