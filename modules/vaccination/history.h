/*
 * A person's doses as a file that goes with her to another town: a FHIR R4 Bundle of her and her
 * Immunizations in JP Core's form; and such a file taken in, as doses given elsewhere.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "vaccination.h"

enum { HISTORY_BYTES = 512 * 1024, HISTORY_DOSES = 300 };

handler history_give;		/* GET  /vaccination/{patient}/history */
handler history_take;		/* POST /vaccination/{patient}/history */
handler history_desk_give;	/* GET  /vaccination/desk/{patient}/history */
handler history_desk_take;	/* POST /vaccination/desk/{patient}/history */

#endif
