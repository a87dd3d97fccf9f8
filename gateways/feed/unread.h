/*
 * For whoever is to teach us a new type of telegram: the stored ones that were
 * refused or not understood, and any of them as it came.
 */
#ifndef UNREAD_H
#define UNREAD_H

#include "db.h"

/*
 * Prints a line for each that came since then: number, time, source, bytes, why;
 * the newest first, a thousand at most. 0, or -1 when the database fails.
 */
int unread_list(struct db *, struct arena *, utc_ms since);

/* Writes the bytes of one by its number to standard output. 0, or -1 with a line. */
int unread_write(struct db *, struct arena *, int64_t telegram);

#endif
