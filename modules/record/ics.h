/*
 * A calendar as iCalendar (RFC 5545), by libical: for programs that fetch it
 * again and again (METHOD PUBLISH). An event says when, and a summary of ours;
 * there is no place for a name, an address or a note.
 */
#ifndef ICS_H
#define ICS_H

#include "instant.h"
#include "ref.h"

#include <stddef.h>

struct arena;

struct ics_event {
	const struct ref *id;	/* UID: this, `@tomozuna`; the same for life */
	utc_ms starts_at, ends_at, changed_at;
	int sequence;		/* changes so far */
	int cancelled;
	const char *summary;
	const char *url;	/* where it is told in full, after signing in */
};

/* The text, CR LF and folded as the RFC wants, in the arena. */
char *ics_write(struct arena *, const char *name, const struct ics_event *,
    size_t n);

#endif
