/*
 * Readings of names (ふりがな), folded so that a search finds them however
 * they were typed or heard.
 */
#ifndef KANA_H
#define KANA_H

#include <stddef.h>

/*
 * Writes the folded form of UTF-8 `text` to `buf` of `n` bytes, with NUL:
 *
 * - full and half width are one, letters small (NFKC); katakana is hiragana;
 * - only letters and digits stay: spaces, middle dots and all other signs go,
 *   so the result has no wildcard of LIKE;
 * - small kana are large (きょう: きよう, はっとり: はつとり);
 * - kana that sound alike are one: ぢ じ, づ ず, を お, ゐ い, ゑ え,
 *   ゔ ぶ;
 * - long vowels are one: after an o ー or お is う (おおた, おうた, オータ:
 *   おうた), after an e ー or え is い (けえこ: けいこ); any other ー repeats
 *   the vowel, and goes if there is none.
 *
 * Folding looks to the left only: if a text begins another, so do the folded
 * ones, and a prefix can be searched for (ｶ does not begin ｶﾞ, which is one
 * kana). Fold both sides; never show it. Different names may fold to the same.
 * Returns 0, or -1 leaving buf untouched if the text is not UTF-8, or too long
 * for buf or for 256 characters.
 */
int kana_fold(const char *text, char *buf, size_t n);

#endif
