/*
 * Phone numbers of Japan, brought from any way of writing to one form.
 *
 * Numbering plan: 電気通信番号計画 (Ministry of Internal Affairs): 060, 070,
 * 080 and 090 are mobile; 050 is IP; 0120 and 0800 are free to call; 0 with
 * an area code is fixed. 020 belongs to machines and pagers, not to people.
 */
#ifndef PHONE_H
#define PHONE_H

#include <stdbool.h>

enum { PHONE_TEXT = 16 };	/* bytes of a normalised number, with NUL */

enum phone_kind {
	PHONE_NONE,		/* no number of a person in Japan */
	PHONE_FIXED,		/* fixed, IP, free to call: no SMS */
	PHONE_MOBILE		/* takes SMS */
};

/*
 * Reads a number with or without spaces, hyphens of any kind and brackets,
 * full-width or not, with 0, +81, 81 or 010-81 in front, +81(0) too. Writes
 * it as `+81` and the number without its 0, or "" for PHONE_NONE: emergency
 * and other short numbers, foreign ones, a wrong count of digits, words.
 */
enum phone_kind phone_normalise(const char *text, char out[PHONE_TEXT]);

/*
 * Whether a normalised mobile number is of a kind not given out so far (its
 * subscriber part begins with 0): ask again, but do not refuse it.
 */
bool phone_is_doubtful(const char *normalised);

#endif
