/*
 * How a text travels as SMS and what it costs.
 *
 * Text that is all ASCII of the GSM 7-bit alphabet (3GPP TS 23.038) counts
 * in septets: 160 in one message, 153 in each part of several; ^ { } [ ] ~ |
 * and the backslash take two. Any other character, such as any Japanese one,
 * a backquote or a tab, makes the whole text UCS-2, counted in UTF-16 units:
 * 70 in one message, 67 in each part; an emoji takes two. Letters with accents
 * are in the GSM alphabet but Japanese carriers promise ASCII only, so they
 * make it UCS-2 as well. A line break is one character.
 */
#ifndef SMS_TEXT_H
#define SMS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum sms_encoding { SMS_GSM7, SMS_UCS2 };

enum {
	SMS_UNITS_SHOWN = 70,	/* older handsets show no more than that */
	SMS_UNITS_MAX = 660	/* what business carriers take, ten parts */
};

struct sms_size {
	enum sms_encoding encoding;
	size_t units;		/* septets or UTF-16 units */
	size_t segments;	/* parts; a character is never cut in two */
	size_t billing_units;	/* 1, or units by 67 (153), rounded up */
};

/*
 * Measures UTF-8 text of any length. An empty text has 0 of everything.
 * Returns 0, or -1 leaving *out untouched if the text is not UTF-8.
 */
int sms_text_measure(const char *text, struct sms_size *out);

/* Whether it may be sent: 1 to SMS_UNITS_MAX units, in either encoding. */
bool sms_text_fits(const struct sms_size *);

#endif
