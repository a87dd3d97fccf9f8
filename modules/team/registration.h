/* Who somebody is, as it is typed: read, and looked for among those who are here. */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include "module.h"
#include "registration_sql.h"

enum { FOLDED_BYTES = 512 };

/* What was typed, as it is stored and compared. */
struct person {
	civil_date birth;
	const char *insurer, *insured;	/* NULL: none given */
	const char *stood_insurer, *stood_insured; /* hers already: typed again
						    * they are taken as they are */
	char kana[FOLDED_BYTES], family[FOLDED_BYTES], given[FOLDED_BYTES];
};

/* Reads the inputs of a person. 0, or the status after refusing one. */
int registration_read(struct req *, struct person *);

/*
 * Whoever in the viewer's network may be the same, but for `self` (0: nobody); names
 * them in the audit. Returns how many.
 */
size_t registration_doubles(struct req *, const struct person *, int64_t self,
    struct alike_rows *);

/* Puts the inputs as they were typed, for a form that sends them again. */
void registration_put_typed(struct req *, struct model *);

/* A text input, or NULL where it is empty. */
const char *registration_text(struct req *, const char *name);

#endif
