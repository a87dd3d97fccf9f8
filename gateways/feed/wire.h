/*
 * How a result crosses the pipe from the sandboxed child: numbers, and texts that
 * are said once each. What comes out is checked again: counts, lengths, words of
 * enumerations, and that each text is what text_check (lib) lets through.
 */
#ifndef WIRE_H
#define WIRE_H

#include "parse.h"
#include "text.h"

struct reading;

/*
 * Longest result, and areas of all its warnings together: many times what the
 * largest real documents have, and little enough for the one who gets it.
 */
enum { WIRE_BYTES = 8 * 1024 * 1024, WIRE_AREAS = 100000 };

/* The result of a reading, appended. One too long becomes a refusal. */
void wire_put(struct buf *, const struct reading *);

/* Reads it back. NULL when it is not what wire_put writes, or not bounded. */
struct parsed *wire_get(struct arena *, const void *, size_t,
    const struct parse_limits *);

#endif
