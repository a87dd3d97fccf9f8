/*
 * The survey's 74 items (認定調査票の基本調査) and what may be answered. Official words of
 * Japanese forms: data, not sentences of ours, so they are not translated.
 */
#ifndef ITEMS_H
#define ITEMS_H

#include "module.h"

enum { ITEMS = 74 };

/* The name of an item, 1 to ITEMS, with its number on the form; NULL: there is none. */
const char *item_name(struct arena *, int item);

/*
 * Puts `groups`: of each its name and items (number, name, answer, and whether the
 * answer is other than the best). `answers` has a digit an item, from 1; a text of
 * another length puts no group.
 */
void put_items_of(struct req *, struct model *, const char *answers);

/* `choices`: number and name of every item, to choose one. */
void put_item_choices(struct req *, struct model *);

#endif
