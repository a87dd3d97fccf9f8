#include "hours.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 24 * 60, MORNING = 8 * 60, EVENING = 18 * 60, TEXT_BYTES = 256,
	EVERY_DAY = 0x7f, WORKDAYS = 0x3e, WEEKEND = 0x41 };

/* One stretch: weekdays as bits (0 Sunday), minutes [from, to); to < from: over midnight. */
struct stretch {
	int days, from, to;
	int read;		/* whether anything of it was understood */
};

static int
has(const char *text, const char *word)
{
	return strstr(text, word) != NULL;
}

/* The weekday that a kanji at p names, or -1. */
static int
weekday_at(const char *p)
{
	static const char names[] = "日月火水木金土";

	for (int i = 0; i < 7; i++)
		if (strncmp(p, names + 3 * i, 3) == 0)
			return i;
	return -1;
}

static int
is_range(const char *p)
{
	return strncmp(p, "〜", 3) == 0 || strncmp(p, "～", 3) == 0 ||
	    *p == '-' || *p == '~';
}

/* Single weekdays and ranges of them: 月水金, 月〜金. 日中 is no Sunday. */
static int
named_days(const char *text)
{
	int days = 0;

	for (const char *p = text; *p != '\0'; p++) {
		int day = weekday_at(p), to;
		const char *next = p + 3;

		if (day < 0 || strncmp(next, "中", 3) == 0)
			continue;
		days |= 1 << day;
		if (!is_range(next))
			continue;
		to = weekday_at(next + (*next == '-' || *next == '~' ? 1 : 3));
		for (int d = day; to >= 0 && d != to; d = (d + 1) % 7)
			days |= 1 << d;
		if (to >= 0)
			days |= 1 << to;
	}
	return days;
}

static int
days_of(const char *text)
{
	int days = 0;

	if (has(text, "毎日") || has(text, "年中"))
		return EVERY_DAY;
	if (has(text, "平日"))
		days |= WORKDAYS;
	if (has(text, "土日") || has(text, "週末") || has(text, "休日"))
		days |= WEEKEND;
	if (days == 0)
		days = named_days(text);
	return days == 0 ? EVERY_DAY : days;
}

/* The next time of day from *p on, in minutes; -1 if there is none. */
static int
next_time(const char **p)
{
	char *end;
	long hour, minute = 0;

	*p += strcspn(*p, "0123456789");
	if (**p == '\0')
		return -1;
	hour = strtol(*p, &end, 10);
	if (*end == ':')
		minute = strtol(end + 1, &end, 10);
	else if (strncmp(end, "時半", 6) == 0)
		minute = 30;
	*p = end;
	if (hour > 24 || minute > 59)
		return -1;
	return (int)(hour * 60 + minute);
}

static struct stretch
read_stretch(const char *text)
{
	struct stretch s = { .days = days_of(text), .from = 0, .to = DAY };
	const char *p = text;
	int from, to;

	if (has(text, "24時間") || has(text, "いつでも") || has(text, "終日")) {
		s.read = 1;
		return s;
	}
	from = next_time(&p);
	to = from < 0 ? -1 : next_time(&p);
	s.read = 1;
	if (from >= 0 && to >= 0) {
		s.from = from;
		s.to = to;
	} else if (from >= 0 && (has(text, "まで") || has(text, "以前"))) {
		s.to = from;
	} else if (from >= 0 && (has(text, "以降") || has(text, "から") ||
	    has(text, "〜") || has(text, "~"))) {
		s.from = from;
	} else if (has(text, "日中") || has(text, "昼間")) {
		s.from = MORNING;
		s.to = EVENING;
	} else if (has(text, "夜間") || has(text, "夜")) {
		s.from = EVENING;
		s.to = MORNING;
	} else {
		s.read = s.days != EVERY_DAY || has(text, "毎日");
	}
	return s;
}

static int
covers(const struct stretch *s, int weekday, int minute)
{
	int yesterday = (weekday + 6) % 7;

	if (s->from <= s->to)
		return (s->days >> weekday & 1) && minute >= s->from &&
		    minute < s->to;
	return ((s->days >> weekday & 1) && minute >= s->from) ||
	    ((s->days >> yesterday & 1) && minute < s->to);
}

/* Bytes of a separator of stretches at p, else 0. */
static size_t
separator_at(const char *p)
{
	static const char *const marks[] = { "・", "、", "/", "／", ",", "，" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strncmp(p, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* Copies up to the next separator, without what stands in brackets. */
static const char *
next_stretch(const char *p, char out[TEXT_BYTES])
{
	size_t n = 0;
	int depth = 0;

	for (; *p != '\0' && (depth > 0 || separator_at(p) == 0); p++) {
		depth += strncmp(p, "（", 3) == 0 || *p == '(';
		if (depth == 0 && n + 1 < TEXT_BYTES)
			out[n++] = *p;
		if (strncmp(p, "）", 3) == 0 || *p == ')') {
			depth -= depth > 0;
			p += *p == ')' ? 0 : 2;
		}
	}
	out[n] = '\0';
	return *p == '\0' ? p : p + separator_at(p);
}

enum hours
hours_now(const char *text, utc_ms now)
{
	int weekday = weekday_of(date_of(now)), minute = minute_of_day(now);
	char piece[TEXT_BYTES];
	int read = 0;

	if (text == NULL)
		return HOURS_UNKNOWN;
	for (const char *p = text; *p != '\0'; ) {
		struct stretch s;

		p = next_stretch(p, piece);
		s = read_stretch(piece);
		if (s.read && covers(&s, weekday, minute))
			return HOURS_NOW;
		read |= s.read;
	}
	return read ? HOURS_NOT_NOW : HOURS_UNKNOWN;
}
