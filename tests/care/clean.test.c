/* What is left of pictures and films, in pieces of any size, cut off anywhere. */
#include "clean.h"
#include "text.h"
#include "unit.h"

#include <string.h>

static int
on_put(void *of, const void *p, size_t n)
{
	buf_put(of, p, n);
	return 0;
}

static void
on_patch(void *of, size_t at, const void *p, size_t n)
{
	struct buf *b = of;

	assert_true(at + n <= 64 && at + n <= b->n);
	memcpy(b->p + at, p, n);
}

struct given {
	enum clean_format format;
	const char *p;
	size_t n;
};

/* 0 and what is left in *out, or -1. */
static int
cleaned(const struct given *g, size_t n, size_t step, struct buf *out)
{
	const struct clean_sink sink = { out, on_put, on_patch };
	struct clean *c = clean_begin(g->format, &sink);
	int result;

	assert_non_null(c);
	buf_reset(out);
	for (size_t at = 0; at < n; at += step)
		(void)clean_put(c, g->p + at, n - at < step ? n - at : step);
	result = clean_end(c) == CLEAN_FINE ? 0 : -1;
	clean_free(c);
	return result;
}

#define JPEG_APP0 "\xff\xe0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1abc"
#define JPEG_EXIF "\xff\xe1\0\x22" "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x06\0\0\0\0\0\0\0"
#define JPEG_COM "\xff\xfe\0\x06said"
#define JPEG_DQT "\xff\xdb\0\x04qq"
#define JPEG_SOF "\xff\xc0\0\x0b\x08\0\x10\0\x18\1\1\x11\0"
#define JPEG_SOS "\xff\xda\0\x08\1\1\0\0\x3f\0"
#define JPEG_SCAN "data\xff\0data\xff\xd0" "data"

static const char jpeg[] = "\xff\xd8" JPEG_APP0 JPEG_EXIF JPEG_COM JPEG_DQT
    JPEG_SOF JPEG_SOS JPEG_SCAN "\xff\xff" JPEG_COM JPEG_SOS JPEG_SCAN
    "\xff\xd9" "behind";
static const char jpeg_left[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    "\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\x06\0\0\0\0\0\0"
    JPEG_DQT JPEG_SOF JPEG_SOS JPEG_SCAN JPEG_SOS JPEG_SCAN "\xff\xd9";

#define PNG_MAGIC "\x89PNG\r\n\x1a\n"
#define PNG_HEAD "\0\0\0\x0dIHDR\0\0\0\x18\0\0\0\x10\x08\x06\0\0\0CRC4"
#define PNG_DATA "\0\0\0\4IDATdataCRC4"
#define PNG_END "\0\0\0\0IEND\xae\x42\x60\x82"

static const char png[] = PNG_MAGIC PNG_HEAD "\0\0\0\4tEXtsaidCRC4"
    "\0\0\0\4gAMAkeptCRC4" PNG_DATA "\0\0\0\4eXIfsaidCRC4" PNG_DATA PNG_END
    "behind";
static const char png_left[] = PNG_MAGIC PNG_HEAD "\0\0\0\4gAMAkeptCRC4"
    PNG_DATA PNG_DATA PNG_END;

static const char webp[] = "RIFF\x3a\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x17\0\0\x0f\0\0"
    "VP8L\x05\0\0\0\x2f\x17\xc0\x03\0\0" "EXIF\x03\0\0\0abc\0"
    "XMP \x02\0\0\0de";
static const char webp_left[] = "RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x17\0\0\x0f\0\0"
    "VP8L\x05\0\0\0\x2f\x17\xc0\x03\0\0";

#define MP4_TYPE "\0\0\0\x10" "ftypisom\0\0\2\0"
#define MP4_DATA "\0\0\0\x0c" "mdatdata"

static const char mp4[] = MP4_TYPE "\0\0\0\x3e" "moov\0\0\0\x0c" "mvhdkept"
    "\0\0\0\x1e" "trak\0\0\0\x0a" "tkhdab\0\0\0\x0c" "udtasaid"
    "\0\0\0\x0c" "metasaid\0\0\0\1uuid\0\0\0\0\0\0\0\x14said" MP4_DATA;
static const char mp4_left[] = MP4_TYPE "\0\0\0\x3e" "moov\0\0\0\x0c" "mvhdkept"
    "\0\0\0\x1e" "trak\0\0\0\x0a" "tkhdab\0\0\0\x0c" "free\0\0\0\0"
    "\0\0\0\x0c" "free\0\0\0\0\0\0\0\1free\0\0\0\0\0\0\0\x14\0\0\0\0" MP4_DATA;

/* Every split gives the same; every end but the right one is damaged. */
static void
is_cleaned(enum clean_format format, const char *p, size_t n, size_t needed,
    const char *left, size_t left_n)
{
	const struct given g = { format, p, n };
	struct buf out = { 0 };

	for (size_t step = 1; step <= n; step++) {
		assert_int_equal(cleaned(&g, n, step, &out), 0);
		assert_int_equal(out.n, left_n);
		assert_memory_equal(out.p, left, left_n);
	}
	for (size_t cut = 0; cut < needed; cut++)
		assert_int_equal(cleaned(&g, cut, 7, &out), -1);
	buf_free(&out);
}

static void
what_they_say_is_taken_out(void **state)
{
	(void)state;
	is_cleaned(CLEAN_JPEG, jpeg, sizeof jpeg - 1, sizeof jpeg - 1 - 6,
	    jpeg_left, sizeof jpeg_left - 1);
	is_cleaned(CLEAN_PNG, png, sizeof png - 1, sizeof png - 1 - 6, png_left,
	    sizeof png_left - 1);
	is_cleaned(CLEAN_WEBP, webp, sizeof webp - 1, sizeof webp - 1,
	    webp_left, sizeof webp_left - 1);
}

/* Between two boxes a film may end, if it has said what it is. */
static void
a_film_keeps_its_offsets(void **state)
{
	const struct given g = { CLEAN_MP4, mp4, sizeof mp4 - 1 };
	struct buf out = { 0 };

	(void)state;
	for (size_t step = 1; step <= g.n; step++) {
		assert_int_equal(cleaned(&g, g.n, step, &out), 0);
		assert_int_equal(out.n, g.n);
		assert_memory_equal(out.p, mp4_left, sizeof mp4_left - 1);
	}
	for (size_t cut = 0; cut < g.n - 12; cut++)
		assert_int_equal(cleaned(&g, cut, 7, &out),
		    cut == g.n - 12 - 20 ? 0 : -1);
	buf_free(&out);
}

static void
any_byte_may_be_wrong(void **state)
{
	static const struct given all[] = {
		{ CLEAN_JPEG, jpeg, sizeof jpeg - 1 },
		{ CLEAN_PNG, png, sizeof png - 1 },
		{ CLEAN_WEBP, webp, sizeof webp - 1 },
		{ CLEAN_MP4, mp4, sizeof mp4 - 1 },
	};
	struct buf out = { 0 };
	char copy[sizeof jpeg + sizeof mp4];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(all); i++)
		for (size_t at = 0; at < all[i].n; at++)
			for (int v = 0; v < 256; v++) {
				struct given g = all[i];

				memcpy(copy, g.p, g.n);
				copy[at] = (char)v;
				g.p = copy;
				(void)cleaned(&g, g.n, 11, &out);
				assert_true(out.n <= g.n + 16);
			}
	buf_free(&out);
}

static void
other_things_are_damaged(void **state)
{
	static const struct given bad[] = {
		{ CLEAN_JPEG, "\xff\xd8\xff\xd9", 4 },
		{ CLEAN_JPEG, "\xff\xd8\xff\xdb\0\1", 6 },
		{ CLEAN_JPEG, "\xff\xd8xx", 4 },
		{ CLEAN_JPEG, "\xff\xd8" JPEG_SOS "\xff\xd9", 14 },
		{ CLEAN_PNG, PNG_MAGIC PNG_DATA PNG_END, 36 },
		{ CLEAN_PNG, PNG_MAGIC PNG_HEAD "\0\0\0\0ABCDCRC4" PNG_END, 57 },
		{ CLEAN_WEBP, "RIFF\x04\0\0\0WEBP", 12 },
		{ CLEAN_WEBP, "RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff", 20 },
		{ CLEAN_MP4, MP4_DATA MP4_TYPE, 28 },
		{ CLEAN_MP4, MP4_TYPE MP4_DATA, 28 },
		{ CLEAN_MP4, MP4_TYPE "\0\0\0\x10moov\0\0\0\x09trak", 32 },
		{ CLEAN_MP4, MP4_TYPE "\0\0\0\7moov", 24 },
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		assert_int_equal(cleaned(&bad[i], bad[i].n, 3, &out), -1);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_they_say_is_taken_out),
		cmocka_unit_test(a_film_keeps_its_offsets),
		cmocka_unit_test(any_byte_may_be_wrong),
		cmocka_unit_test(other_things_are_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
