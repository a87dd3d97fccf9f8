/* How many of those whom a programme is for have had it, by the town's areas and by age. */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "vaccination.h"

enum {
	COVERAGE_AGES = 7,	/* groups of five years from 60; the last has no end */
	COVERAGE_AGE_FROM = 60,
	COVERAGE_AREAS = 100	/* of a town */
};

/* ---- counted by the pass, chunk by chunk ---- */

struct coverage;

/* Begins a chunk of the pass of this day, in this arena. */
struct coverage *coverage_begin(struct db *, struct arena *, civil_date day);

/* One resident; address may be NULL. */
void coverage_count(struct coverage *, int64_t network, const char *address,
    civil_date birth, const struct history *);

/* Adds what the chunk counted to the day's numbers. */
void coverage_write(struct coverage *, struct db *);

/* The day's pass begins anew; it is over, and older numbers go. */
void coverage_forget(struct db *, civil_date day);
void coverage_finish(struct db *, civil_date day);

/* ---- read by the desk ---- */

handler coverage_show;		/* GET  /vaccination/desk/coverage */
handler coverage_table;		/* GET  /vaccination/desk/coverage/table */
handler areas_change;		/* POST /vaccination/desk/areas */

#endif
