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

/*
 * What a statement needs to tell whether the copy has all of a patient that has been
 * committed (opening.sql's `holder`): its name to MariaDB, and how often they have met;
 * -1 while it is not to be relied on, being filled or having heard nothing for seconds.
 */
const struct ref *copy_name(void);
int64_t copy_met(utc_ms now);

struct holder;		/* opening.sql */
struct item_rows;
struct opening;

/*
 * Reads whom the holder has open and the rows of her summary, as opening.sql's `open_now`
 * and summary.sql's `all` do. 0, or -1: ask MariaDB. Only for a holder whose patient the
 * copy was found current of in this unit of work (`copied`).
 */
int copy_read(struct arena *, const struct holder *, utc_ms now, struct opening *,
    struct item_rows *);

/*
 * What the program does when it is started with --shut-out FILE [DEVICE] instead of to
 * serve: lists whose sessions the copy of the settings in FILE holds, or shuts a device
 * out of it, and of MariaDB as soon as that is back. The exit status.
 */
int copy_shut_out(int argc, char **argv);

extern const struct setting copy_settings[];
extern const struct away copy_away;

#endif
