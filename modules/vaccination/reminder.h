/* Reminders to residents, and whom the desk rings instead. */
#ifndef REMINDER_H
#define REMINDER_H

#include "vaccination.h"

/*
 * struct module.tidy: reminds by SMS, in the hours in which messages may go, who agreed
 * and has something due; each once for a window. Returns 1 while there are more.
 */
int reminder_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

/* A resident's stop word ends her agreement. */
extern const struct reaction reminder_reactions[];

/* The resident's agreement and the calls to her, for the desk's page. */
void put_reached(struct req *, struct model *, int64_t patient);

handler calls_show;		/* GET  /vaccination/desk/calls */
handler call_add;		/* POST /vaccination/desk/{patient}/calls */
handler agreement_add;		/* POST /vaccination/desk/{patient}/agreement */
handler agreement_end;		/* POST /vaccination/desk/{patient}/agreement/end */

#endif
