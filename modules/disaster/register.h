/* The register: reading it, what the town decides, changing it in bulk. */
#ifndef REGISTER_H
#define REGISTER_H

#include "criteria.h"
#include "module.h"

enum {
	REGISTER_A_PAGE = 50,
	ROWS_MAX = 38000	/* characters of the residents' register at once */
};

/* The thresholds of the viewer's town. */
void criteria_of(struct req *, struct criteria *);

/* 1: the viewer is the town's disaster officer. */
int is_officer(const struct req *);

/* Her family and given name, as rows keep them. */
const char *writer(struct req *);

handler registrations_show;		/* GET  /disaster/register */
handler registrations_change;	/* POST /disaster/register/{registration} */
handler town_show;		/* GET  /disaster/town */
handler town_criteria;		/* POST /disaster/town/criteria */
handler town_supply;		/* POST /disaster/town/supply */
handler town_add_body;		/* POST /disaster/town/support_bodies */
handler town_end_body;		/* POST /disaster/town/support_bodies/{support_body}/end */
handler import_read;		/* POST /disaster/register/read */
handler import_apply;		/* POST /disaster/register/import */
handler registrations_refresh;	/* POST /disaster/register/refresh */

#endif
