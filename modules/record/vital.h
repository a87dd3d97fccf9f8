/*
 * Vital signs: which there are, their units and what can be true of a living
 * person at all. Values are whole numbers: temperature and weight in tenths,
 * all others in their unit.
 */
#ifndef VITAL_H
#define VITAL_H

#include "module.h"

/* The order of record.sql's joined text, of the columns and of the screen. */
enum vital {
	TEMPERATURE, SYSTOLIC, DIASTOLIC, PULSE, SPO2, RESPIRATION, WEIGHT,
	GLUCOSE, VITALS
};

struct vital_sign {
	const char *name;	/* column and key */
	const char *label;	/* Japanese */
	const char *unit;
	const char *loinc;	/* FHIR vital-signs profile */
	int tenths;		/* shown with one decimal */
	int least, most;	/* refused outside: a slip of the finger */
};

extern const struct vital_sign vital_signs[VITALS];

/* The sign of that name; -1 if there is none. */
int vital_find(const char *name);

/*
 * Reads "36.8", "36,8", "３６．８" or "72" into units. 0; -1 if it is no such
 * number; -2 outside of what a living person has.
 */
int vital_parse(const struct vital_sign *, const char *text, int *out);

/* "36.8" or "72", in the arena. */
const char *vital_text(struct arena *, const struct vital_sign *, int value);

/*
 * Puts `values` from the joined text "368,128,,72,…" (empty: not measured), each
 * with name, label, unit, value and whether it is outside; `outside` has bit
 * 1 << vital for those that were.
 */
void put_vital_values(struct req *r, struct model *, const char *joined,
    int64_t outside);

#endif
