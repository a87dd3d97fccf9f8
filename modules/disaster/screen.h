/*
 * What a room shows of people, read for all who look at once. When two hundred screens of
 * the town hall follow a ring, whoever comes while the list is being read waits for the
 * next reading, and shares it: it began after all of them had come, so that nobody sees
 * what was before she asked. Only whoever sees the whole list shares; a team reads alone.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "incident.h"
#include "shelter_sql.h"

enum screen_kind {
	SCREEN_WAITING,		/* the room: who is next */
	SCREEN_DONE,		/* … who has been heard of */
	SCREEN_LACKING,		/* … who lacks something */
	SCREEN_MAP,		/* everybody as a dot, no list */
	SCREEN_COUNTS		/* counts alone */
};

struct screen {
	const struct counts *counts;
	struct person_rows help, people;
	struct said_rows said;
	struct area_rows areas;
	struct hazard_rows hazards;
	struct dot_rows dots;
	struct shelter_rows shelters;
};

/* Reads it; on a failure of the database the lists are empty, and the answer is 503. */
void screen_read(struct req *, const struct reach *, enum screen_kind,
    struct screen *);

/*
 * The drawing: districts, outages, hazard areas, shelters and dots. With `named` whoever
 * lies in the hazard area that the page asks for stands there by name.
 */
void map_put(struct req *, struct model *, struct screen *, int named);

#endif
