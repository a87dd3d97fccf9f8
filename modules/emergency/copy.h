/*
 * The local copy, from which crews are answered while MariaDB does not answer: their
 * sessions, what finds a patient, whom they have open, the summaries. It lies sealed
 * (store.h) in `copy_dir`, is kept current by what triggers note of each change
 * (db/care/0030-follower.sql), a patient at a time, and is never written anew as a whole.
 *
 * The handlers do not know of it. It answers their statements (copy.c has the table);
 * what these would change goes, as the statements that they are, into the copy's
 * journal, and is run on MariaDB, in order and each unit once, when that is back.
 */
#ifndef COPY_H
#define COPY_H

#include "module.h"

/* Settings of this program's own. */
struct emergency_settings {
	struct settings common;
	const char *copy_dir;		/* "": journal_dir/copy */
	int64_t copy_megabytes;		/* at most; 0: no copy */
};

extern const struct setting copy_settings[];
extern const struct away copy_away;

#endif
