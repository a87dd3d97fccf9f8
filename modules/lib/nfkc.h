/*
 * Text as people meant it: full-width, half-width and combined forms of one
 * character made the same (Unicode NFKC, UAX #15), as code points.
 */
#ifndef NFKC_H
#define NFKC_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes the code points of the NFKC form of a UTF-8 string to `out`, at most
 * `n` of them. Returns how many, or -1 if the text is not UTF-8 or needs more
 * than `n`; `out` is then undefined.
 */
int nfkc_points(const char *text, int32_t *out, size_t n);

/*
 * The NFKC form of valid UTF-8, in the arena: full-width letters become ASCII,
 * half-width kana full-width, `㎎` mg. Aborts if the text is not UTF-8.
 */
struct arena;
char *nfkc_text(struct arena *, const char *text);

#endif
