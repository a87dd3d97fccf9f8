#include "age.h"

enum {
	FIRST_YEAR = 1,
	LAST_YEAR = 9999,
	YEAR_MONTHS = 12,
	WELL_WITHIN = 1000000	/* days from 1970: near neither end */
};

static civil_date
first_day(void)
{
	return date_from_civil((struct civil){ FIRST_YEAR, 1, 1 }, NULL);
}

static civil_date
last_day(void)
{
	return date_from_civil((struct civil){ LAST_YEAR, 12, 31 }, NULL);
}

static civil_date
add_days(civil_date date, int64_t days)
{
	int64_t day = date + days;

	/* Asked some ten times a person by who looks at a million of them. */
	if (day > -WELL_WITHIN / 2 && day < WELL_WITHIN)
		return (civil_date)day;
	if (day < first_day())
		return first_day();
	return day > last_day() ? last_day() : (civil_date)day;
}

/* A day of a month that is counted from January of year 0. */
static civil_date
day_in(int64_t month_index, int day, int *ok)
{
	struct civil c = { (int)(month_index / YEAR_MONTHS),
	    (int)(month_index % YEAR_MONTHS) + 1, day };

	return date_from_civil(c, ok);
}

civil_date
add_months(civil_date date, int months)
{
	struct civil from = civil_from_date(date);
	int64_t to = (int64_t)from.year * YEAR_MONTHS + from.month - 1 + months;
	civil_date there;
	int ok;

	if (to < FIRST_YEAR * YEAR_MONTHS)
		return first_day();
	if (to >= (LAST_YEAR + 1) * YEAR_MONTHS)
		return last_day();
	there = day_in(to, from.day, &ok);
	/* December has all days, so the month after is in the same year. */
	return ok == 0 ? there : day_in(to + 1, 1, NULL);
}

/* The birthday in the year that somebody turns `years`. */
static civil_date
birthday(civil_date birth, int years)
{
	if (years > LAST_YEAR)
		years = LAST_YEAR;
	if (years < -LAST_YEAR)
		years = -LAST_YEAR;
	return add_months(birth, years * YEAR_MONTHS);
}

civil_date
age_attained_on(civil_date birth, int years)
{
	return add_days(birthday(birth, years), -1);
}

int
age_on(civil_date birth, civil_date day)
{
	int years;

	if (day < birth)
		return AGE_UNBORN;
	years = civil_from_date(day).year - civil_from_date(birth).year;
	return birthday(birth, years) > day ? years - 1 : years;
}

int
legal_age_on(civil_date birth, civil_date day)
{
	return day < birth ? AGE_UNBORN : age_on(birth, add_days(day, 1));
}

civil_date
earliest_after(civil_date previous, int full_days_between)
{
	return add_days(previous, (int64_t)full_days_between + 1);
}
