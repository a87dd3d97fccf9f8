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

/* The result of a reading, appended. The buffer's `failed` says it is too long. */
void wire_put(struct buf *, const struct reading *);

/* Reads it back. NULL when it is not what wire_put writes, or not bounded. */
struct parsed *wire_get(struct arena *, const void *, size_t,
    const struct parse_limits *);

#endif
