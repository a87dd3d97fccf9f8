/* Admission, as care_hooks has it. See who.h for what each word asks. */
#ifndef ADMIT_H
#define ADMIT_H

#include "module.h"

/* struct hooks.admit */
int admit(struct req *, struct model *);

/* struct hooks.touch: when the session was last seen, once a minute at most. */
void admit_seen(struct req *);

#endif
