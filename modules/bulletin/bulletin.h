/* The page of public bulletins. Internal to the module. */
#ifndef BULLETIN_H
#define BULLETIN_H

#include "module.h"

enum {
	BULLETINS_A_PAGE = 100,
	AREAS_A_PAGE = 2000,
	RECENT_DAYS = 3			/* what has ended is shown so long */
};

/* GET /bulletins: what concerns the towns of the viewer's network. */
int bulletins_show(struct req *, struct model *);

/* GET /bulletins/drills: the same of exercises and tests. */
int bulletins_drills(struct req *, struct model *);

/* GET /bulletins/{network}: for residents, at the open door, too. */
int bulletins_public(struct req *, struct model *);

#endif
