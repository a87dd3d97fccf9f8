/* Incidents: what is prepared, opened and closed; who may look; the list and its order. */
#ifndef INCIDENT_H
#define INCIDENT_H

#include "incident_sql.h"
#include "module.h"

enum {
	OPEN_HOURS = 72,	/* an opening lasts so long unless the officer says otherwise */
	OPEN_HOURS_MOST = 168,
	PAST_DAYS = 400,	/* incidents of so many days are listed */
	PEOPLE_A_PAGE = 50,
	PAPER_A_PAGE = 300,
	ASSIGNED_MINUTES = 30,	/* who takes somebody has so long */
	LATE_SECONDS = 72 * 3600,	/* a report may come so late from a dropped line */
	PROPOSED_HOURS = 24	/* one room of a kind is proposed within so long */
};

/* What the viewer may see of an incident. */
struct reach {
	const struct room *room;
	int officer, body;	/* with the duty of secrecy accepted */
	int accepts;		/* it is for her to accept, and she has not */
};

/* The last five arguments of statements on a list. */
#define REACH(r, e) (e)->officer, (e)->body, (r)->viewer->office,	\
	(r)->viewer->user, (r)->viewer->on_duty

/*
 * The path's {incident} for the viewer: 0, or 404. An officer of the town enters at
 * any time, others while it is open. Names purpose and, with `open`, refuses all
 * when it is not open.
 */
int incident_enter(struct req *, struct reach *, int open);

/* What a page shows of the path's incident. */
void incident_put(struct req *, struct model *, const struct reach *);

/*
 * Fills in what is counted from now: age, battery, the assignee's time. The
 * patients of the rows are named to the audit.
 */
void people_count(struct req *, struct person_rows *);

/* The lists of open incidents take in who is new in the register, and order anew. */
void lists_follow(struct req *);

/* What somebody says of somebody. */
struct word_of {
	const char *status, *place_kind, *place, *needs, *note, *method;
	int settles;
	utc_ms at;
};

/* Writes it down, in the name of the viewer, as the `n`-th of this request. */
void status_say(struct req *, const struct reach *, int64_t patient,
    const struct word_of *, int n);

/*
 * The drawing: districts, outages, hazard areas, and a dot for whoever waits as much
 * (3: everybody, and whoever lies in the hazard area that the page asks for by name).
 */
void map_put(struct req *, struct model *, const struct reach *, int waits);

extern const struct reaction disaster_reactions[];

handler home_show;		/* GET  /disaster */
handler incident_prepare;	/* POST /disaster */
handler incident_open;		/* POST /disaster/{incident}/open */
handler incident_lengthen;	/* POST /disaster/{incident}/lengthen */
handler incident_close;		/* POST /disaster/{incident}/close */
handler incident_discard;	/* POST /disaster/{incident}/discard */
handler incident_outage;	/* POST /disaster/{incident}/outage */
handler secrecy_accept;		/* POST /disaster/secrecy */
handler room_show;		/* GET  /disaster/{incident} */
handler room_counts;		/* GET  /disaster/{incident}/counts */
handler person_show;		/* GET  /disaster/{incident}/people/{person} */
handler status_mark;		/* POST /disaster/{incident}/status */
handler person_take;		/* POST /disaster/{incident}/take */
handler paper_show;		/* GET  /disaster/{incident}/paper */
handler paper_type;		/* POST /disaster/{incident}/paper */
handler map_show;		/* GET  /disaster/{incident}/map */
handler report_show;		/* GET  /disaster/{incident}/report */

#endif
