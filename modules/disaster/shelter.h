/* Shelters, and how shelters and offices stand in an incident: numbers of people, no names. */
#ifndef SHELTER_H
#define SHELTER_H

#include "module.h"

/* Their names, which a field for a place offers. */
void shelter_names_put(struct req *, struct model *);

handler shelters_show;	/* GET  /disaster/shelters */
handler shelter_begin;	/* POST /disaster/shelters */
handler shelter_alter;	/* POST /disaster/shelters/{shelter} */
handler shelter_finish;	/* POST /disaster/shelters/{shelter}/end */
handler stand_show;	/* GET  /disaster/{incident}/shelters */
handler stand_say;	/* POST /disaster/{incident}/shelters */
handler offices_show;	/* GET  /disaster/{incident}/offices */
handler offices_report;	/* POST /disaster/{incident}/offices */

#endif
