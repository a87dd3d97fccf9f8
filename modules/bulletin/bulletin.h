/* Public bulletins and what goes round in the network. Internal to the module. */
#ifndef BULLETIN_H
#define BULLETIN_H

#include "module.h"

enum {
	BULLETINS_A_PAGE = 100,
	AREAS_A_PAGE = 2000,
	RECENT_DAYS = 3,		/* what has ended is shown so long */
	ILL_MAX = 500,			/* people of one outbreak */
	OUTBREAKS_A_PAGE = 200,
	OUTBREAK_DAYS = 366		/* that one may lie back */
};

/* GET /bulletins: what concerns the towns of the viewer's network. */
int bulletins_show(struct req *, struct model *);

/* GET /bulletins/drills: the same of exercises and tests. */
int bulletins_drills(struct req *, struct model *);

/* GET /bulletins/{network}: for residents, at the open door, too. */
int bulletins_public(struct req *, struct model *);

/* GET /bulletins/outbreaks: the form of an office's report. */
int outbreaks_new(struct req *, struct model *);

/* POST /bulletins/outbreaks: the first report of an outbreak. */
int outbreaks_begin(struct req *, struct model *);

/* GET /bulletins/outbreaks/{outbreak}: its reports; of one's own office the form. */
int outbreaks_show(struct req *, struct model *);

/* POST /bulletins/outbreaks/{outbreak}: one more, which corrects or goes on. */
int outbreaks_report(struct req *, struct model *);

/*
 * Puts `diseases`: of each that is counted or reported in these weeks the public
 * figures with their trend and, for professionals (`local`), what offices of the
 * network report. Without `local` no office is even looked up.
 */
void diseases_put(struct req *, struct model *, int64_t network, int local);

#endif
