/*
 * What is asked of every patient: the sections of facts, and the fields of the
 * care summary. Each has three states: nobody has asked (no row), asked and
 * there is none, present. The newest row of care_field counts.
 */
#ifndef FIELD_H
#define FIELD_H

struct req;

struct field {
	const char *name;	/* care_field.field, and its key in JSON */
	const char *label;	/* Japanese */
	int section;		/* 1: facts of its own, no value */
	unsigned right;		/* who may write: care/profession.h */
	const char *none;	/* Japanese, what "none" means here */
	const char *hint;	/* Japanese, what to write; NULL for a section */
};

/* Ends with a NULL name; the order of the screen. */
extern const struct field fields[];

/* The field of that name, or NULL. */
const struct field *field_find(const char *name);

/*
 * Notes a state of a field as the viewer found it now, in place of the row
 * `replaces` (internal key, 0 for none). Somebody else in between is a 409.
 */
void field_note(struct req *r, const struct field *, const char *state,
    const char *value, int64_t replaces);

/*
 * A fact was added to a section, or its last one ended: what somebody said of
 * the section as a whole ("none", "still right") stands no longer. Adding one
 * fact confirms no other.
 */
void field_follow(struct req *r, const struct field *, int present);

#endif
