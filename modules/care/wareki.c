#include "wareki.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "nfkc.h"

enum {
	INPUT_POINTS = 64,	/* longer input is no date */
	NUMBERS = 3,		/* year, month, day */
	MAX_DIGITS = 8,		/* YYYYMMDD */
	FIRST_YEAR_SIGN = 0x5143	/* 元 */
};

struct era {
	const char *name;
	int32_t kanji[2];	/* code points of the name */
	char letter;
	struct civil first;
	int last_year;		/* of the Gregorian calendar */
};

/* Newest first. Years of 明治 count from 1868. */
static const struct era eras[] = {
	{ "令和", { 0x4EE4, 0x548C }, 'r', { 2019, 5, 1 }, 9999 },
	{ "平成", { 0x5E73, 0x6210 }, 'h', { 1989, 1, 8 }, 2019 },
	{ "昭和", { 0x662D, 0x548C }, 's', { 1926, 12, 25 }, 1989 },
	{ "大正", { 0x5927, 0x6B63 }, 't', { 1912, 7, 30 }, 1926 },
	{ "明治", { 0x660E, 0x6CBB }, 'm', { 1868, 1, 1 }, 1912 },
};

enum { ERAS = sizeof eras / sizeof eras[0] };

static civil_date
solar_calendar(void)
{
	return date_from_civil((struct civil){ 1873, 1, 1 }, NULL);
}

static const struct era *
era_on(civil_date date)
{
	if (date < solar_calendar())
		return NULL;
	for (size_t i = 0; i < ERAS; i++)
		if (date >= date_from_civil(eras[i].first, NULL))
			return &eras[i];
	return NULL;
}

const char *
wareki_text(civil_date date, char buf[WAREKI_TEXT])
{
	struct civil c = civil_from_date(date);
	const struct era *era = era_on(date);
	const char *name = era == NULL ? "" : era->name;
	int year = era == NULL ? c.year : c.year - era->first.year + 1;

	if (era != NULL && year == 1)
		(void)snprintf(buf, WAREKI_TEXT, "%s元年%d月%d日", name,
		    c.month, c.day);
	else
		(void)snprintf(buf, WAREKI_TEXT, "%s%d年%d月%d日", name, year,
		    c.month, c.day);
	return buf;
}

const char *
wareki_both(civil_date date, char buf[WAREKI_BOTH])
{
	struct civil c = civil_from_date(date);
	const struct era *era = era_on(date);
	int year = era == NULL ? 0 : c.year - era->first.year + 1;
	char number[WAREKI_TEXT] = "元";

	if (year != 1)
		(void)snprintf(number, sizeof number, "%d", year);
	if (era == NULL)
		(void)snprintf(buf, WAREKI_BOTH, "%d年%d月%d日", c.year,
		    c.month, c.day);
	else
		(void)snprintf(buf, WAREKI_BOTH, "%d年（%s%s年）%d月%d日",
		    c.year, era->name, number, c.month, c.day);
	return buf;
}

/* What was typed: code points without spaces at the ends, 0 behind them. */
struct input {
	int32_t points[INPUT_POINTS + 1];
	int32_t *at;
};

static int
input_read(struct input *in, const char *text)
{
	int count = nfkc_points(text, in->points, INPUT_POINTS);

	if (count < 0)
		return -1;
	while (count > 0 && in->points[count - 1] == ' ')
		count--;
	in->points[count] = 0;
	in->at = in->points;
	while (*in->at == ' ')
		in->at++;
	return 0;
}

/* Moves over a letter, a kanji or two, if an era begins so; else NULL. */
static const struct era *
take_era(struct input *in)
{
	for (size_t i = 0; i < ERAS; i++) {
		const struct era *era = &eras[i];

		if ((*in->at | 0x20) == era->letter) {
			in->at++;
			return era;
		}
		if (*in->at == era->kanji[0]) {
			in->at += in->at[1] == era->kanji[1] ? 2 : 1;
			return era;
		}
	}
	return NULL;
}

static bool
is_separator(int32_t c)
{
	static const int32_t signs[] = { ' ', '.', '/', ',', 0x2212 /* − */,
	    0x30FB /* ・ */, 0x30FC /* ー */, 0x5E74 /* 年 */, 0x6708 /* 月 */,
	    0x65E5 /* 日 */ };

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (c == signs[i])
			return true;
	return utf8proc_category(c) == UTF8PROC_CATEGORY_PD;
}

static bool
is_digit(int32_t c)
{
	return c >= '0' && c <= '9';
}

static void
skip_separators(struct input *in)
{
	while (*in->at != 0 && is_separator(*in->at))
		in->at++;
}

/* Reads one number and returns how many digits it has, or 0. */
static int
take_number(struct input *in, int *out)
{
	int digits = 0, value = 0;

	while (is_digit(*in->at)) {
		if (++digits > MAX_DIGITS)
			return 0;
		value = value * 10 + (int)(*in->at++ - '0');
	}
	*out = value;
	return digits;
}

/*
 * Reads numbers between separators to the end of the text; the digits of the
 * first to *digits. Returns how many there are, or -1.
 */
static int
take_numbers(struct input *in, int numbers[NUMBERS], int *digits)
{
	int n;

	for (n = 0; *in->at != 0; n++) {
		int here;

		if (n == NUMBERS)
			return -1;
		here = take_number(in, &numbers[n]);
		if (here == 0)
			return -1;
		if (n == 0)
			*digits = here;
		skip_separators(in);
	}
	return n;
}

/* Year, month and day from three numbers, or from one that holds all. */
static int
take_civil(struct input *in, int year_digits, struct civil *out)
{
	int numbers[NUMBERS], digits = 0;
	int count = take_numbers(in, numbers, &digits);

	if (count == NUMBERS && digits <= year_digits) {
		*out = (struct civil){ numbers[0], numbers[1], numbers[2] };
		return digits;
	}
	if (count != 1 || digits != year_digits + 4)
		return -1;
	*out = (struct civil){ numbers[0] / 10000, numbers[0] / 100 % 100,
	    numbers[0] % 100 };
	return year_digits;
}

static int
take_era_date(struct input *in, const struct era *era, civil_date *out)
{
	struct civil c;
	int ok;

	skip_separators(in);
	if (in->at[0] == FIRST_YEAR_SIGN && !is_digit(in->at[1]))
		in->at[0] = '1';
	if (take_civil(in, 2, &c) < 0 || c.year < 1)
		return -1;
	c.year += era->first.year - 1;
	if (c.year > era->last_year)
		return -1;
	*out = date_from_civil(c, &ok);
	return *out < solar_calendar() ? -1 : ok;
}

int
wareki_parse(const char *text, civil_date *out)
{
	struct input in;
	const struct era *era;
	struct civil c;
	civil_date date;
	int ok;

	if (input_read(&in, text) != 0)
		return -1;
	era = take_era(&in);
	if (era != NULL) {
		ok = take_era_date(&in, era, &date);
	} else {
		if (take_civil(&in, 4, &c) != 4)
			return -1;
		date = date_from_civil(c, &ok);
	}
	if (ok == 0)
		*out = date;
	return ok;
}
