/*
 * Who belongs into the register, by what a town has decided: a table of thresholds,
 * each of which is enough. What the mayor adds needs none.
 */
#ifndef CRITERIA_H
#define CRITERIA_H

enum criterion {
	CRITERION_CARE_LEVEL,		/* this level of care (1 to 5) or more */
	CRITERION_PHYSICAL,		/* this grade (1 to 6) or a graver one, which is less */
	CRITERION_INTELLECTUAL,		/* 1: A; 2: A and B */
	CRITERION_MENTAL,		/* this grade (1 to 3) or a graver one */
	CRITERION_INTRACTABLE,		/* 1: whoever has a designated intractable disease */
	CRITERION_POWER,		/* 1: whoever has equipment that needs power */
	CRITERION_ALONE,		/* lives alone and is so old, in years */
	CRITERIA
};

/* 0: not one of the town's. */
struct criteria {
	int threshold[CRITERIA];
};

/* What is known of a person; 0: does not apply. */
struct need {
	int has[CRITERIA];	/* grade or level; of ALONE the age */
	int mayor;
};

enum { REASONS_TEXT = 160 };	/* bytes of all reasons with their commas */

/* Name of a criterion, as the tables and inputs have it; the greatest threshold. */
const char *criterion_name(enum criterion);
int criterion_most(enum criterion);

/* CRITERIA if there is none such. */
enum criterion criterion_find(const char *name);

/* 3 of "care3"; 0 for anything that is no level of care. */
int care_level_number(const char *care_level);

/* The reasons that hold, joined by commas; "": she does not belong there. */
const char *criteria_reasons(const struct criteria *, const struct need *,
    char out[REASONS_TEXT]);

#endif
