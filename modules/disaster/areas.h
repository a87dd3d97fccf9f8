/* What the town draws: districts, hazard areas, where shelters are. */
#ifndef AREAS_H
#define AREAS_H

#include "geometry.h"
#include "module.h"
#include "shelter_sql.h"

/* Shelters for a drawing: how each stands, and its place on the sheet, if it is known. */
void shelters_put(struct req *, struct model *, const struct sheet *,
    const struct shelter_rows *);

handler areas_show;	/* GET  /disaster/town/areas */
handler district_add;	/* POST /disaster/town/districts */
handler district_change;	/* POST /disaster/town/districts/{district} */
handler hazard_add;	/* POST /disaster/town/hazards */
handler hazard_change;	/* POST /disaster/town/hazards/{hazard} */
handler hazard_end;	/* POST /disaster/town/hazards/{hazard}/end */
handler shelter_put_place;	/* POST /disaster/shelters/{shelter}/place */

#endif
