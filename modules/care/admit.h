/* Admission, as care_hooks has it. See who.h for what each word asks. */
#ifndef ADMIT_H
#define ADMIT_H

#include "module.h"

/* struct hooks.admit */
int admit(struct req *, struct model *);

/*
 * The same with a statement of the module's own instead of care's, for a program that finds
 * beside the session what it wants of each request: one question less. `find` returns the
 * session's row or NULL, and what else it found in `own`, which is the viewer's `own` then.
 * Its statement asks of the session all that admit.sql's `session` asks. Not for TEAM or DEVICE.
 */
struct session;		/* admit.sql */
typedef const struct session *admit_finder(struct req *, struct db_bytes token,
    struct db_bytes certificate, void **own);
int admit_by(struct req *, admit_finder *find);

/*
 * struct hooks.touch: when the session was last seen, once a minute at most, and whose
 * page it has opened, when that is another's than before.
 */
void admit_seen(struct req *);

#endif
