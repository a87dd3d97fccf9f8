/*
 * When a dose is due, by the schedule, whoever's dates they are. Pure functions:
 * a birth date, the doses so far, a day.
 *
 * Intervals count as X1-X3 of the rules say (care/age.h): full days in between, months that
 * hold the day, ages attained on the day before the birthday. No day of grace.
 */
#ifndef DUE_H
#define DUE_H

#include "schedule.h"

struct dose {
	const char *vaccine, *product;	/* codes; a product that the schedule does
					 * not know is of its vaccine nevertheless */
	civil_date on;
	int elsewhere;			/* given elsewhere, only reported here */
	int anaphylaxis;		/* followed it, as the record says */
};

/* Doses so far, oldest first. */
struct history { const struct dose *dose; size_t n; };

struct due {
	enum { DUE_NEVER, DUE_DONE, DUE_LATER, DUE_NOW, DUE_OVERDUE } state;
	const struct programme *programme;	/* NULL with DUE_NEVER */
	int dose_number;			/* of the vaccine, from 1 */
	civil_date due_on;			/* first day on which it may be given */
	civil_date standard_on;			/* the day that is advised */
	civil_date overdue_on;			/* first day that is too late */
};

/*
 * The next dose of a vaccine for whom it is a programme (定期接種). DUE_NEVER: not hers
 * by her age; DUE_DONE: she has all of them. Of several windows that
 * follow each other the first that is not over counts; one that closed more than a year
 * ago is none any more.
 */
void due_next(const struct schedule *, const struct vaccine *, civil_date birth,
    const struct history *, civil_date today, struct due *out);

/*
 * The first day on which this product may follow what was given, and in *standard
 * the one advised; rules count that hold on `today`. Before any dose:
 * `today` itself.
 */
civil_date due_earliest(const struct schedule *, const struct product *,
    const struct history *, civil_date today, civil_date *standard);

/*
 * Whether on that day the programme is hers: its validity, season, age. `condition`:
 * she has the disability that the law names for those of 60 to 64.
 */
enum window { WINDOW_OPEN, WINDOW_AGE, WINDOW_SEASON, WINDOW_OVER };
enum window due_window(const struct programme *, civil_date birth, int condition,
    civil_date day);

/* What is due for her of one vaccine, as a list keeps it. */
struct due_row {
	const char *vaccine, *programme;	/* codes */
	int dose_number;
	civil_date due_on, last_on;
};

enum {
	DUE_ROWS = 12,		/* vaccines of a schedule that are kept */
	DUE_OVERDUE_DAYS = 365,	/* then a window that closed is none any more */
	DUE_SOON_DAYS = 100	/* so far ahead a list is kept */
};

/* A row a vaccine that is due, overdue or so soon; how many. */
size_t due_rows(const struct schedule *, civil_date birth, const struct history *,
    civil_date today, struct due_row out[DUE_ROWS]);

/*
 * Whether she is of those whom a programme of this vaccine is for, in the season that is or
 * was last, or today where it has none; and whether she has had it, of whom the last dose.
 */
enum covered { COVERED_NOT_HERS, COVERED_NOT, COVERED, COVERED_ELSEWHERE };
enum covered due_covered(const struct schedule *, const struct vaccine *,
    civil_date birth, const struct history *, civil_date today);

/* How many doses of a vaccine there were. */
int due_count(const struct history *, const char *vaccine);

/* 1 when she has had all that the programme gives, seen from `day`. */
int due_complete(const struct schedule *, const struct vaccine *,
    const struct programme *, const struct history *, civil_date day);

#endif
