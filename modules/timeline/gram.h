/* Text folded for the search inside sentences, and its pairs of characters. */
#ifndef GRAM_H
#define GRAM_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Folded code points: width and compatibility forms are one (NFKC), letters
 * small, katakana hiragana; blanks and line ends are gone. In the arena; *n is
 * their number.
 */
const int32_t *gram_fold(struct arena *, const char *text, size_t *n);

/* A pair as it is stored; `second` 0 behind the last character. */
int64_t gram_pair(int32_t first, int32_t second);

/* The pairs of a text as a JSON array, each once. */
const char *gram_list(struct arena *, const char *text);

/*
 * Likewise those that an entry must have to hold `points` in a row; *count is
 * their number. n must be 2 or more.
 */
const char *gram_wanted(struct arena *, const int32_t *points, size_t n,
    int64_t *count);

/* 1 if the folded text has `points` in a row. */
int gram_holds(struct arena *, const char *text, const int32_t *points,
    size_t n);

#endif
