/* Handlers of the timeline; the table of routes is in timeline.c. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "module.h"

enum { ENTRIES_A_PAGE = 50, BODY_MAX = 4000 /* characters */ };

handler entries_show;		/* GET  /timeline/{patient} */
handler entries_write;		/* POST /timeline/{patient} */
handler receipts_read;		/* POST /timeline/{patient}/{entry}/read */
handler receipts_acknowledge;	/* POST /timeline/{patient}/{entry}/acknowledge */
handler receipts_show;		/* GET  /timeline/{patient}/{entry}/readers */

#endif
