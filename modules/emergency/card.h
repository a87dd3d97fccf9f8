/*
 * The code of a kit card: twelve digits as they can be typed with gloves and read out over
 * the radio. The first is 2 to 7, as of no telephone number of Japan with or without its
 * country code; the last is a check (Luhn, ISO/IEC 7812-1 annex B) that tells one wrong
 * digit and nearly all that have changed places.
 */
#ifndef CARD_H
#define CARD_H

enum { CARD_TEXT = 13 };	/* twelve digits and NUL */

/* Makes one of eight random bytes: of some 60,000 million one. */
void card_make(const unsigned char random[8], char out[CARD_TEXT]);

/*
 * Reads one from ASCII with blanks and hyphens anywhere. 0, or -1 if it is none; `out` is
 * then as it was.
 */
int card_read(const char *text, char out[CARD_TEXT]);

/* "2345-6789-0123". */
enum { CARD_GROUPED = 15 };
const char *card_grouped(const char code[CARD_TEXT], char out[CARD_GROUPED]);

#endif
