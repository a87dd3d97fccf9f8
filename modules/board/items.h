/*
 * The items of a survey and what may be answered: 74 for a care level (認定調査票の基本調査), 80
 * for a support level (障害支援区分認定調査, its 認定調査員マニュアル). Official words of
 * Japanese forms: data, not sentences of ours, so they are not translated.
 */
#ifndef ITEMS_H
#define ITEMS_H

#include "module.h"
#include "scheme.h"

/* The name of an item, from 1, with its number on the form; NULL: there is none. */
const char *item_name(struct arena *, const struct scheme *, int item);

/*
 * Puts `item_count` and `groups`: of each its name and items (number, name, answer, and
 * whether the answer is other than the best). `answers` has a digit an item, from 1; a
 * text of another length puts no group.
 */
void put_items_of(struct req *, struct model *, const struct scheme *,
    const char *answers);

/* `choices`: number and name of every item, to choose one. */
void put_item_choices(struct req *, struct model *, const struct scheme *);

#endif
