#include "clean_own.h"

#include <stdlib.h>

void
clean_emit(struct clean *c, const void *p, size_t n)
{
	c->put += n;
	if (n > 0 && c->fault == CLEAN_FINE &&
	    c->sink->put(c->sink->of, p, n) != 0)
		c->fault = CLEAN_STOPPED;
}

void
clean_gather(struct clean *c, int state, size_t want)
{
	c->mode = GATHER;
	c->state = state;
	c->want = want;
}

void
clean_bulk(struct clean *c, enum clean_mode mode, int state, uint64_t n)
{
	c->mode = mode;
	c->state = state;
	c->left = n;
	c->n = 0;
}

static int
as_is(struct clean *c)
{
	clean_bulk(c, COPY, 0, UINT64_MAX);
	return 0;
}

struct clean *
clean_begin(enum clean_format format, const struct clean_sink *sink)
{
	struct clean *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->sink = sink;
	switch (format) {
	case CLEAN_JPEG:
		clean_jpeg(c);
		break;
	case CLEAN_PNG:
		clean_png(c);
		break;
	case CLEAN_WEBP:
		clean_webp(c);
		break;
	case CLEAN_MP4:
		clean_mp4(c);
		break;
	case CLEAN_AS_IS:
		c->next = as_is;
		(void)as_is(c);
		break;
	}
	return c;
}

static size_t
at_most(size_t n, uint64_t most)
{
	return n < most ? n : (size_t)most;
}

static size_t
take_gather(struct clean *c, const unsigned char *p, size_t n)
{
	size_t part = at_most(n, c->want - c->n);

	memcpy(c->held + c->n, p, part);
	c->n += part;
	return part;
}

static size_t
take_bulk(struct clean *c, const unsigned char *p, size_t n)
{
	static const unsigned char blank[4096];
	size_t part = at_most(n, c->left);

	if (c->mode == BLANK)
		part = at_most(part, sizeof blank);
	if (c->mode == COPY)
		clean_emit(c, p, part);
	else if (c->mode == BLANK)
		clean_emit(c, blank, part);
	if (c->left != UINT64_MAX)
		c->left -= part;
	return part;
}

/*
 * Compressed bytes of a JPEG. FF is followed by 00 where it is data, by D0 to
 * D7 at a restart, by FF where it fills; anything else is a marker.
 */
static size_t
take_scan(struct clean *c, const unsigned char *p, size_t n)
{
	static const unsigned char ff = 0xff;
	const unsigned char *at;

	if (c->pending && p[0] == 0xff)
		return 1;
	if (c->pending) {
		c->pending = 0;
		if (p[0] != 0 && (p[0] < 0xd0 || p[0] > 0xd7)) {
			c->held[0] = 0xff;
			c->held[1] = p[0];
			c->n = 2;
			clean_gather(c, c->state, 2);
			return 1;
		}
		clean_emit(c, &ff, 1);
	}
	at = memchr(p + 1, 0xff, n - 1);
	if (p[0] == 0xff)
		at = p;
	n = at == NULL ? n : (size_t)(at - p);
	clean_emit(c, p, n);
	if (at == NULL)
		return n;
	c->pending = 1;
	return n + 1;
}

static size_t
take(struct clean *c, const unsigned char *p, size_t n)
{
	switch (c->mode) {
	case GATHER:
		return take_gather(c, p, n);
	case SCAN:
		return take_scan(c, p, n);
	case TAIL:
		return n;
	default:
		return take_bulk(c, p, n);
	}
}

static int
is_ready(const struct clean *c)
{
	switch (c->mode) {
	case GATHER:
		return c->n >= c->want;
	case SCAN:
	case TAIL:
		return 0;
	default:
		return c->left == 0;
	}
}

enum clean_fault
clean_put(struct clean *c, const void *from, size_t n)
{
	const unsigned char *p = from;

	while (n > 0 && c->fault == CLEAN_FINE) {
		size_t part = take(c, p, n);

		p += part;
		n -= part;
		while (c->fault == CLEAN_FINE && is_ready(c))
			if (c->next(c) != 0)
				c->fault = CLEAN_DAMAGED;
	}
	return c->fault;
}

enum clean_fault
clean_end(struct clean *c)
{
	int whole = c->mode == TAIL || c->next == as_is;

	if (c->fault != CLEAN_FINE)
		return c->fault;
	if (!whole)
		whole = clean_webp_end(c) || clean_mp4_end(c);
	if (!whole)
		c->fault = CLEAN_DAMAGED;
	return c->fault;
}

int64_t
clean_width(const struct clean *c)
{
	return c->width;
}

int64_t
clean_height(const struct clean *c)
{
	return c->height;
}

void
clean_free(struct clean *c)
{
	free(c);
}
