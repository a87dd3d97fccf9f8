#include "when.h"

#include "item.h"

#include <ctype.h>

/* A time as read so far. */
struct parts {
	int year, month, day, hour, minute, second;
	int zone;			/* minutes east of UTC */
};

static const char *
blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == ',')
		p++;
	return p;
}

/* Exactly n digits; -1 if there are fewer. */
static int
digits(const char **p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*p)[i]))
			return -1;
		v = v * 10 + (*p)[i] - '0';
	}
	*p += n;
	return v;
}

/* As many digits as there are, at most 4. */
static int
number(const char **p, int *count)
{
	int v = 0;

	for (*count = 0; isdigit((unsigned char)**p) && *count < 4; (*count)++)
		v = v * 10 + *(*p)++ - '0';
	return v;
}

static const struct { const char *name; int minutes; } zones[] = {
	{ "UTC", 0 }, { "UT", 0 }, { "GMT", 0 }, { "Z", 0 }, { "JST", 540 },
	{ "EST", -300 }, { "EDT", -240 }, { "CST", -360 }, { "CDT", -300 },
	{ "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 },
	{ "AST", -240 }, { "ADT", -180 }, { "AKST", -540 }, { "AKDT", -480 },
	{ "HST", -600 }, { "BST", 60 }, { "CET", 60 }, { "CEST", 120 },
	{ "EET", 120 }, { "EEST", 180 }, { "MSK", 180 }, { "KST", 540 },
	{ "A", -60 }, { "N", 60 }, { "M", -720 }, { "Y", 720 },
};

/* +09:00, +0900, +9; 0 when it is none. */
static int
offset(const char **p, int *minutes)
{
	int sign = **p == '-' ? -1 : 1, hours, rest = 0, count;

	if (**p != '+' && **p != '-')
		return 0;
	(*p)++;
	hours = number(p, &count);
	if (count == 0)
		return 0;
	if (count > 2) {
		rest = hours % 100;
		hours /= 100;
	} else if (**p == ':') {
		(*p)++;
		rest = digits(p, 2);
	}
	if (rest < 0 || rest > 59 || hours > 15)
		return 0;
	*minutes = sign * (hours * 60 + rest);
	return 1;
}

/* A zone, if one is there. 0 when what follows is something else. */
static int
zone(const char *p, int *minutes)
{
	size_t n = 0;

	p = blanks(p);
	if (*p == '\0')
		return 1;
	while (isalpha((unsigned char)p[n]))
		n++;
	for (size_t i = 0; n > 0 && i < sizeof zones / sizeof *zones; i++)
		if (strlen(zones[i].name) == n &&
		    strncasecmp(p, zones[i].name, n) == 0)
			*minutes = zones[i].minutes;
	p = blanks(p + n);
	if ((*p == '+' || *p == '-') && !offset(&p, minutes))
		return 0;
	p = blanks(p);
	return *p == '\0' || *p == '(' || isalpha((unsigned char)*p);
}

/* hh:mm[:ss[.fraction]] or hhmm[ss]. */
static int
clock_of(const char **p, struct parts *t)
{
	int colon;

	t->hour = digits(p, 2);
	if (t->hour < 0)
		t->hour = digits(p, 1);
	colon = **p == ':';
	*p += colon;
	t->minute = digits(p, 2);
	if (t->hour < 0 || t->minute < 0)
		return 0;
	if ((colon && **p == ':') || (!colon && isdigit((unsigned char)**p))) {
		*p += colon;
		t->second = digits(p, 2);
	}
	if (t->second >= 0 && (**p == '.' || **p == ','))
		for ((*p)++; isdigit((unsigned char)**p);)
			(*p)++;
	return t->second >= 0;
}

static utc_ms
instant(const struct parts *t)
{
	struct civil c = { t->year, t->month, t->day };
	int bad;
	civil_date day = date_from_civil(c, &bad);

	if (bad || t->hour > 24 || t->minute > 59 || t->second > 60 ||
	    (t->hour == 24 && t->minute + t->second > 0))
		return ITEM_NO_TIME;
	return (utc_ms)day * DAY_MS + t->hour * HOUR_MS + t->minute * MINUTE_MS +
	    t->second * SECOND_MS - t->zone * MINUTE_MS;
}

/* Month and day after a year, with hyphens or without. */
static int
iso_day(const char **p, struct parts *t)
{
	int hyphen = **p == '-';

	if (!hyphen && !isdigit((unsigned char)**p))
		return 1;
	*p += hyphen;
	t->month = digits(p, 2);
	if (t->month < 0)
		return 0;
	if (**p != '-' && !isdigit((unsigned char)**p))
		return 1;
	*p += **p == '-';
	t->day = digits(p, 2);
	return t->day > 0;
}

static utc_ms
iso(const char *p, int zone_min)
{
	struct parts t = { .month = 1, .day = 1, .zone = zone_min };

	t.year = digits(&p, 4);
	if (t.year < 1 || !iso_day(&p, &t))
		return ITEM_NO_TIME;
	if (*p == 'T' || *p == 't' || (*p == ' ' && isdigit((unsigned char)p[1]))) {
		p++;
		if (!clock_of(&p, &t))
			return ITEM_NO_TIME;
	}
	return zone(p, &t.zone) ? instant(&t) : ITEM_NO_TIME;
}

/* 1 to 12 by the first three letters, however long the name is. */
static int
month(const char **p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++) {
		if (strncasecmp(*p, names + 3 * i, 3) != 0)
			continue;
		while (isalpha((unsigned char)**p) || **p == '.')
			(*p)++;
		return i + 1;
	}
	return 0;
}

static int
full_year(int year, int count)
{
	if (count > 2)
		return year;
	return year < 70 ? 2000 + year : 1900 + year;
}

/* "28 May 2026", "28-May-26", "May 28 2026", or May 28 with the year last. */
static int
day_and_month(const char **p, struct parts *t, int *year_last)
{
	int count;

	t->month = month(p);
	if (t->month > 0) {
		*p = blanks(*p);
		t->day = number(p, &count);
		*year_last = 1;
		return count > 0;
	}
	t->day = number(p, &count);
	*p = blanks(*p);
	*p += **p == '-';
	t->month = month(p);
	*p = blanks(*p);
	*p += **p == '-';
	return count > 0 && t->month > 0;
}

static utc_ms
rfc822(const char *p, int zone_min)
{
	struct parts t = { .zone = zone_min };
	int year_last = 0, count;
	const char *word = p;

	if (isalpha((unsigned char)*p) && month(&word) == 0) {
		while (isalpha((unsigned char)*p) || *p == '.')
			p++;		/* the day of the week */
		p = blanks(p);
	}
	if (!day_and_month(&p, &t, &year_last))
		return ITEM_NO_TIME;
	p = blanks(p);
	if (year_last && strchr(p, ':') != NULL && isdigit((unsigned char)p[0]) &&
	    (p[1] == ':' || p[2] == ':')) {
		if (!clock_of(&p, &t))
			return ITEM_NO_TIME;
		p = blanks(p);
		while (isalpha((unsigned char)*p) && month(&word) == 0)
			p++;		/* asctime with a zone */
		p = blanks(p);
		t.year = number(&p, &count);
		return instant(&t);
	}
	t.year = number(&p, &count);
	if (count < 2)
		return ITEM_NO_TIME;
	t.year = full_year(t.year, count);
	p = blanks(p);
	if (isdigit((unsigned char)*p) && !clock_of(&p, &t))
		return ITEM_NO_TIME;
	return zone(p, &t.zone) ? instant(&t) : ITEM_NO_TIME;
}

utc_ms
when_in(const char *text, int zone_min)
{
	if (text == NULL)
		return ITEM_NO_TIME;
	text = blanks(text);
	if (isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]) &&
	    isdigit((unsigned char)text[2]) && isdigit((unsigned char)text[3]))
		return iso(text, zone_min);
	return rfc822(text, zone_min);
}

utc_ms
when(const char *text)
{
	return when_in(text, 0);
}
