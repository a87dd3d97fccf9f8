/*
 * A line of a list of consents, as the town's own system gives it: CSV with a line of
 * headings (table.h), in any order, others passed over.
 *
 *   被保険者番号 生年月日 目的 同意日 署名者 続柄 説明者     must be there and filled
 *   保険者番号 様式 理由 有効期限 町の担当者 範囲            may be
 *
 * 目的 is a purpose in Japanese words (チームでの共有, 救急 …) or its identifier; 様式 書面
 * (without it), 口頭 or 条例; 続柄 本人 is the patient herself, anybody else needs 理由, why
 * not she; 町の担当者 可: officers and volunteers of the team may read too. Dates as
 * wareki_parse reads them.
 */
#ifndef IMPORT_LINE_H
#define IMPORT_LINE_H

#include "db.h"
#include "instant.h"
#include "table.h"

enum import_column {
	IMPORT_INSURED, IMPORT_INSURER, IMPORT_BIRTH, IMPORT_PURPOSE, IMPORT_FORM,
	IMPORT_GIVEN, IMPORT_SIGNER, IMPORT_RELATION, IMPORT_REASON,
	IMPORT_EXPLAINER, IMPORT_UNTIL, IMPORT_OFFICER, IMPORT_SCOPE,
	IMPORT_COLUMNS
};

/* Which column of a table each is; -1: none. */
struct import_head {
	int at[IMPORT_COLUMNS];
};

struct import_line {
	const char *insured_number, *insurer_number;	/* the latter NULL: not said */
	civil_date birth_date, given_on;
	struct db_maybe valid_until;
	const char *purpose, *form;		/* as care_consent has them */
	const char *signer, *relation;
	const char *reason, *scope;		/* NULL: none */
	const char *explainer;
	int officer;
};

/* NULL, or the heading that is missing. */
const char *import_head(const struct table *, struct import_head *);

/*
 * Reads row n (from 0), as of `today`. NULL, or what is wrong with it, for people.
 * Texts are the table's.
 */
const char *import_line(const struct table *, const struct import_head *, size_t n,
    civil_date today, struct import_line *);

/* The headings that must be there, or those that may, joined by 、. */
const char *import_headings(struct arena *, int needed);

/* Whether both say the same of the same person. */
int import_line_same(const struct import_line *, const struct import_line *);

#endif
