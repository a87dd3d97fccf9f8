/* Handlers of the timeline; the table of routes is in timeline.c. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "module.h"

enum {
	ENTRIES_A_PAGE = 50,
	BODY_MAX = 4000,	/* characters */
	ATTACHMENTS_MAX = 10,	/* of one entry */
	ATTACHMENT_BYTES = 40 * 1024 * 1024,
	THUMBNAIL_BYTES = 64 * 1024,
	SEARCH_MAX = 60,	/* characters that are searched for */
	ADDRESSED_MAX = 30,	/* people, or professions, of an audience */
	SENT_TO_MAX = 80,	/* characters: where a FAX goes */
	REASON_MAX = 100,
	RECALL_MS = 180 * 1000,	/* so long an author may take an entry back */
	DRAFT_DAYS = 30		/* an older draft is forgotten */
};

/* What other modules tell, as entries. */
extern const struct reaction timeline_reactions[];

handler entries_show;		/* GET  /timeline/{patient} */
handler entry_show;		/* GET  /timeline/{patient}/{entry} */
handler write_entry;		/* POST /timeline/{patient} */
handler write_form;		/* GET  /timeline/{patient}/write */
handler write_correction;	/* POST /timeline/{patient}/{entry}/correct */
handler questions_show;		/* GET  /timeline/{patient}/questions */
handler receipts_read;		/* POST /timeline/{patient}/{entry}/read */
handler receipts_acknowledge;	/* POST /timeline/{patient}/{entry}/acknowledge */
handler receipts_unread;	/* POST /timeline/{patient}/{entry}/unread */
handler receipts_show;		/* GET  /timeline/{patient}/{entry}/readers */
handler own_show;		/* GET  /timeline/{patient}/own */
handler own_open;		/* GET  /timeline/{patient}/own/{entry}/files/{file} */
handler files_show;		/* GET  /timeline/{patient}/{entry}/files */
handler files_open;		/* GET  /timeline/{patient}/{entry}/files/{file} */
handler files_thumbnail;	/* GET  /timeline/{patient}/{entry}/files/{file}/thumbnail */
handler changes_withdraw;	/* POST /timeline/{patient}/{entry}/withdraw */
handler changes_recall;		/* POST /timeline/{patient}/{entry}/recall */
handler changes_move;		/* POST /timeline/{patient}/{entry}/move */
handler changes_move_form;	/* GET  /timeline/{patient}/{entry}/move */
handler state_show;		/* GET  /timeline/{patient}/state */
handler search_entries;		/* POST /timeline/{patient}/search */
handler fax_send;		/* POST /timeline/{patient}/{entry}/fax */
handler fax_show;		/* GET  /timeline/{patient}/{entry}/fax/{fax} */

#endif
