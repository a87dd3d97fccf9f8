/* PNG (W3C, third edition) by its chunks. */
#include "clean_own.h"

enum { START, HEAD, FIRST, CHUNK_END, LAST };

/* Ancillary chunks that a picture looks different without. */
static const char kept[][5] = { "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT",
	"bKGD", "hIST", "pHYs", "sPLT", "cICP", "acTL", "fcTL", "fdAT" };

static int
is_kept(const unsigned char *type)
{
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (memcmp(kept[i], type, 4) == 0)
			return 1;
	return memcmp(type, "PLTE", 4) == 0 || memcmp(type, "IDAT", 4) == 0;
}

static int
take_head(struct clean *c)
{
	uint32_t length = be32(c->held);
	const unsigned char *type = c->held + 4;
	int known;

	if (length > 0x7fffffff)
		return -1;
	if (c->width == 0) {
		clean_gather(c, FIRST, 8 + 13 + 4);
		return memcmp(type, "IHDR", 4) == 0 && length == 13 ? 0 : -1;
	}
	if (memcmp(type, "IEND", 4) == 0) {
		clean_gather(c, LAST, 12);
		return length == 0 ? 0 : -1;
	}
	known = is_kept(type);
	if (!known && !(type[0] & 0x20))
		return -1;	/* one that a decoder must know */
	if (known)
		clean_emit(c, c->held, 8);
	clean_bulk(c, known ? COPY : DROP, CHUNK_END, (uint64_t)length + 4);
	return 0;
}

static int
next(struct clean *c)
{
	static const unsigned char magic[] = "\x89PNG\r\n\x1a\n";

	switch (c->state) {
	case START:
		if (memcmp(c->held, magic, 8) != 0)
			return -1;
		clean_emit(c, c->held, 8);
		break;
	case HEAD:
		return take_head(c);
	case FIRST:
		c->width = be32(c->held + 8);
		c->height = be32(c->held + 12);
		clean_emit(c, c->held, c->n);
		if (c->width == 0 || c->height == 0)
			return -1;
		break;
	case LAST:
		clean_emit(c, c->held, c->n);
		c->mode = TAIL;
		return 0;
	default:
		break;
	}
	c->n = 0;
	clean_gather(c, HEAD, 8);
	return 0;
}

void
clean_png(struct clean *c)
{
	c->next = next;
	clean_gather(c, START, 8);
}
