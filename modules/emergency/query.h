/*
 * What somebody typed into the one field of the search: a phone number, the code of a
 * kit card, a reading and an age, an address, in any order and any mixture.
 */
#ifndef QUERY_H
#define QUERY_H

#include "card.h"
#include "instant.h"
#include "phone.h"
#include "place.h"
#include "sound.h"

enum {
	QUERY_WORDS = 4,	/* names at most: family and given, said twice */
	QUERY_WORD = 124,	/* bytes of one, with NUL */
	AGE_SLACK = 2		/* years by which a caller is mistaken */
};

struct query {
	char phone[PHONE_TEXT];		/* "" if none */
	char card[CARD_TEXT];		/* code of a kit card; "" if none */
	int nwords;			/* names, or perhaps an area */
	char word[QUERY_WORDS][QUERY_WORD];
	int kana;			/* 1: all words are readings */
	int has_place;
	struct place place;
	int has_birth;			/* born from … to, both days in it */
	civil_date born_from, born_to;
};

/*
 * Takes `text` (valid UTF-8) apart, as of the day `today`:
 *
 * - the twelve digits of a kit card: that card;
 * - `090-…` with nine digits or more: a phone number;
 * - `82歳`, `82`, `さくま82`: an age, AGE_SLACK years either way;
 * - `昭和10年`, `S10`, `1935`: a year; `S10.3.3`: a day of birth;
 * - `ふたば1-4`, `ふたば一丁目`: an address; a number below 40 behind a name without
 *   歳 is a house, from 40 on an age;
 * - what is left are names.
 *
 * 0, or -1 if nothing of it can be searched for.
 */
int query_parse(const char *text, civil_date today, struct query *out);

/*
 * The key of a telephone number: phone_normalise's form or, of nine digits and more
 * that are no number of Japan's plan (an extension, a foreign one), the digits. 0, or
 * -1 if it is none; `out` is then as it was.
 */
int query_phone(const char *text, char out[PHONE_TEXT]);

/*
 * The number of things that it says: of name, birth and address. A phone number or
 * the code of a card is enough alone.
 */
int query_keys(const struct query *);

/*
 * The last name of it understood as an area, when there was nobody of that name:
 * `さくま ふたば`. 0, or -1 if there is none to take.
 */
int query_area(struct query *);

#endif
