/* The town's own register of vaccinations (予防接種台帳): what goes to it and comes from it. */
#ifndef REGISTER_H
#define REGISTER_H

#include "vaccination.h"
#include "vrs.h"

enum {
	REGISTER_AT_ONCE = 400,	/* doses of one file, entries written by one press */
	REGISTER_FILE_DAYS = 7,	/* so long a file that was read stays */
	REGISTER_FILE_BYTES = 4 * 1024 * 1024
};

/* Headings as the town calls them, by field: its own, or the usual ones. */
void register_headings(struct req *, const char *heading[VRS_FIELDS]);

/* struct module.tidy: files whose days are over go. Returns 1 while there are more. */
int register_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

handler register_show;		/* GET  /vaccination/desk/register */
handler register_change;	/* POST /vaccination/desk/register */
handler register_doses;		/* GET  /vaccination/desk/register/doses */
handler number_change;		/* POST /vaccination/desk/{patient}/number */
handler import_take;		/* POST /vaccination/desk/imports */
handler import_show;		/* GET  /vaccination/desk/imports/{import} */
handler import_write;		/* POST …/imports/{import}/write */

#endif
