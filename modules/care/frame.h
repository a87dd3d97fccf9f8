/* What stands around every page, as care_hooks has it. */
#ifndef FRAME_H
#define FRAME_H

#include "module.h"

struct viewer;

/*
 * struct hooks.frame: `network` (nickname, colour, phone, patient_word),
 * `viewer` (name, profession, further[], office, on_duty), `tabs` (main navigation),
 * `patient` (the identity strip), `patient_tabs`, `alert` (names, extreme: public
 * warnings in the network's towns, null without) and `today`. The title is lib's.
 */
void frame(struct req *, struct model *);

/* struct hooks.refresh: reads networks, tabs, switches and warnings again. */
void frame_refresh(struct db *, struct arena *);

/* Whether a network has switched this module off, as it was read last. */
int frame_off(int64_t network, const char *module);

/*
 * Whether a page offers the viewer to write entries of a kind: what her network
 * has decided for one of her professions, as it was read last, or who has `right`.
 */
int frame_offers(const struct viewer *, const char *kind, unsigned right);

#endif
