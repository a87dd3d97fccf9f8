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

/* The room that the viewer is in. */
struct reach {
	const struct room *room;
	int accepts;		/* it is for her to accept, and she has not */
};

/* The last two arguments of statements on a list: the view decides by them. */
#define REACH(r) (r)->viewer->office, (r)->viewer->user

/*
 * The path's {incident} for the viewer: 0, or 404. An officer of the town enters at
 * any time, others while it is open. Names purpose and, with `open`, refuses all
 * when it is not open.
 */
int incident_enter(struct req *, struct reach *, int open);

/* The same for anybody of the network, while it is open: what concerns no person. */
int incident_enter_town(struct req *, struct reach *);

/* What a page shows of the path's incident. */
void incident_put(struct req *, struct model *, const struct reach *);

/*
 * Fills in what is counted from now: age, battery, the assignee's time. The
 * patients of the rows are named to the audit.
 */
void people_count(struct req *, struct person_rows *);

/* The lists of open incidents take in who is new in the register, and order anew. */
void lists_follow(struct req *);

/* The person by her ref, if the viewer sees her, named to the audit; or NULL. */
const struct person *person_find(struct req *, const struct reach *,
    const struct ref *);

/* What somebody says of somebody. */
struct word_of {
	const char *status, *place_kind, *place, *needs, *note, *method;
	int settles, met;	/* what others said, and what she lacked, is done with */
	utc_ms at;
};

/* Writes it down, in the name of the viewer, as the `n`-th of this request. */
void status_say(struct req *, const struct reach *, int64_t patient,
    const struct word_of *, int n);

extern const struct reaction disaster_reactions[];

/* An answer by SMS: a reaction (propose.c has the table). */
void asking_take(struct db *, const struct event *, const struct ref *id,
    utc_ms now);
int asking_rings(struct db *, const struct event *, struct ref *room);

/*
 * Tells her registered relatives that there is other word of her than before: call it
 * before that is written, and once her row is held. Nothing in a drill.
 */
void relatives_tell(struct db *, int64_t patient, int64_t incident,
    const char *status, utc_ms now);

/* Her newest plan; that of somebody seen in an incident. */
void plan_put_newest(struct req *, struct model *, int64_t patient);
void plan_put_way_out(struct req *, struct model *, const struct reach *,
    int64_t patient);

/* What was given out and, for an officer, drafts. */
void messages_put(struct req *, struct model *, const struct reach *);

/* Asks some of those whom nobody was asked about yet; module.tidy. */
int asking_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

handler home_show;		/* GET  /disaster */
handler incident_prepare;	/* POST /disaster */
handler incident_open;		/* POST /disaster/{incident}/open */
handler incident_lengthen;	/* POST /disaster/{incident}/lengthen */
handler incident_close;		/* POST /disaster/{incident}/close */
handler incident_discard;	/* POST /disaster/{incident}/discard */
handler incident_outage;	/* POST /disaster/{incident}/outage */
handler secrecy_accept;		/* POST /disaster/secrecy */
handler room_key;		/* GET  /disaster/key */
handler room_show;		/* GET  /disaster/{incident} */
handler room_counts;		/* GET  /disaster/{incident}/counts */
handler person_show;		/* GET  /disaster/{incident}/people/{person} */
handler status_mark;		/* POST /disaster/{incident}/status */
handler person_take;		/* POST /disaster/{incident}/take */
handler paper_show;		/* GET  /disaster/{incident}/paper */
handler paper_type;		/* POST /disaster/{incident}/paper */
handler map_show;		/* GET  /disaster/{incident}/map */
handler asking_begin;		/* POST /disaster/{incident}/ask */
handler calls_show;		/* GET  /disaster/{incident}/calls */
handler calls_result;		/* POST /disaster/{incident}/calls */
handler message_send;		/* POST /disaster/{incident}/messages */
handler plan_show;		/* GET  /disaster/of/{patient}/plan */
handler plans_due;		/* GET  /disaster/register/plans */
handler plan_show_alone;	/* GET  /disaster/register/{registration}/plan */
handler plan_write_alone;	/* POST /disaster/register/{registration}/plan */
handler plan_write;		/* POST /disaster/of/{patient}/plan */
handler relatives_show;		/* GET  /disaster/of/{patient} */
handler relative_register;	/* POST /disaster/of/{patient}/relatives */
handler relative_dismiss;	/* POST /disaster/of/{patient}/relatives/{relative}/end */
handler code_give;		/* POST /disaster/{incident}/people/{person}/codes */
handler code_ask;		/* GET  /disaster/relative */
handler code_answer;		/* POST /disaster/relative */
handler report_show;		/* GET  /disaster/{incident}/report */
handler report_paper;		/* GET  /disaster/{incident}/report/paper */

#endif
