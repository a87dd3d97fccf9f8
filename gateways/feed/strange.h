/*
 * Types of telegrams that a feed names and nobody has taught us: neither does its
 * source want them (`types`) nor has follow.c a row. They are not fetched; so JMA
 * may begin a new warning, and the administrator has to hear of it.
 */
#ifndef STRANGE_H
#define STRANGE_H

#include "parse.h"
#include "source.h"

enum {
	STRANGE_MAX = 32,		/* of one source; more are one too many */
	STRANGE_BYTES = 7		/* VPWW54 and its end */
};

struct strange {
	size_t n, told;			/* of n types the first `told` were told */
	char type[STRANGE_MAX][STRANGE_BYTES];
};

/* Their names with blanks between, in at most STRANGE_TEXT bytes with the NUL. */
enum { STRANGE_TEXT = STRANGE_MAX * STRANGE_BYTES };
void strange_text(const struct strange *, char text[STRANGE_TEXT]);

/* Adds what the feed names, each type once as long as the program runs. */
void strange_find(struct strange *, const struct source *,
    const struct parsed *);

#endif
