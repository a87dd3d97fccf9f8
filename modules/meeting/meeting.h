/* Handlers of meetings and what they share; the table of routes is in meeting.c. */
#ifndef MEETING_H
#define MEETING_H

#include "meeting_sql.h"
#include "module.h"

enum {
	OPENS_MINUTES = 15,	/* before the start one may come in */
	LINGER_MINUTES = 30,	/* after the end the last have left, and links die */
	LONGEST_HOURS = 8,
	AHEAD_DAYS = 400,	/* a meeting is planned at most */
	DATES_MOST = 10,	/* put to the invited */
	PAPERS_MOST = 20,	/* of one meeting, at a time */
	PAPER_BYTES = 20 * 1024 * 1024,
	PAPER_DAYS = 7		/* after the meeting a form proposes */
};

/*
 * The meeting of the path, if the viewer may see it; NULL: 404. Its patient is
 * named in the audit.
 */
const struct found *meeting_of(struct req *);

/* The same for who holds it, while it is not cancelled; else *status is why not. */
const struct found *meeting_held(struct req *, int *status);

/* The viewer's family and given name, as a row keeps them. */
const char *meeting_writer(struct req *);

/* Whether her profession may write care information (care/profession.h). */
int meeting_may_hold(const struct req *);

/*
 * Whether her profession reads what is medical. Agenda and minutes may hold it: of a
 * patient's meetings others of the team see those that they are invited to.
 */
int meeting_may_look(const struct req *);

/*
 * Times of the form: `day`, `begins`, `ends` (Japanese). 0, or the status of a
 * refusal that names the input.
 */
int meeting_times(struct req *, utc_ms *starts, utc_ms *ends);

/* The dates that are put to the invited, with what they said; none but while polling. */
void polls_put(struct req *, struct model *, const struct found *);

/* Its papers, and until when the form proposes one to stay. */
void papers_put(struct req *, struct model *, const struct found *);

/* Deletes papers whose day has passed, some at a time. 1: there is more. */
int papers_lapse(struct db *, struct arena *);

/*
 * struct module.tidy: reminds whoever is invited the day before, takes back recording that
 * is not agreed to any more, lets papers go and sweeps up files of nobody.
 */
int meeting_tidy(const struct settings *, struct db *, struct arena *,
    utc_ms now);

/* Whom one press invites beside those who are invited already. */
enum group { GROUP_NONE, GROUP_TEAM, GROUP_FORUM };

/* The team of its patient, the people of its forum, or nobody more. */
enum group meeting_group(const struct found *);

/* Invites them, whom nobody has told of it yet. */
void meeting_add_group(struct req *, const struct ref *meeting, enum group);

/* Asks for the provider and for invitations. 0, or the status of a refusal. */
int meeting_ask(struct req *, const struct ref *meeting, enum group);

/*
 * Makes the meeting of the form, of the patient, the forum or neither (0). 201, or the
 * status of a refusal.
 */
int meeting_make(struct req *, struct model *, int64_t patient, int64_t forum);

/* What a form for a meeting needs to know: where meetings are held, and today. */
void meeting_put_form(struct req *, struct model *);

handler meetings_show;		/* GET  /meeting */
handler meetings_new;		/* GET  /meeting/new */
handler meetings_make;		/* POST /meeting, /meeting/of/{patient} */
handler meetings_of_patient;	/* GET  /meeting/of/{patient} */
handler meetings_one;		/* GET  /meeting/{meeting} */
handler meetings_change;	/* POST /meeting/{meeting}/change */
handler meetings_cancel;	/* POST /meeting/{meeting}/cancel */
handler meetings_consent;	/* POST /meeting/{meeting}/consent */

handler forum_meetings;		/* GET  /meeting/in/{forum} */
handler forum_make;		/* POST /meeting/in/{forum} */

handler invitations_send;	/* POST /meeting/{meeting}/invite */
handler invitations_guest;	/* POST /meeting/{meeting}/guest */
handler invitations_answer;	/* POST /meeting/{meeting}/answer */
handler invitations_sign_up;	/* POST /meeting/{meeting}/sign_up */
handler invitations_remove;	/* POST /meeting/{meeting}/{invitation}/remove */

handler polls_offer;		/* POST /meeting/{meeting}/dates */
handler polls_vote;		/* POST /meeting/{meeting}/vote */
handler polls_take;		/* POST /meeting/{meeting}/take */

handler papers_add;		/* POST /meeting/{meeting}/papers */
handler papers_open;		/* GET  /meeting/{meeting}/papers/{paper} */
handler papers_take_back;	/* POST /meeting/{meeting}/papers/{paper}/remove */

handler courses_show;		/* GET  /meeting/training */

handler room_enter;		/* POST /meeting/{meeting}/enter */
handler room_wait;		/* GET  /meeting/{meeting}/room */
handler room_go;			/* GET  /meeting/{meeting}/go */
handler guest_wait;		/* GET  /meeting/guest/{token} */
handler guest_enter;		/* POST /meeting/guest/{token}/enter */
handler guest_go;		/* GET  /meeting/guest/{token}/go */
handler guest_answer;		/* POST /meeting/guest/{token}/answer */
handler guest_renew;		/* POST /meeting/guest/{token}/renew */

handler minutes_write;		/* POST /meeting/{meeting}/minutes */
handler minutes_print;		/* GET  /meeting/{meeting}/print */
handler minutes_sheet;		/* GET  /meeting/{meeting}/sheet */

#endif
