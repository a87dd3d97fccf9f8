#include "phone.h"

#include <utf8proc.h>

#include "nfkc.h"

enum {
	INPUT_POINTS = 64,	/* longer input is not a number */
	DIGITS = 20,
	FIXED_DIGITS = 10,	/* with the 0 */
	MOBILE_DIGITS = 11
};

/* What people write between digits, and what phones paste around them. */
static bool
is_filler(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_PD:
		return true;
	default:
		break;
	}
	return c == '\t' || c == '(' || c == ')' || c == 0x2212 /* minus */ ||
	    c == 0x30FC /* long vowel, typed for a hyphen */;
}

/*
 * Leaves the digits of the text, `+` in front kept. Returns -1 if anything
 * else is in it or it is too long.
 */
static int
keep_digits(const char *text, char digits[DIGITS + 1])
{
	int32_t points[INPUT_POINTS];
	int count = nfkc_points(text, points, INPUT_POINTS), n = 0;

	for (int i = 0; i < count; i++) {
		if (is_filler(points[i]))
			continue;
		if (n == DIGITS || (!(points[i] >= '0' && points[i] <= '9') &&
		    !(points[i] == '+' && n == 0)))
			return -1;
		digits[n++] = (char)points[i];
	}
	digits[n] = '\0';
	return count < 0 ? -1 : 0;
}

/* Skips the country's code; NULL if there is none. */
static const char *
after_country(const char *digits)
{
	static const char *const prefixes[] = { "+81", "01081", "81" };

	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t n = strlen(prefixes[i]);

		if (strncmp(digits, prefixes[i], n) == 0)
			return digits + n;
	}
	return NULL;
}

/* The number as dialled abroad, without 0; NULL if it is none of Japan. */
static const char *
significant_digits(const char *digits)
{
	const char *rest = after_country(digits);

	if (rest != NULL)
		return *rest == '0' ? rest + 1 : rest;
	return *digits == '0' ? digits + 1 : NULL;
}

static bool
begins(const char *number, const char *with)
{
	return strncmp(number, with, strlen(with)) == 0;
}

/* `number` is without its 0. */
static enum phone_kind
kind_of(const char *number)
{
	size_t n = strlen(number) + 1;

	if (number[0] == '0' || number[0] == '\0')
		return PHONE_NONE;
	if (n == FIXED_DIGITS)	/* 0x0 is no area code: a digit is missing */
		return number[1] == '0' ? PHONE_NONE : PHONE_FIXED;
	if (n != MOBILE_DIGITS || number[1] != '0')
		return PHONE_NONE;
	if (begins(number, "50") || begins(number, "800"))
		return PHONE_FIXED;
	return number[0] >= '6' ? PHONE_MOBILE : PHONE_NONE;
}

enum phone_kind
phone_normalise(const char *text, char out[PHONE_TEXT])
{
	char digits[DIGITS + 1];
	enum phone_kind kind = PHONE_NONE;
	const char *number;

	out[0] = '\0';
	if (keep_digits(text, digits) != 0)
		return PHONE_NONE;
	number = significant_digits(digits);
	if (number != NULL)
		kind = kind_of(number);
	if (kind != PHONE_NONE)
		(void)snprintf(out, PHONE_TEXT, "+81%.10s", number);
	return kind;
}

bool
phone_is_doubtful(const char *normalised)
{
	return strlen(normalised) == 13 && normalised[5] == '0';
}
