#include "when.h"

#include "item.h"

#include <ctype.h>

enum { TIME_BYTES = 160 };		/* longer than any time; no more is read */

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

/* The name of a zone; 0 when none that we know stands there. */
static int
zone_name(const char **p, int *minutes)
{
	size_t n = 0;

	while (isalpha((unsigned char)(*p)[n]))
		n++;
	for (size_t i = 0; n > 0 && i < sizeof zones / sizeof *zones; i++)
		if (strlen(zones[i].name) == n &&
		    strncasecmp(*p, zones[i].name, n) == 0) {
			*minutes = zones[i].minutes;
			*p += n;
			return 1;
		}
	return 0;
}

/*
 * The zone between a time and its end, or a year: "JST", "+09:00", "GMT+9",
 * "+0900 (JST)", "+0900 JST", or none. 0 when it is one that we do not know: a
 * time that is hours off looks as good as a right one.
 */
static int
zone(const char **p, int *minutes)
{
	int named = 0, known;
	const char *end;

	*p = blanks(*p);
	known = zone_name(p, &named);
	*p = blanks(*p);
	if (**p == '+' || **p == '-') {
		if (!offset(p, minutes) || (named != 0 && named != *minutes))
			return 0;	/* as JST-9 of the shell's TZ */
		*p = blanks(*p);
		if (zone_name(p, &named) && named != *minutes)
			return 0;
		*p = blanks(*p);
		known = 1;
	} else if (known)
		*minutes = named;
	if (**p == '(') {
		end = strchr(*p, ')');
		(*p)++;
		if (end == NULL || (!known && (!zone_name(p, minutes) ||
		    blanks(*p) != end)))
			return 0;
		*p = blanks(end + 1);
	}
	return 1;
}

/* AM or PM, also A.M.; 'a', 'p', or 0. */
static char
half_day(const char **p)
{
	const char *at = blanks(*p);
	char half = (char)tolower((unsigned char)*at);

	if (half != 'a' && half != 'p')
		return 0;
	at += at[1] == '.' ? 2 : 1;
	if (tolower((unsigned char)*at) != 'm')
		return 0;
	at += at[1] == '.' ? 2 : 1;
	if (isalpha((unsigned char)*at))
		return 0;
	*p = at;
	return half;
}

/* One or two digits; -1 if there is none. */
static int
short_number(const char **p)
{
	int v = digits(p, 2);

	return v == -1 ? digits(p, 1) : v;
}

/* h:m[:s[.fraction]] or hhmm[ss]. */
static int
digits_of_clock(const char **p, struct parts *t)
{
	int colon;

	t->hour = short_number(p);
	colon = **p == ':';
	*p += colon;
	t->minute = colon ? short_number(p) : digits(p, 2);
	if (t->hour < 0 || t->minute < 0)
		return 0;
	if ((colon && **p == ':') || (!colon && isdigit((unsigned char)**p))) {
		*p += colon;
		t->second = colon ? short_number(p) : digits(p, 2);
	}
	if (t->second >= 0 && (**p == '.' || **p == ','))
		for ((*p)++; isdigit((unsigned char)**p);)
			(*p)++;
	return t->second >= 0;
}

/* A clock of 24 hours, or of 12 with AM or PM on either side of it. */
static int
clock_of(const char **p, struct parts *t)
{
	char half = half_day(p);

	*p = half ? blanks(*p) : *p;
	if (!digits_of_clock(p, t))
		return 0;
	if (!half)
		half = half_day(p);
	if (half && t->hour > 12)
		return 0;
	if (half)
		t->hour = t->hour % 12 + (half == 'p' ? 12 : 0);
	return 1;
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

/* Month and day after a year: with - / or . before each, or without. */
static int
iso_day(const char **p, struct parts *t)
{
	char mark = strchr("-/.", **p) == NULL ? '\0' : **p;

	if (mark == '\0' && !isdigit((unsigned char)**p))
		return 1;
	*p += mark != '\0';
	t->month = mark == '\0' ? digits(p, 2) : short_number(p);
	if (t->month < 0)
		return 0;
	if (**p != mark && (mark != '\0' || !isdigit((unsigned char)**p)))
		return 1;
	if (**p == '\0')
		return 1;
	*p += mark != '\0';
	t->day = mark == '\0' ? digits(p, 2) : short_number(p);
	return t->day > 0;
}

static utc_ms
iso(const char *p, int zone_min)
{
	struct parts t = { .month = 1, .zone = zone_min };
	int has_day, has_clock;

	t.year = digits(&p, 4);
	if (t.year < 1 || !iso_day(&p, &t))
		return ITEM_NO_TIME;
	has_day = t.day > 0;
	if (!has_day)
		t.day = 1;
	has_clock = *p == 'T' || *p == 't';
	p = blanks(p + has_clock);
	has_clock |= *p != '\0' && strchr("0123456789AaPp", *p) != NULL;
	if (has_clock && (!has_day || !clock_of(&p, &t)))
		return ITEM_NO_TIME;
	return zone(&p, &t.zone) && *p == '\0' ? instant(&t) : ITEM_NO_TIME;
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

/* Of two digits or four; three or one would be anybody's guess. */
static int
year_of(const char **p, struct parts *t)
{
	int count;

	t->year = number(p, &count);
	if (count == 2)
		t->year += t->year < 70 ? 2000 : 1900;
	return count == 2 || count == 4;
}

/*
 * "28 May 2026", "28-May-26", "May 28 2026", or May 28 with the year last; behind a
 * day of the week, as Java writes it in Japan, also "28 5 2026".
 */
static int
day_and_month(const char **p, struct parts *t, int has_weekday, int *year_last)
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
	t->month = count == 0 ? 0 : month(p);
	if (t->month == 0 && has_weekday)
		t->month = number(p, &count);
	*p = blanks(*p);
	*p += **p == '-';
	return count > 0 && t->month > 0;
}

static utc_ms
rfc822(const char *p, int has_weekday, int zone_min)
{
	struct parts t = { .zone = zone_min };
	int year_last = 0;
	const char *word = p;

	if (isalpha((unsigned char)*p) && month(&word) == 0) {
		while (isalpha((unsigned char)*p) || *p == '.')
			p++;		/* the day of the week */
		p = blanks(p);
		has_weekday = 1;
	}
	if (!day_and_month(&p, &t, has_weekday, &year_last))
		return ITEM_NO_TIME;
	p = blanks(p);
	if (year_last && isdigit((unsigned char)p[0]) &&
	    (p[1] == ':' || p[2] == ':')) {
		/* asctime, and date(1) with a zone before the year */
		if (!clock_of(&p, &t) || !zone(&p, &t.zone) || !year_of(&p, &t))
			return ITEM_NO_TIME;
		return *blanks(p) == '\0' ? instant(&t) : ITEM_NO_TIME;
	}
	if (!year_of(&p, &t))
		return ITEM_NO_TIME;
	p = blanks(p);
	if (isdigit((unsigned char)*p) && !clock_of(&p, &t))
		return ITEM_NO_TIME;
	return zone(&p, &t.zone) && *p == '\0' ? instant(&t) : ITEM_NO_TIME;
}

/* (金) and 金曜日, in any brackets: how long it is; 0: there is none. */
static size_t
weekday(const char *p)
{
	static const char days[] = "月火水木金土日", wide[] = "（", day[] = "曜日";
	size_t open = *p == '(' ? 1 :
	    strncmp(p, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;
	size_t n = open, i = 0;

	while (days[i] != '\0' && strncmp(p + n, days + i, 3) != 0)
		i += 3;
	if (days[i] == '\0')
		return 0;
	n += 3;
	if (strncmp(p + n, day, sizeof day - 1) == 0)
		n += sizeof day - 1;
	else if (open == 0)
		return 0;
	if (open == 0)
		return n;
	return p[n] == ')' ? n + 1 :
	    strncmp(p + n, "）", sizeof wide - 1) == 0 ? n + sizeof wide - 1 : 0;
}

/* "日, 22 11 2026": its bytes, or 0. */
static size_t
lone_weekday(const char *p)
{
	static const char days[] = "月火水木金土日";

	for (size_t i = 0; days[i] != '\0'; i += 3)
		if (strncmp(p, days + i, 3) == 0 &&
		    (p[3] == ',' || p[3] == ' '))
			return 3;
	return 0;
}

static int
begins_number(const char *p)
{
	return isdigit((unsigned char)*p) || (strncmp(p, "０", 2) == 0 &&
	    (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x99);
}

/*
 * One character of Japan's as the rest reads it, or one byte as it is. Returns
 * how many bytes were taken.
 */
static size_t
plain_of(const char *p, char to[6])
{
	static const struct { const char *from, *to, *at_end; } plain[] = {
		{ "年", "-", "-" }, { "月", "-", "-" }, { "日", " ", " " },
		{ "時", ":", ":00" }, { "分", ":", " " }, { "秒", " ", " " },
		{ "午前", " AM ", " AM " }, { "午後", " PM ", " PM " },
		{ "：", ":", ":" }, { "／", "/", "/" }, { "（", "(", "(" },
		{ "）", ")", ")" }, { "　", " ", " " },
	};
	size_t n;

	to[0] = *p;
	to[1] = '\0';
	if ((unsigned char)*p < 0x80 && *p != '(')
		return 1;		/* as nearly all are */
	n = weekday(p);
	if (n > 0) {
		to[0] = ' ';
		return n;
	}
	if (begins_number(p) && !isdigit((unsigned char)*p)) {
		to[0] = (char)('0' + ((unsigned char)p[2] - 0x90));
		return 3;
	}
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		n = strlen(plain[i].from);
		if (strncmp(p, plain[i].from, n) != 0)
			continue;
		while (p[n] == ' ')
			n++;
		(void)snprintf(to, 6, "%s", begins_number(p + n) ?
		    plain[i].to : plain[i].at_end);
		return n;
	}
	return 1;
}

/* 令和８年 as its year of our era, 2026-; the bytes that it takes, or 0. */
static size_t
era_year(const char *p, char to[6])
{
	static const struct { const char *name; int before; } eras[] = {
		{ "令和", 2018 }, { "平成", 1988 },
	};
	static const char first[] = "元", year[] = "年";
	size_t n = 0, i = 0;
	int v = 0;

	while (i < 2 && strncmp(p, eras[i].name, strlen(eras[i].name)) != 0)
		i++;
	if (i == 2)
		return 0;
	n = strlen(eras[i].name);
	if (strncmp(p + n, first, sizeof first - 1) == 0) {
		v = 1;
		n += sizeof first - 1;
	}
	for (int k = 0; k < 2 && begins_number(p + n); k++) {
		int wide = !isdigit((unsigned char)p[n]);

		v = v * 10 + (wide ? (unsigned char)p[n + 2] - 0x90 :
		    p[n] - '0');
		n += wide ? 3 : 1;
	}
	if (v == 0 || strncmp(p + n, year, sizeof year - 1) != 0)
		return 0;
	(void)snprintf(to, 6, "%04d-", eras[i].before + v);
	return n + sizeof year - 1;
}

/* 2026年11月20日（金）午後３時５分 is 2026-11-20 PM 3:5. -1: too long for a time. */
static int
without_kanji(const char *p, char *out, size_t room)
{
	size_t n = 0;
	char to[6];

	while (*p != '\0') {
		size_t taken = era_year(p, to);

		p += taken > 0 ? taken : plain_of(p, to);
		if (n + strlen(to) >= room)
			return -1;
		n += (size_t)snprintf(out + n, room - n, "%s", to);
	}
	out[n] = '\0';
	return 0;
}

utc_ms
when_in(const char *text, int zone_min)
{
	char plain[TIME_BYTES];
	const char *p = plain;
	size_t day;

	if (text == NULL)
		return ITEM_NO_TIME;
	text = blanks(text);
	day = lone_weekday(text);
	if (without_kanji(blanks(text + day), plain, sizeof plain) == -1)
		return ITEM_NO_TIME;
	for (size_t i = 0; i < 4; i++)
		if (!isdigit((unsigned char)p[i]))
			return rfc822(p, day > 0, zone_min);
	return iso(p, zone_min);
}

utc_ms
when(const char *text)
{
	return when_in(text, 0);
}
