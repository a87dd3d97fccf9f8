/*
 * What a board certifies, and in what the rules of the two differ: care levels (要介護度, by a
 * 介護認定審査会, 介護保険法 14条-17条) and support levels (障害支援区分, by a 市町村審査会,
 * 障害者総合支援法 15条-21条, 同施行令 4条-9条, 同施行規則 and 市町村審査会委員マニュアル). The
 * database has the same numbers (db/board/0007-scheme.sql).
 */
#ifndef SCHEME_H
#define SCHEME_H

/*
 * What a board may find, lighter first within a scheme. CLASS1 is 区分1. Words as
 * everywhere; 非該当 is of both.
 */
enum level {
	LEVEL_NONE = -1, NOT_ELIGIBLE, SUPPORT1, SUPPORT2, CARE1, CARE2, CARE3,
	CARE4, CARE5, CLASS1, CLASS2, CLASS3, CLASS4, CLASS5, CLASS6, LEVELS
};

/* For the choices of an input. */
#define LEVEL_WORDS \
    "not_eligible|support1|support2|care1|care2|care3|care4|care5|" \
    "class1|class2|class3|class4|class5|class6"
#define SCHEME_WORDS "care_level|support_level"

/* Months: the least and most that are allowed, and what is usual. */
struct validity { int least, most, usual; };

struct scheme {
	const char *word;		/* "care_level" */
	const char *board;		/* as papers name it */
	enum level lightest, heaviest;	/* beside NOT_ELIGIBLE */
	const char *const *fields;	/* of members, all to be there; NULL at the end */
	const char *const *steps;	/* of a review, in order; NULL at the end */
	int rerun_step;			/* with which the first stage may be run again */
	int items;			/* of the survey */
	int timed;	/* its first stage has minutes: band, state image, short way */
	int limit_days;	/* from application to decision; 0: the law has none */
	int from_decision;		/* validity of what is new begins with it */
	int capped;			/* a town may have a lower limit of its own */
	struct validity fresh, renewed, unchanged;
};

enum { SCHEMES = 2 };

const struct scheme *scheme_at(int);	/* 0 to SCHEMES - 1 */

/* Of a word that the database or a choice has; any other ends the program. */
const struct scheme *scheme_find(const char *word);

/* Whether it is one of its levels. */
int scheme_has(const struct scheme *, enum level);

/* How many steps a review has. */
int scheme_steps(const struct scheme *);

const char *level_word(enum level);		/* "care1"; NULL: none such */
const char *level_name(enum level);	/* "要介護1", as papers say it; "" */

/* Of a word; of NULL, and with a scheme of what is not its: LEVEL_NONE. */
enum level level_find(const char *word);
enum level level_of(const struct scheme *, const char *word);

/* "21", as insurers write it (LIFE); of support levels "0" to "6". */
const char *level_code(const struct scheme *, enum level);

/* Of a code, or of the level's name. */
enum level level_of_code(const struct scheme *, const char *code);

/* A bit of a field; 0: of another scheme. */
unsigned field_bit(const struct scheme *, const char *field);
unsigned all_fields(const struct scheme *);

/* "保健" of "health": how papers name a field. */
const char *field_name(const char *field);

#endif
