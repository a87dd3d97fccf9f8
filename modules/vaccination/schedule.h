/*
 * The schedule: vaccines, their products, intervals, programmes (who is to get
 * one, in which window) and adverse events with the window in which they are to
 * be reported. An XML file of the town's own, checked against an XSD with
 * libxml2 and read once; const after, so threads share it.
 *
 * Every rule has its source and the days on which it holds. What each attribute
 * means stands in conf/vaccination-schedule.xml.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "instant.h"

#include <stddef.h>

struct arena;

enum { COHORT_AGES = 12, NO_AGE = -1 };

/* First and last day on which something holds. */
struct validity { civil_date since, until; };

struct product {
	const char *code, *name, *maker;
	const char *standard_code;	/* CVX where identical, else JP-… */
	int live;			/* live and injected */
	int dose_ml;			/* hundredths of a millilitre */
	const char *routes;		/* "im", "sc", "im sc" */
	int doses;			/* that complete it; 0: each season one */
	struct validity when;
};

struct interval {
	const char *product, *after;	/* of this dose, of the one before; NULL: any */
	int dose;			/* of this one; 0: any after the first */
	int days, standard_days;	/* full days between; -1: none */
	int months, standard_months;	/* 0: none */
	struct validity when;
	const char *source;
};

struct programme {
	const char *code, *name;
	const char *product;		/* only this one; NULL: any */
	int from_age, until_age;	/* legal ages; until is exclusive; NO_AGE */
	int condition_age;		/* from this age with the disability that the
					 * law names; NO_AGE: nobody */
	int cohort[COHORT_AGES];	/* legal ages attained in the fiscal year */
	size_t cohorts;
	int cohort_over;		/* or this and above; NO_AGE */
	struct civil season_from, season_until;	/* month 0: all year */
	struct validity when;
	const char *source;
};

struct adverse_rule {
	const char *code, *name, *name_en;
	int hours;			/* after the dose, to be reported */
	const char *source;
};

struct vaccine {
	const char *code, *name, *name_en;
	const struct product *product;
	const struct interval *interval;
	const struct programme *programme;
	const struct adverse_rule *adverse;
	size_t products, intervals, programmes, adverses;
};

struct schedule {
	const struct vaccine *vaccine;
	size_t vaccines;
	int live_days_between;		/* from a live injected one to another */
	struct arena *mem;		/* all of it */
};

/*
 * Reads and checks the file. NULL with one line of reason in `why`: the schema's
 * complaint with its line, or a product that no vaccine has. Lives as long as the program.
 */
const struct schedule *schedule_read(const char *file, const char *schema,
    char *why, size_t why_bytes);

/* NULL if there is none; code may be NULL. */
const struct vaccine *schedule_vaccine(const struct schedule *, const char *code);
const struct product *schedule_product(const struct schedule *, const char *code,
    const struct vaccine **of);
const struct programme *schedule_programme(const struct schedule *,
    const char *code, const struct vaccine **of);
const struct adverse_rule *schedule_adverse(const struct vaccine *, const char *code);

/* 1 if something holds on that day. */
int holds_on(struct validity, civil_date);

#endif
