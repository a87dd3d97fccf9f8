/*
 * An invitation as iTIP (RFC 5546) in iCalendar (RFC 5545), by libical. It says when, of
 * what kind and where to sign in; there is no place for a title or a patient.
 */
#ifndef ITIP_H
#define ITIP_H

#include "arena.h"
#include "instant.h"
#include "ref.h"

struct itip {
	const struct ref *meeting;	/* UID: this, `@tomozuna`; the same for life */
	int cancel;			/* METHOD CANCEL, else REQUEST */
	int sequence;			/* rises with each change that matters */
	utc_ms at, starts_at, ends_at;	/* DTSTAMP DTSTART DTEND */
	const char *summary, *description;
	const char *url;		/* where it is told in full; NULL: none */
	const char *organizer, *organizer_name;
	const char *attendee, *attendee_name;	/* the one whom this goes to */
};

/* The text, CR LF and folded, in the arena. */
const char *itip_write(struct arena *, const struct itip *);

/*
 * The SEQUENCE to tell somebody of: of the meeting, but above what she was told when
 * it is taken back from her, or given back. told < 0: she was told nothing.
 */
int itip_sequence(int meeting, int told, int told_cancel, int cancel);

#endif
