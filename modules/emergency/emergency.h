/* Handlers of the look-up by ambulance crews; the table of routes is in emergency.c. */
#ifndef EMERGENCY_H
#define EMERGENCY_H

#include "module.h"

enum {
	OPEN_MINUTES = 60,	/* an opening lasts so long, and once more */
	REVIEW_DAYS = 7,	/* in which a privacy officer judges one without consent */
	ANSWER_HOURS = 12,	/* after an opening the team may still answer */
	STALE_DAYS = 180,	/* a confirmation is getting old */
	OLD_DAYS = 365,		/* and is old */
	FORTNIGHT_DAYS = 14	/* entries of so many days are shown */
};

struct opening;		/* opening.sql */
struct item_rows;	/* items.h */

/*
 * struct hooks.admit of this program: of a route that is for a patient whom the crew has
 * open, session and opening are found by one statement; of all others by care's.
 */
int opening_admit(struct req *r, struct model *m);

/*
 * The viewer's opening of the path's {patient} that is not over, or NULL: then
 * the handler answers 404, since for her there is no such patient. Says so to the
 * audit: the patient, and whether a glass was broken (purpose BTG) or not (ETREAT).
 */
const struct opening *opening_now(struct req *r);

/*
 * The rows of the summary of whom opening_now found open: the local copy's where that is
 * current, else MariaDB's.
 */
void opening_rows(struct req *r, const struct opening *o, struct item_rows *rows);

/* `open_now`: whom the viewer has open, for the pages of the search. */
void put_open_now(struct req *r, struct model *m);

/* The viewer's family and given name, as a row keeps them. */
const char *writer(struct req *r);

/*
 * Tells the team at once, by mark, notice and event, that there is something about
 * this patient; never what. `topic` is the event's.
 */
void tell_team(struct req *r, int64_t patient, const struct ref *about,
    const char *topic, const char *ja, const char *en);

handler search_home;		/* GET  /emergency */
handler search_find;		/* POST /emergency/search */
handler search_card;		/* GET  /emergency/card/{card} */
handler open_patient;		/* POST /emergency/open */
handler summary_show;		/* GET  /emergency/{patient} */
handler face_show;		/* GET  /emergency/{patient}/face */
handler opening_stop;		/* POST /emergency/{patient}/stop */
handler opening_extend;		/* POST /emergency/{patient}/extend */
handler opening_number;		/* POST /emergency/{patient}/dispatch */
handler call_result;		/* POST /emergency/{patient}/calls */
handler report_send;		/* POST /emergency/{patient}/reports */
handler handover_show;		/* GET  /emergency/{patient}/handover */
handler openings_show;		/* GET  /emergency/{patient}/openings */
handler openings_seen;		/* POST /emergency/{patient}/seen */
handler answer_crew;		/* POST /emergency/{patient}/answers */
handler look_code_give;		/* POST /emergency/{patient}/codes */
handler look_ask;		/* GET  /emergency/looked */
handler look_answer;		/* POST /emergency/looked */
handler reviews_show;		/* GET  /emergency/reviews */
handler review_write;		/* POST /emergency/reviews/{opening} */

#endif
