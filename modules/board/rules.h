/*
 * The rules of the review boards as pure functions: no database, no request. In what
 * care levels and support levels differ stands in scheme.h. Sources: 介護保険法 27条-33条の3, 同施行令 5条-10条, 同施行規則 38条 41条
 * 52条 55条, 老発0930第6号 and 老発0323第1号 (simplified review), 平成11年厚生省令58号.
 * A town's own numbers are arguments. Minutes are tenths: 486 is 48.6.
 */
#ifndef RULES_H
#define RULES_H

#include "instant.h"
#include "scheme.h"

/*
 * Between 32 and 50 minutes the first stage cannot tell 要支援2 from 要介護1: whoever
 * finds 要介護1 there says why (a state image).
 */
int is_band(int tenths);
int wants_state_image(int tenths, enum level);

/*
 * Whether the first stage's level is what its minutes say: <25 25 32 50 70 90 110.
 * In the band both are right.
 */
int level_fits(int tenths, enum level);

/* Tenths up to the next heavier level; -1 of 要介護5, which has none. */
int tenths_left(int tenths);

/* ---- applications ---- */

enum kind { KIND_NONE = -1, KIND_NEW, KIND_CHANGE, KIND_RENEWAL };

/* Of a word; of NULL, too: KIND_NONE. */
enum kind kind_find(const char *word);

/*
 * Months for which a decision may hold. After the vote, for a changed level may change
 * the limit: of care levels 3-12 (6) of new ones and changes, 3-36 (12) of renewals, 3-48
 * where the level stays, and `cap` is the town's; of support levels 3-36 (36).
 */
struct validity validity_of(const struct scheme *, enum kind,
    enum level previous, enum level now, int cap);

/*
 * From the application, of support levels from the decision; of a renewal from the day
 * after the last expiry.
 */
civil_date validity_from(const struct scheme *, enum kind, civil_date applied,
    civil_date previous_to, civil_date decided);

/* The last day: whole months, and before them the rest of a month begun. */
civil_date validity_to(civil_date from, int months);

/* When a town is warned of the law's 30 days (27条11項). Days since the application. */
enum { WARN_DAYS = 20, ALARM_DAYS = 25 };

/*
 * "late" above 30 days, "alarm" from 25, "warn" from 20, else "calm"; "none" where the law
 * has no limit.
 */
const char *urgency(const struct scheme *, civil_date applied,
    civil_date today);

/* ---- simplified review (簡素化): all six must hold ---- */

enum {
	SIMPLE_FIRST_INSURED = 1, SIMPLE_RENEWAL = 2, SIMPLE_SAME_LEVEL = 4,
	SIMPLE_LONG_ENOUGH = 8, SIMPLE_STABLE = 16, SIMPLE_FAR_FROM_HEAVIER = 32,
	SIMPLE_ALL = 63
};

struct simple {
	int first_insured;		/* 第1号被保険者 */
	enum kind kind;
	enum level previous, first;
	int previous_months;
	int stable;			/* of 要支援2 and 要介護1 */
	int slight_too;			/* the town takes these at all */
	int tenths;
};

/* Which of the six hold. Others than SIMPLE_ALL are reviewed in full. */
unsigned simple_holds(const struct simple *);

/* ---- panels ---- */

enum { PANEL_STANDARD = 5, PANEL_LEAST = 3 };

/*
 * The size that a panel needs (介護保険法施行令9条3項, 障害者総合支援法施行令8条3項): five; fewer, never below three, where it has
 * renewals only, or members are very hard to find.
 */
int panel_least(int renewals_only, int hard_to_find);

/* A majority of the panel's members, with chair or acting chair among them. */
int has_quorum(int members, int present, int chair);

/* ---- what members think ---- */

/*
 * Whether all think alike, and as the first stage: then the sitting need not talk of
 * it. None: not alike. `levels` are of members who may vote.
 */
int all_agree(const enum level *levels, int n, enum level first);

enum manner { UNDECIDED, BY_AGREEMENT, BY_MAJORITY, BY_CHAIR };

/*
 * The vote of those who may: a level with more than half wins, with every vote it is an
 * agreement; of two levels with half each it is the chair's (可否同数). Else nothing is
 * decided: talk goes on. With one voter or none nothing is decided either.
 */
enum manner vote_of(const enum level *votes, int n, enum level chairs,
    enum level *won);

#endif
