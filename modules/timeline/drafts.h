/*
 * Drafts: what somebody has typed and not sent, on the server, sealed with a key
 * of her own; and the key for what her device keeps of it.
 */
#ifndef DRAFTS_H
#define DRAFTS_H

#include "timeline.h"

enum { DRAFT_MAX = 20000 /* characters: more than can be sent, but typed */ };

handler drafts_show;	/* GET  /timeline/{patient}/draft; with the device's key */
handler drafts_save;	/* POST /timeline/{patient}/draft */

/* A form as it was left. NULL is "". */
struct draft {
	const struct ref *to;	/* the entry that it answers, or NULL */
	const char *kind, *audience;
	const char *professions, *people;	/* joined by "," */
	const char *stamp;	/* the device's, to know the newer one by */
	int urgent;
	const char *body;
};

/* Keeps it for the viewer and the path's patient, in place of the one before. */
void drafts_keep(struct req *, const struct draft *);

/* Forgets it: the page's, or that of the reply to an entry. */
void drafts_forget(struct req *, const struct ref *to);

#endif
