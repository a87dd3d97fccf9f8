/*
 * The text of a medication notebook's codes (お薬手帳の二次元コード), as JAHIS's
 * data format for electronic medication notebooks (電子版お薬手帳データ
 * フォーマット) has it: lines of values between commas, the first of which is
 * the record's number; the first line is JAHISTC01 to JAHISTC99.
 *
 * What fits no single code is split over several; each has the version line
 * and, at its end, a record 911 with an id, how many parts there are and which
 * one this is. They may come in any order, and twice.
 *
 * Read: 1 the patient, 5 the day of dispensing, 11 the pharmacy, 51 the prescribing
 * institution, 201 a medicine, 301 its use, 281 and 311 what is added to either.
 * Other records are known and passed over; unknown ones are counted.
 */
#ifndef JAHIS_H
#define JAHIS_H

#include "instant.h"

#include <stddef.h>

struct arena;

enum {
	JAHIS_PARTS = 30,	/* of one list */
	JAHIS_MEDICINES = 200
};

struct jahis_medicine {
	const char *name;
	const char *dose;	/* "1錠", or NULL */
	const char *dosage;	/* "分3 毎食後服用", without for how long; NULL */
	const char *prescriber;	/* institution, or NULL */
	const char *code, *code_kind;	/* receipt mhlw yj hot; NULL: none */
	int has_day;
	civil_date dispensed_on;
	int blood_thinner;	/* by code or name: jahis_thins_blood */
};

enum jahis_fault {
	JAHIS_OK,
	JAHIS_NOT_ONE,		/* no version line anywhere */
	JAHIS_MIXED,		/* parts of different lists */
	JAHIS_MISSING,		/* parts are missing: `missing` says which */
	JAHIS_NOTHING,		/* no medicine in it */
	JAHIS_TOO_MANY
};

struct jahis {
	enum jahis_fault fault;
	int parts, missing;	/* how many in all; the first that is missing */
	const char *name;	/* of the patient, as it is written; NULL */
	int has_birth;
	civil_date birth;
	size_t n;
	struct jahis_medicine *medicine;
	int unknown;		/* records of numbers that nobody knows */
};

/*
 * Reads all codes of one list, pasted one behind the other (UTF-8, checked).
 * Values come in NFKC. Everything lives in the arena.
 */
struct jahis *jahis_read(struct arena *, const char *text);

/*
 * 1 for what keeps blood from clotting: the ministry's groups 333 (anticoagulants)
 * and, of 339, platelet inhibitors by name. `code` may be NULL. A name that it
 * does not know is no proof that the medicine is none.
 */
int jahis_thins_blood(const char *name, const char *code, const char *code_kind);

#endif
