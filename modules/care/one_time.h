/*
 * One-time codes of twelve digits, given by mouth or on paper to somebody who has no
 * account. What a code opens, until when, and that it works once, is its module's table,
 * which keeps the SHA-256 alone.
 */
#ifndef ONE_TIME_H
#define ONE_TIME_H

#include "request.h"

struct model;

/* A code out of a new ref: the same on every try of this request. In its arena. */
const char *one_time_draw(struct req *);

/* Puts `code`, in fours as people say it, and `code_until`. */
void one_time_put(struct req *, struct model *, const char *code, utc_ms until);

/*
 * The digits of what was typed, without blanks and hyphens, in the request's arena; NULL
 * if there is anything else, or not as many as a code has.
 */
const char *one_time_read(struct req *, const char *typed);

#endif
