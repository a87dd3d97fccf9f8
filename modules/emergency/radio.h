/* What a crew says over the radio: two lines, made of the summary. */
#ifndef RADIO_H
#define RADIO_H

#include "items.h"

enum { RADIO_NAMES = 4 };	/* of one kind at most; the rest is "ほか" */

/*
 * `91歳女性　心房細動・慢性呼吸不全`: who, and with what. In the arena.
 */
const char *radio_who(struct req *r, const struct item_rows *, int age,
    const char *sex);

/*
 * `抗血栓薬（エドキサバン）　ペニシリン禁　在宅酸素2L`: what must not be overlooked. What nobody
 * has asked is said to be unknown, never left out. In the arena.
 */
const char *radio_alerts(struct req *r, const struct item_rows *);

#endif
