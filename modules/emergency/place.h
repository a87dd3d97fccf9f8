/*
 * Addresses as people say and write them, so that a house is found by what
 * distinguishes it: its part of the municipality and its number.
 */
#ifndef PLACE_H
#define PLACE_H

enum { AREA_BYTES = 240, NUMBERS_BYTES = 40 };

struct place {
	char area[AREA_BYTES];		/* "ふたば"; "" if there is none */
	char numbers[NUMBERS_BYTES];	/* "1-4-203"; "" if none was said */
};

/*
 * Reads `むつみ町ふたば一丁目4番地の203号`, `ふたば1-4-203`, `ふたば１丁目` …: prefecture
 * and municipality go, 大字 and 字 too, kanji numbers before 丁目 番 号 are
 * digits, ヶ and ケ are one, katakana is hiragana. 0, or -1 if it is not UTF-8 or
 * too long, or has no area.
 */
int place_parse(const char *text, struct place *out);

#endif
