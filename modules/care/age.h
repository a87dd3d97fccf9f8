/*
 * Ages, months and intervals as Japanese law counts them.
 *
 * The law on the calculation of age (年齢計算ニ関スル法律, 1902) counts the
 * day of birth, so an age is attained at the end of the day before the
 * birthday: whoever is born on 1 April is six, by law, on 31 March. People
 * and screens speak of the birthday instead. Each has its own function here:
 * use age_on for what is shown, legal_age_on and age_attained_on for rights
 * (insured from 65, windows of vaccination).
 *
 * Born on 29 February: the age is attained on 28 February every year (that
 * law with Civil Code art. 143(2): where the day is missing the term ends
 * with the month). The shown age changes on the day after the attaining, so
 * on 29 February in leap years and on 1 March in others.
 *
 * Results are held to the calendar's years 1 to 9999.
 */
#ifndef AGE_H
#define AGE_H

#include "instant.h"

enum { AGE_UNBORN = -1 };

/* The day at whose end a person has lived `years` full years, by law. */
civil_date age_attained_on(civil_date birth, int years);

/* Full years as shown to people, from the birthday on; or AGE_UNBORN. */
int age_on(civil_date birth, civil_date day);

/*
 * Full years by law: greater by one than age_on on the day before the
 * birthday, the same on all others. AGE_UNBORN before the day of birth.
 */
int legal_age_on(civil_date birth, civil_date day);

/*
 * The same day of the month, `months` later (earlier if negative). Where that
 * month has no such day it is the 1st of the month after (rule of the
 * vaccination handbooks: 同日がない場合はその翌月の1日), never the month's end:
 * 31 January and one month is 1 March.
 */
civil_date add_months(civil_date, int months);

/*
 * The first day allowed after `previous` where a notice asks for an interval
 * of `full_days_between` days or more (N日以上の間隔をおいて): the days
 * between the two are counted, not the two, so it is previous + N + 1.
 */
civil_date earliest_after(civil_date previous, int full_days_between);

#endif
