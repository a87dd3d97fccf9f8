/*
 * Whether a text names somebody: before members get it, name, address and all else by
 * which one is known have to be out of it.
 */
#ifndef ANONYMITY_H
#define ANONYMITY_H

#include "model.h"

/* What must not stand in it; NULL or "" where it is not known. */
struct identity {
	const char *family, *given, *kana, *address, *phone, *facility;
	const char *insured_number, *recipient_number, *surveyor, *physician;
};

/*
 * Adds to the array `key` each thing of `who` that stands in `text`: an item with `what`
 * (name, kana, address, phone, facility, number, surveyor, physician) and `word`.
 * Blanks do not count, nor the width of letters. A name of one character counts only
 * before さん 様 氏. Returns how many.
 */
int names_in(struct arena *, struct model *, const char *key, const char *text,
    const struct identity *who);

#endif
