/* JPEG (ITU-T T.81, annex B) by its segments; EXIF (CIPA DC-008) by its tags. */
#include "clean_own.h"

enum { START, MARKER, LENGTH, FRAME, SCAN_HEAD, APPLICATION, SEGMENT_END };
enum { SEEN_SCAN = 1, SEEN_EXIF = 2 };

enum {
	SOF0 = 0xc0, DHT = 0xc4, JPG = 0xc8, DAC = 0xcc, SOF15 = 0xcf,
	SOI = 0xd8, EOI = 0xd9, SOS = 0xda, DQT = 0xdb, EXP = 0xdf,
	APP0 = 0xe0, APP1 = 0xe1, APP2 = 0xe2, APP14 = 0xee, APP15 = 0xef,
	COM = 0xfe
};

enum { TAG_ORIENTATION = 0x0112, TAGS_MAX = 200 };

/* ---- orientation ---- */

static uint32_t
number(const unsigned char *p, int bytes, int little)
{
	uint32_t v = 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[little ? bytes - 1 - i : i];
	return v;
}

/* Of a TIFF: 2 to 8, or 1 when it says nothing that one has to know. */
static int
orientation(const unsigned char *p, size_t n)
{
	int little = n >= 8 && memcmp(p, "II*\0", 4) == 0;
	uint32_t at, tags;

	if (n < 8 || (!little && memcmp(p, "MM\0*", 4) != 0))
		return 1;
	at = number(p + 4, 4, little);
	if (at > n - 2)
		return 1;
	tags = number(p + at, 2, little);
	at += 2;
	for (uint32_t i = 0; i < tags && i < TAGS_MAX && at + 12 <= n;
	    i++, at += 12) {
		uint32_t value = number(p + at + 8, 2, little);

		if (number(p + at, 2, little) == TAG_ORIENTATION)
			return value >= 2 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

/* EXIF with that one tag. */
static void
emit_orientation(struct clean *c, int turned)
{
	unsigned char exif[] = { 0xff, APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
		'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
		TAG_ORIENTATION >> 8, TAG_ORIENTATION & 0xff, 0, 3, 0, 0, 0, 1,
		0, 0, 0, 0, 0, 0, 0, 0 };

	exif[29] = (unsigned char)turned;
	clean_emit(c, exif, sizeof exif);
}

/* ---- segments ---- */

/* Without the little picture that JFIF may hold. */
static void
emit_jfif(struct clean *c)
{
	put_be16(c->held + 2, 16);
	c->held[16] = c->held[17] = 0;
	clean_emit(c, c->held, 18);
}

/* An application's segment, whole: most say what is nobody's business. */
static void
application(struct clean *c)
{
	const unsigned char *p = c->held + 4;
	size_t n = c->n - 4;
	int turned;

	if (c->held[1] == APP0 && n >= 14 && memcmp(p, "JFIF", 5) == 0)
		emit_jfif(c);
	else if (c->held[1] == APP2 && n > 14 &&
	    memcmp(p, "ICC_PROFILE", 12) == 0)
		clean_emit(c, c->held, c->n);
	else if (c->held[1] == APP14 && n == 12 && memcmp(p, "Adobe", 5) == 0)
		clean_emit(c, c->held, c->n);
	else if (c->held[1] == APP1 && n > 6 && !(c->seen & SEEN_EXIF) &&
	    memcmp(p, "Exif\0", 6) == 0) {
		c->seen |= SEEN_EXIF;
		turned = orientation(p + 6, n - 6);
		if (turned != 1)
			emit_orientation(c, turned);
	}
}

static int
is_frame(int marker)
{
	return marker >= SOF0 && marker <= SOF15 && marker != DHT &&
	    marker != JPG && marker != DAC;
}

static void
next_marker(struct clean *c)
{
	c->n = 0;
	clean_gather(c, MARKER, 2);
}

static int
take_marker(struct clean *c)
{
	int marker = c->held[1];

	if (c->held[0] != 0xff)
		return -1;
	if (marker == 0xff) {
		c->n = 1;
		return 0;
	}
	if (marker == EOI) {
		clean_emit(c, c->held, 2);
		c->mode = TAIL;
		return c->seen & SEEN_SCAN ? 0 : -1;
	}
	if (marker < SOF0 || marker == JPG || (marker > SOF15 && marker < SOS) ||
	    (marker > APP15 && marker != COM))
		return -1;
	clean_gather(c, LENGTH, 4);
	return 0;
}

static int
take_length(struct clean *c)
{
	uint32_t length = be16(c->held + 2);
	int marker = c->held[1];

	if (length < 2)
		return -1;
	if (is_frame(marker))
		clean_gather(c, FRAME, length + 2);
	else if (marker == SOS)
		clean_gather(c, SCAN_HEAD, length + 2);
	else if (marker == APP0 || marker == APP1 || marker == APP2 ||
	    marker == APP14)
		clean_gather(c, APPLICATION, length + 2);
	else if (marker >= APP0) {
		clean_bulk(c, DROP, SEGMENT_END, length - 2);
	} else {
		clean_emit(c, c->held, 4);
		clean_bulk(c, COPY, SEGMENT_END, length - 2);
	}
	return 0;
}

static int
take_frame(struct clean *c)
{
	if (c->n < 10)
		return -1;
	c->height = be16(c->held + 5);
	c->width = be16(c->held + 7);
	clean_emit(c, c->held, c->n);
	next_marker(c);
	return c->height == 0 || c->width == 0 ? -1 : 0;
}

static int
next(struct clean *c)
{
	switch (c->state) {
	case START:
		if (be16(c->held) != (0xff00 | SOI))
			return -1;
		clean_emit(c, c->held, 2);
		break;
	case MARKER:
		return take_marker(c);
	case LENGTH:
		return take_length(c);
	case FRAME:
		return take_frame(c);
	case SCAN_HEAD:
		clean_emit(c, c->held, c->n);
		c->seen |= SEEN_SCAN;
		clean_bulk(c, SCAN, MARKER, 0);
		return c->width == 0 ? -1 : 0;
	case APPLICATION:
		application(c);
		break;
	default:
		break;
	}
	next_marker(c);
	return 0;
}

void
clean_jpeg(struct clean *c)
{
	c->next = next;
	clean_gather(c, START, 2);
}
