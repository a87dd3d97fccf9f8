/* Handlers of the timeline; the table of routes is in timeline.c. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "module.h"

enum {
	ENTRIES_A_PAGE = 50,
	BODY_MAX = 4000,	/* characters */
	ATTACHMENTS_MAX = 10,	/* of one entry */
	ATTACHMENT_BYTES = 40 * 1024 * 1024,
	THUMBNAIL_BYTES = 64 * 1024
};

handler entries_show;		/* GET  /timeline/{patient} */
handler entries_write;		/* POST /timeline/{patient} */
handler receipts_read;		/* POST /timeline/{patient}/{entry}/read */
handler receipts_acknowledge;	/* POST /timeline/{patient}/{entry}/acknowledge */
handler receipts_show;		/* GET  /timeline/{patient}/{entry}/readers */
handler own_show;		/* GET  /timeline/{patient}/own */
handler files_show;		/* GET  /timeline/{patient}/{entry}/files */
handler files_open;		/* GET  /timeline/{patient}/{entry}/files/{file} */
handler files_thumbnail;	/* GET  /timeline/{patient}/{entry}/files/{file}/thumbnail */

#endif
