/* Handlers of the record and what they share; the table of routes is in record.c. */
#ifndef RECORD_H
#define RECORD_H

#include "module.h"

enum {
	LEVEL_REMINDER_DAYS = 60,	/* before the last day of a care level */
	ORDER_REMINDER_DAYS = 14,	/* and of a nursing order */
	STALE_DAYS = 180,	/* a confirmation is getting old */
	OLD_DAYS = 365		/* and is old */
};

/* 1 if the viewer's profession has that right (care/profession.h). */
int record_may(const struct req *r, unsigned right);

/*
 * What the viewer is shown of the record, for the statements that read all of it:
 * NULL, everything; or sections and fields between commas. Without RIGHT_VIEW
 * (welfare volunteers) nothing medical: what professions with RIGHT_MEDICAL
 * write, measurements, papers.
 */
const char *record_shown(struct req *r);

/* 1 if she is shown that section or field; of what is not, a route is a 403. */
int record_shows(struct req *r, const char *section);

/* The viewer's family and given name, as a row keeps them. */
const char *record_writer(struct req *r);

/*
 * Keeps what the viewer has changed, for everyone's "since I last looked", and
 * tells other modules. `act` is added, corrected, ended or mistake.
 */
void record_changed(struct req *r, const char *section, const char *act,
    const char *label);

/* "fresh", "stale" or "old", by the days since. */
const char *record_freshness(utc_ms at, utc_ms now);

/* How many facts of a section hold now. */
int64_t facts_count(struct req *r, const char *section);

handler summary_show;		/* GET  /record/{patient} */
handler summary_seen;		/* POST /record/{patient}/seen */
handler changes_show;		/* GET  /record/{patient}/changes */
handler fields_show;		/* GET  /record/{patient}/fields */
handler fields_write;		/* POST /record/{patient}/fields */
handler fields_confirm;		/* POST /record/{patient}/confirm */
handler whereabouts_show;	/* GET  /record/{patient}/whereabouts */
handler whereabouts_write;	/* POST /record/{patient}/whereabouts */
handler care_level_show;	/* GET  /record/{patient}/care_level */
handler care_level_write;	/* POST /record/{patient}/care_level */

handler own_show;		/* GET  /record/{patient}/own: of one's office */
handler own_paper;		/* GET  /record/{patient}/own/{paper} */

/* Facts: which kind is the third part of the path. */
handler facts_show;		/* GET  /record/{patient}/allergies … */
handler facts_write;		/* POST /record/{patient}/allergies … */
handler facts_end;		/* POST /record/{patient}/allergies/{fact}/end … */

handler medications_read;	/* POST /record/{patient}/medications/read */
handler medications_import;	/* POST /record/{patient}/medications/import */

handler plans_show;		/* GET  /record/{patient}/care_plans */
handler plans_write_new;	/* POST /record/{patient}/care_plans */
handler plans_receive_one;	/* POST …/care_plans/{care_plan}/receive */

#endif
