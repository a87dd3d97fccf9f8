/*
 * Takes out of a picture or video what it says besides the picture: place, time,
 * device, owner, the little picture before it was cut, and whatever hangs behind
 * its end. It walks segments, chunks or boxes as they arrive and knows nothing
 * of pixels, so it neither decodes nor loses quality. Strict: what it does not
 * understand is damaged.
 *
 * JPEG: kept are tables, frames, scans, the colour profile and Adobe's transform,
 * and of EXIF the orientation alone. PNG, WebP: what a decoder needs, and the
 * colour profile. MP4 and its kin: `udta`, `meta` and `uuid` of film and tracks
 * are blanked in place; what a camera writes beside the pictures as a track of
 * its own is not.
 */
#ifndef CLEAN_H
#define CLEAN_H

#include <stddef.h>
#include <stdint.h>

enum clean_format { CLEAN_AS_IS, CLEAN_JPEG, CLEAN_PNG, CLEAN_WEBP, CLEAN_MP4 };

/* Where the rest goes; `patch` changes bytes among the first 64 put. */
struct clean_sink {
	void *of;
	int (*put)(void *of, const void *p, size_t n);	/* 0, or -1 to stop */
	void (*patch)(void *of, size_t at, const void *p, size_t n);
};

enum clean_fault { CLEAN_FINE, CLEAN_DAMAGED, CLEAN_STOPPED };

struct clean;

/* A new one; the sink must outlive it. NULL without memory. clean_free it. */
struct clean *clean_begin(enum clean_format, const struct clean_sink *);

/* The next bytes, in pieces of any size. After a fault it does nothing. */
enum clean_fault clean_put(struct clean *, const void *p, size_t n);

/* The end: CLEAN_DAMAGED when it comes too early. */
enum clean_fault clean_end(struct clean *);

/* Pixels as the picture is stored, before it is turned; 0: not known (yet). */
int64_t clean_width(const struct clean *);
int64_t clean_height(const struct clean *);

/* Frees it; NULL is allowed. */
void clean_free(struct clean *);

#endif
