/* WebP (RFC 9649) by its chunks. The size at the front is put right at the end. */
#include "clean_own.h"

#include "bytes.h"

enum { START, HEAD, EXTENDED, LOSSY, LOSSLESS, CHUNK_END };
enum { SEEN_PICTURE = 1, HAS_EXIF = 0x08, HAS_XMP = 0x04 };

static uint64_t
padded(uint32_t n)
{
	return (uint64_t)n + (n & 1);
}

/* The next chunk; when there is no room for one, the end. */
static int
next_head(struct clean *c)
{
	c->n = 0;
	if (c->inside[0] == 0) {
		c->mode = TAIL;
		return clean_webp_end(c) ? 0 : -1;
	}
	clean_gather(c, HEAD, 8);
	return c->inside[0] < 8 ? -1 : 0;
}

static int
take_head(struct clean *c)
{
	uint32_t n = get_le32(c->held + 4);
	const unsigned char *type = c->held;

	if (8 + padded(n) > c->inside[0])
		return -1;
	c->inside[0] -= 8 + padded(n);
	if (memcmp(type, "VP8X", 4) == 0) {
		clean_gather(c, EXTENDED, 18);
		return n == 10 ? 0 : -1;
	}
	if (memcmp(type, "VP8 ", 4) == 0) {
		clean_gather(c, LOSSY, 18);
		return n >= 10 ? 0 : -1;
	}
	if (memcmp(type, "VP8L", 4) == 0) {
		clean_gather(c, LOSSLESS, 13);
		return n >= 5 ? 0 : -1;
	}
	if (memcmp(type, "ALPH", 4) == 0 || memcmp(type, "ANIM", 4) == 0 ||
	    memcmp(type, "ANMF", 4) == 0 || memcmp(type, "ICCP", 4) == 0) {
		if (type[1] == 'N' && type[2] == 'M')
			c->seen |= SEEN_PICTURE;
		clean_emit(c, c->held, 8);
		clean_bulk(c, COPY, CHUNK_END, padded(n));
	} else {
		clean_bulk(c, DROP, CHUNK_END, padded(n));
	}
	return 0;
}

static uint32_t
le24(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static void
take_extended(struct clean *c)
{
	c->held[8] &= (unsigned char)~(HAS_EXIF | HAS_XMP);
	c->width = 1 + le24(c->held + 12);
	c->height = 1 + le24(c->held + 15);
	clean_emit(c, c->held, c->n);
}

/* What the picture itself says; an extended head counts for more. */
static int
take_picture(struct clean *c, size_t begun)
{
	const unsigned char *p = c->held + 8;
	uint32_t n = get_le32(c->held + 4), bits = get_le32(p + 1);
	int64_t width = (bits & 0x3fff) + 1, height = (bits >> 14 & 0x3fff) + 1;

	if (c->state == LOSSY) {
		if (le24(p + 3) != 0x2a019d)
			return -1;
		width = get_le32(p + 6) & 0x3fff;
		height = get_le32(p + 6) >> 16 & 0x3fff;
	} else if (p[0] != 0x2f) {
		return -1;
	}
	if (c->width == 0) {
		c->width = width;
		c->height = height;
	}
	c->seen |= SEEN_PICTURE;
	clean_emit(c, c->held, c->n);
	clean_bulk(c, COPY, CHUNK_END, padded(n) - begun);
	return width == 0 || height == 0 ? -1 : 0;
}

static int
next(struct clean *c)
{
	switch (c->state) {
	case START:
		if (memcmp(c->held, "RIFF", 4) != 0 ||
		    memcmp(c->held + 8, "WEBP", 4) != 0 ||
		    get_le32(c->held + 4) < 4)
			return -1;
		c->inside[0] = get_le32(c->held + 4) - 4;
		clean_emit(c, c->held, 12);
		break;
	case HEAD:
		return take_head(c);
	case EXTENDED:
		take_extended(c);
		break;
	case LOSSY:
		return take_picture(c, 10);
	case LOSSLESS:
		return take_picture(c, 5);
	default:
		break;
	}
	return next_head(c);
}

int
clean_webp_end(struct clean *c)
{
	unsigned char size[4];

	if (c->next != next || c->mode != TAIL || !(c->seen & SEEN_PICTURE))
		return 0;
	put_le32(size, (uint32_t)(c->put - 8));
	c->sink->patch(c->sink->of, 4, size, sizeof size);
	return 1;
}

void
clean_webp(struct clean *c)
{
	c->next = next;
	clean_gather(c, START, 12);
}
