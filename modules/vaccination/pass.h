/* What is due for whom, kept as rows: by a pass each night, and at each dose. */
#ifndef PASS_H
#define PASS_H

#include "vaccination.h"

/*
 * struct module.tidy: goes on with the pass of this Japanese day, PASS_PEOPLE people at
 * a time, some such chunks a call, and begins it when there is none yet. Each call is a transaction that says how far
 * it came, so a program that ends goes on there, and of several one works at a time.
 * Returns 1 while there is more.
 */
enum { PASS_PEOPLE = 4000 };
int pass_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

/* The rows of the path's patient anew: a dose was written, changed or struck. */
void pass_refresh(struct req *);

/* The same of a resident who is in no path. */
void pass_refresh_of(struct req *, int64_t patient, civil_date birth);

handler due_office;	/* GET /vaccination/due */
handler due_town;	/* GET /vaccination/desk/due */

#endif
