#include "instant.h"

enum {
	FIRST_YEAR = 1,
	LAST_YEAR = 9999,
	FIRST_DAY = -719162,		/* 0001-01-01 */
	LAST_DAY = 2932896,		/* 9999-12-31 */
	ERA_DAYS = 146097,		/* 400 years */
	EPOCH_SHIFT = 719468,		/* days from 0000-03-01 to 1970-01-01 */
	FRACTION_DIGITS = 9
};

#define JAPAN_MS (9 * HOUR_MS)

/* Rounds towards the past, so that days before 1970 come out right. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
within(int64_t value, int64_t low, int64_t high)
{
	return value < low ? low : value > high ? high : value;
}

static utc_ms
read_clock(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now) != 0)
		abort();
	return (utc_ms)now.tv_sec * SECOND_MS + now.tv_nsec / 1000000;
}

utc_ms
instant_now(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
instant_monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static int
civil_exists(struct civil c)
{
	return c.year >= FIRST_YEAR && c.year <= LAST_YEAR &&
	    c.month >= 1 && c.month <= 12 &&
	    c.day >= 1 && c.day <= month_days(c.year, c.month);
}

/*
 * Years are counted from March, so that the leap day is a year's last. 153
 * days are the five months of 31, 30, 31, 30, 31 that repeat from March on.
 */
civil_date
date_from_civil(struct civil c, int *ok)
{
	int exists = civil_exists(c);
	int year, month, year_day;

	if (ok != NULL)
		*ok = exists ? 0 : -1;
	if (!exists)
		return 0;
	year = c.month > 2 ? c.year : c.year - 1;
	month = (c.month + 9) % 12;
	year_day = (153 * month + 2) / 5 + c.day - 1;
	return year * 365 + year / 4 - year / 100 + year / 400 + year_day -
	    EPOCH_SHIFT;
}

/* Days outside years 1 to 9999 count as the first or the last one. */
struct civil
civil_from_date(civil_date date)
{
	int day = (int)within(date, FIRST_DAY, LAST_DAY) + EPOCH_SHIFT;
	int era = day / ERA_DAYS, era_day = day % ERA_DAYS;
	int year = (era_day - era_day / 1460 + era_day / 36524 -
	    era_day / (ERA_DAYS - 1)) / 365;
	int year_day = era_day - (365 * year + year / 4 - year / 100);
	int month = (5 * year_day + 2) / 153;
	struct civil c;

	c.day = year_day - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = era * 400 + year + (c.month <= 2);
	return c;
}

civil_date
date_of(utc_ms instant)
{
	utc_ms t = within(instant, FIRST_DAY * DAY_MS,
	    (LAST_DAY + 1) * DAY_MS - 1);

	return (civil_date)within(floor_div(t + JAPAN_MS, DAY_MS), FIRST_DAY,
	    LAST_DAY);
}

int
minute_of_day(utc_ms instant)
{
	int64_t minute = floor_div(instant, MINUTE_MS);

	minute += JAPAN_MS / MINUTE_MS;
	return (int)(minute - floor_div(minute, 1440) * 1440);
}

utc_ms
instant_of(civil_date date)
{
	return (utc_ms)date * DAY_MS - JAPAN_MS;
}

int
weekday_of(civil_date date)
{
	int64_t from_sunday = (int64_t)date + 4;	/* day 0: Thursday */

	return (int)(from_sunday - floor_div(from_sunday, 7) * 7);
}

/* Reads exactly `n` digits and moves on; -1 if they are not all there. */
static int
take_digits(const char **at, int n, int *out)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return -1;
		value = value * 10 + (**at - '0');
	}
	*out = value;
	return 0;
}

/* Moves over one of the characters in `allowed`; returns it, or 0. */
static int
take_one(const char **at, const char *allowed)
{
	if (**at == '\0' || strchr(allowed, **at) == NULL)
		return 0;
	return *(*at)++;
}

static int
take_date(const char **at, civil_date *out)
{
	struct civil c;
	civil_date date;
	int ok;

	if (take_digits(at, 4, &c.year) != 0 || !take_one(at, "-") ||
	    take_digits(at, 2, &c.month) != 0 || !take_one(at, "-") ||
	    take_digits(at, 2, &c.day) != 0)
		return -1;
	date = date_from_civil(c, &ok);
	if (ok == 0)
		*out = date;
	return ok;
}

int
date_parse(const char *text, civil_date *out)
{
	civil_date date;

	if (take_date(&text, &date) != 0 || *text != '\0')
		return -1;
	*out = date;
	return 0;
}

/* `hh:mm`, in milliseconds; hours to 23. */
static int
take_hour_minute(const char **at, utc_ms *out)
{
	int hour, minute;

	if (take_digits(at, 2, &hour) != 0 || !take_one(at, ":") ||
	    take_digits(at, 2, &minute) != 0 || hour > 23 || minute > 59)
		return -1;
	*out = hour * HOUR_MS + minute * MINUTE_MS;
	return 0;
}

/* `ss` and a fraction if there is one, in milliseconds; seconds to 60. */
static int
take_seconds(const char **at, utc_ms *out)
{
	int second, digit, digits = 0, scale = 100, ms = 0;

	if (take_digits(at, 2, &second) != 0 || second > 60)
		return -1;
	if (take_one(at, ".")) {
		while (take_digits(at, 1, &digit) == 0) {
			ms += digit * scale;
			scale /= 10;
			digits++;
		}
		if (digits == 0 || digits > FRACTION_DIGITS)
			return -1;
	}
	*out = second * SECOND_MS + ms;
	return 0;
}

/* `Z` or `+hh:mm`, `-hh:mm`: what local time is ahead of UTC. */
static int
take_offset(const char **at, utc_ms *out)
{
	int sign;

	if (take_one(at, "Zz")) {
		*out = 0;
		return 0;
	}
	sign = take_one(at, "+-");
	if (sign == 0 || take_hour_minute(at, out) != 0)
		return -1;
	if (sign == '-')
		*out = -*out;
	return 0;
}

int
instant_parse(const char *text, utc_ms *out)
{
	civil_date date;
	utc_ms clock, seconds, offset, instant;

	if (take_date(&text, &date) != 0 || !take_one(&text, "Tt") ||
	    take_hour_minute(&text, &clock) != 0 || !take_one(&text, ":") ||
	    take_seconds(&text, &seconds) != 0 ||
	    take_offset(&text, &offset) != 0 || *text != '\0')
		return -1;
	instant = date * DAY_MS + clock + seconds - offset;
	if (instant < FIRST_DAY * DAY_MS || instant >= (LAST_DAY + 1) * DAY_MS)
		return -1;
	/* A leap second ends a day of UTC: what follows begins one. */
	if (seconds >= 60 * SECOND_MS &&
	    instant - floor_div(instant, DAY_MS) * DAY_MS >= SECOND_MS)
		return -1;
	*out = instant;
	return 0;
}

/* Writes `n` digits at `at`; returns where the next character goes. */
static char *
write_digits(char *at, int n, int value)
{
	for (int i = n - 1; i >= 0; i--, value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + n;
}

static char *
write_date(char *at, civil_date date)
{
	struct civil c = civil_from_date(date);

	at = write_digits(at, 4, c.year);
	*at++ = '-';
	at = write_digits(at, 2, c.month);
	*at++ = '-';
	return write_digits(at, 2, c.day);
}

const char *
date_iso(civil_date date, char buf[INSTANT_TEXT])
{
	*write_date(buf, date) = '\0';
	return buf;
}

/* Instants outside years 1 to 9999 come out as the first or the last one. */
const char *
instant_iso(utc_ms instant, char buf[INSTANT_TEXT])
{
	utc_ms t = within(instant, FIRST_DAY * DAY_MS,
	    (LAST_DAY + 1) * DAY_MS - 1);
	int64_t day = floor_div(t, DAY_MS);
	int ms = (int)(t - day * DAY_MS);
	char *at = write_date(buf, (civil_date)day);

	*at++ = 'T';
	at = write_digits(at, 2, ms / (int)HOUR_MS);
	*at++ = ':';
	at = write_digits(at, 2, ms / (int)MINUTE_MS % 60);
	*at++ = ':';
	at = write_digits(at, 2, ms / (int)SECOND_MS % 60);
	*at++ = '.';
	at = write_digits(at, 3, ms % 1000);
	*at++ = 'Z';
	*at = '\0';
	return buf;
}
