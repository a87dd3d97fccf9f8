/*
 * Readings as they are heard over a telephone or a radio: what is easily taken
 * for something else is one.
 */
#ifndef SOUND_H
#define SOUND_H

#include <stddef.h>

enum { SOUND_BYTES = 360 };	/* of any folded reading, with NUL */

/*
 * Writes the folded form of UTF-8 `text` to `buf`. Beyond kana_fold (width,
 * katakana, small kana, ぢ じ, づ ず, を お):
 *
 * - voiced and unvoiced are one (やまざき やまさき, ふじた ふした, しんぱち しんはち);
 * - long vowels are short (おおの おの, ようこ よこ, けいこ けこ);
 * - っ goes (はっとり はとり).
 *
 * Both sides of a comparison are folded; if a text begins another, so do the
 * folded ones, but for a っ at the very end. Never shown. 0, or -1 if the text is
 * not UTF-8 or too long.
 */
int sound_fold(const char *text, char buf[SOUND_BYTES]);

#endif
