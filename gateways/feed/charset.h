/*
 * Bytes of a document to UTF-8, in the encodings that feeds really use. What is
 * declared is a hint: bytes that are valid UTF-8 are UTF-8, "Shift_JIS" is CP932,
 * and where the declaration cannot be right the likeliest reading is taken. UTF-7 is
never read.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stddef.h>

/* Converters that are open. Opening reads files: do it before the sandbox. */
struct charsets;

/*
 * Opens those for Japanese and, if `extra` is not NULL, one more that
 * charset_decode asked for. NULL when there is no memory.
 */
struct charsets *charsets_open(const char *extra);
void charsets_close(struct charsets *);

/* A document as UTF-8: valid, perhaps with U+FFFD. */
struct decoded {
	const char *p;			/* with a NUL behind it */
	size_t n;
	char *owned;			/* free it, unless NULL */
	const char *name;		/* what it was read as */
	size_t errors;			/* bytes that stand for nothing */
	int declared_wrong;		/* the declaration was not followed */
};

/*
 * p[n] must be a NUL. `charset` is Content-Type's or NULL. Returns NULL, or the name of a converter
 * that is needed and not open (a constant); then *out is as without it.
 */
const char *charset_decode(struct charsets *, const char *p, size_t n,
    const char *charset, struct decoded *out);

#endif
