/* A decision before it is one: what was typed, counted and checked. */
#ifndef DECIDE_H
#define DECIDE_H

#include "opinions.h"
#include "session.h"

struct verdict {
	const char *outcome;
	enum level level;
	enum manner manner;
	int ayes, voters, months, item;
	civil_date from, to;
	const char *state_image, *reason, *board_opinion;
};

/* Stores it, and the application goes on. */
void verdict_write(struct req *r, const struct session *s,
    const struct heard *h, const struct run *f, const struct verdict *v,
    const struct ref *ref);

/* First and last day of so many months, for what was applied for. */
void verdict_dates(struct req *r, const struct scheme *c, struct verdict *v,
    const struct heard *h);

/* "agreement", "majority", "chair"; NULL of none. */
const char *manner_word(enum manner);

#endif
