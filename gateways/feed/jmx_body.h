/*
 * The bodies of JMX telegrams. Each reader adds what is in force to the warner;
 * a body that is not of its kind adds nothing.
 */
#ifndef JMX_BODY_H
#define JMX_BODY_H

#include "reading.h"

enum { JAPAN_MIN = 540 };		/* minutes east of UTC */

/* What the readers share of a telegram. */
struct telegram {
	struct reading *r;
	struct warner *warner;
	struct item *item;
	const struct node *head, *body;
	int coded;			/* kinds with a code that were met so far */
	int none;			/* as struct item has them */
	const char *unknown;
};

/* Notes a code, or a name without one, that is in no list of ours. */
void jmx_unknown(struct telegram *, const char *code, const char *name);

/* Body/Warning and Body/VolcanoInfo, item by item. */
void jmx_warnings(struct telegram *);

/* Head/Headline/Information, for telegrams whose body has no coded kinds. */
void jmx_headline(struct telegram *);

/* Body/Intensity: observed, and forecast by the early warning. */
void jmx_intensity(struct telegram *);

/* Body/Tsunami/Forecast, and Nankai's InfoSerial. */
void jmx_tsunami(struct telegram *);

/* Body/MeteorologicalInfos that look ahead: classes of danger by hours. */
void jmx_outlook(struct telegram *);

/* Texts of a child, kept as long as the result. */
const char *jmx_text(struct telegram *, const struct node *, const char *path);

/* The same, but one pointer for the lists of areas that are met all the time. */
const char *jmx_coding(struct telegram *, const char *said);

/*
 * The list that the areas of a body are of, by the `type` of what they stand in:
 * bodies do not say it at the area.
 */
const char *jmx_coding_of(const char *type);

#endif
