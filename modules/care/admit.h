/* Admission, as care_hooks has it. See who.h for what each word asks. */
#ifndef ADMIT_H
#define ADMIT_H

#include "module.h"

/* struct hooks.admit */
int admit(struct req *, struct model *);

#endif
