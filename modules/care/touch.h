/*
 * When a session was last seen, written at most once a minute: requests note
 * it in memory, the refresh thread writes it. Lost with the program it costs a
 * user nothing but an earlier PIN.
 */
#ifndef TOUCH_H
#define TOUCH_H

#include "db.h"
#include "seal.h"

enum { TOUCH_EVERY_S = 60 };

/* Notes a session, by its hashed token, as seen. Full: forgotten. */
void touch_note(const unsigned char token[SHA256_BYTES], utc_ms at);

/* Writes what was noted, in a unit of work of its own. */
void touch_write(struct db *, struct arena *);

#endif
