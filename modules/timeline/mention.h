/*
 * Who is named in an entry: `@` (or `＠`) and a name of somebody of the team who
 * may read it. Family and given name, or the family name alone, as written or in
 * kana, with or without a blank between. The longest name that fits counts; all
 * who bear it are meant, since to leave out one in silence would be worse. Whoever
 * may not read the entry cannot be named: then it is text and nothing else.
 */
#ifndef MENTION_H
#define MENTION_H

#include "entries.h"

enum { MENTIONED_MAX = 12 };	/* people in one entry; the first ones */

/*
 * Keeps whom an entry that was just stored names, and marks it for them. No notice:
 * of what is urgent they are told as its readers. Returns how many.
 */
int mention_keep(struct req *, const struct draft_entry *);

#endif
