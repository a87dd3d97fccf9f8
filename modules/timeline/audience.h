/* The audience that a form asks for (公開範囲). */
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include "entries.h"

/*
 * Reads the inputs audience, profession, person and disease_network. Whoever is named
 * must be of the patient's team; of a network for a disease the viewer must be, and
 * the patient must agree to it. 0, or the status to refuse with, the input named: an
 * audience of nobody, an unknown profession, a stranger.
 */
int audience_take(struct req *, const char *kind, struct audience *);

/* One of the patient's team by her id in hexadecimal digits; NULL if there is none. */
const struct colleague *audience_member(struct req *, const char *hex);

/*
 * Puts `kinds` (kind, label, first), those of an entry that the viewer may write,
 * and `writes`, whether there are any: for a form. The statement that writes
 * asks the database again.
 */
void audience_offer(struct req *, struct model *);

#endif
