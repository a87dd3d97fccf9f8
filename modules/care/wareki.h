/*
 * Dates in Japanese eras (和暦), written and read.
 *
 * An era begins on the day of its accession or change: 大正 1912-07-30, 昭和
 * 1926-12-25, 平成 1989-01-08, 令和 2019-05-01 (元号を改める政令). 明治 is
 * known here from 1873-01-01, 明治6年, on: until then Japan kept a lunar
 * calendar (明治5年太政官布告第337号), whose months were other ones.
 */
#ifndef WAREKI_H
#define WAREKI_H

#include "instant.h"

enum {
	WAREKI_TEXT = 32,	/* bytes of any date of wareki_text(), with NUL */
	WAREKI_BOTH = 64	/* likewise, of wareki_both() */
};

/*
 * `昭和10年11月3日`, the first year as 元年. A day that two eras share has the
 * new one. Days before 1873 are written without an era, as `1872年11月3日`.
 * Returns buf.
 */
const char *wareki_text(civil_date, char buf[WAREKI_TEXT]);

/*
 * The year of both calendars and the day once, as forms have a birth date:
 * `1935年（昭和10年）3月3日`. Returns buf.
 */
const char *wareki_both(civil_date, char buf[WAREKI_BOTH]);

/*
 * Reads a date as people type it: `S10.3.3`, `s10/3/3`, `昭和10年3月3日`,
 * `昭10-3-3`, `S100303`, `1935-03-03`, `1935年3月3日`, `19350303`, all of it
 * full-width too. Without an era the year has four digits.
 *
 * An era's last and first calendar years count whole (平成元年1月3日 is taken
 * for 1989-01-03, 平成31年5月 for 2019-05), since forms printed earlier have
 * them; years after the last (昭和65年) are refused, as are days that do not
 * exist. Returns 0, or -1 leaving *out untouched.
 */
int wareki_parse(const char *text, civil_date *out);

#endif
