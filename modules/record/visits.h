/* Handlers of visits and calendars. */
#ifndef VISITS_H
#define VISITS_H

#include "module.h"

handler visits_show;		/* GET  /record/{patient}/visits */
handler visits_plan;		/* POST /record/{patient}/visits */
handler visits_cancel_one;	/* POST /record/{patient}/visits/{visit}/cancel */
handler visits_mine_show;	/* GET  /visits */

/*
 * A calendar's address has a token of 128 random bits, shown once; the table
 * has its hash. Whoever has the address reads when the user works, of what
 * kind each visit is and with how many others: no patient's name, no place.
 */
handler calendar_make;		/* POST /visits/calendars */
handler calendar_revoke;	/* POST /visits/calendars/{calendar}/revoke */
handler calendar_feed;		/* GET  /calendar/{token} */

#endif
