/*
 * Files of a request. While its body arrives they go, piece by piece, to the
 * store that the hooks name (care/file.h); a handler sees them when they are
 * there. One that is refused, or whose handler does not keep it, is swept up.
 */
#ifndef UPLOAD_H
#define UPLOAD_H

#include "ref.h"

#include <stddef.h>
#include <stdint.h>

struct input;
struct req;

struct upload {
	const char *input;	/* the declared input that it came by */
	const char *name;	/* the file's, without folders; "" if it has none */
	const char *type;	/* by its content */
	int64_t key;		/* the store's row */
	struct ref ref;		/* its name outside */
	int64_t bytes;		/* as stored */
	int64_t width, height;	/* of a picture in pixels, 0: not known */
	int place;		/* among the files of the body, from 0 */
};

/*
 * Runs outside of the request's unit of work, in short ones of its own, after
 * admission. A refusal is a code of message.c, or NULL when there is none.
 * Memory is of the arena `r->own` keeps for the whole request.
 */
struct upload_store {
	/* A file begins; *refusal is set when NULL is returned. */
	void *(*begin)(struct req *, const struct input *, struct arena *,
	    const char **refusal);

	/* Its bytes; after a refusal it is not called again. */
	const char *(*put)(void *file, const void *p, size_t n);

	/* It is whole: type, bytes, key, ref and size are filled. */
	const char *(*end)(void *file, struct upload *);

	/* It was broken off or refused; what was stored may go. */
	void (*drop)(void *file);
};

#endif
