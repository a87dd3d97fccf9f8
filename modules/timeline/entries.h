/* Entries as handlers share them: how one is found, shown and stored. */
#ifndef ENTRIES_H
#define ENTRIES_H

#include "timeline.h"

#include "timeline_sql.h"

/*
 * The entry of the path, or NULL (answer 404): there is none of this name under
 * the path's patient, or the viewer is not of its audience.
 */
const struct found *entries_find(struct req *);

/* Likewise another one of that patient's. */
const struct found *entries_find_by(struct req *, const struct ref *);

/* The viewer's key between commas, as the lists of keys of an entry have it. */
const char *entries_me(struct req *);

/*
 * Puts `entries`, each with its `reply_entries`: one statement more if any has,
 * another if one is not as most are (corrected, withdrawn, addressed …). And what
 * the viewer may write here (audience_offer).
 */
void entries_put(struct req *, struct model *, struct entry_rows *);

/* Whom an entry is for. */
struct audience {
	const char *word;	/* team, professions, named, disease_network */
	int64_t reach;		/* of timeline_entry */
	const char *of;		/* ",u12,p040,n7," */
	const char *names;	/* in words, NULL: the whole team */
};

/* One to be stored. Its author is the viewer. */
struct draft_entry {
	int64_t patient;
	const struct ref *id;
	const char *kind, *body;
	struct audience audience;
	int urgent;
	int64_t reply_to;		/* key of the entry, 0: none */
	const struct ref *corrects;	/* or NULL */
	utc_ms written_at;		/* 0: now; else it was moved here now */
	int untold;			/* urgent, but another one tells of it */
	int question;			/* asks something (question.h) */
	int takes_files;		/* those of the request hang on it */
};

/* How many people are sent word at once, and in the morning; how many it names. */
struct told_of {
	int64_t now, later;
	int mentioned;
};

/*
 * Stores it with its pairs for the search, its marks, whom it names (mention.h), its
 * event and, when it is urgent, its notices. Returns 201, or
 * 403 when the viewer's profession may not write this kind.
 */
int entries_store(struct req *, const struct draft_entry *, struct told_of *);

/* The audience of an entry that is there, for what belongs to it. */
struct audience entries_audience(const struct found *);

#endif
