/*
 * Who belongs to whom: registration, consent, team, invitations, the end.
 * Handlers; the table of routes is in team.c.
 */
#ifndef TEAM_H
#define TEAM_H

#include "module.h"

/* The roles that somebody may have in a team, as an input's choices. */
#define TEAM_ROLES "attending_physician|deputy_physician|visiting_nurse|" \
	"pharmacist|care_manager|home_helper|therapist|day_service|dentist|" \
	"vaccinating_physician|stay|officer|welfare_volunteer"

enum {
	WRITING_DAYS = 30,	/* the team writes on after death or discharge */
	IMAGE_BYTES = 20 * 1024 * 1024,	/* of a consent, as a phone takes it */
	LIST_BYTES = 1024 * 1024	/* of consents */
};

handler office_show;		/* GET  /team: what waits for one's office */
handler registration_show;	/* GET  /team/new */
handler registration_check;	/* POST /team/check: is she here already? */
handler registration_add;	/* POST /team/new */
handler members_show;		/* GET  /team/{patient} */
handler members_letter;		/* GET  /team/{patient}/letter, for the patient */
handler members_join;		/* POST /team/{patient}/join: one's own office */
handler members_leave;		/* POST /team/{patient}/{member}/leave */
handler members_role;		/* POST /team/{patient}/{member}/role */
handler corrections_find;	/* POST /team/unmanaged */
handler corrections_show;	/* GET  /team/{patient}/person */
handler corrections_check;	/* POST /team/{patient}/person/check: what would change */
handler corrections_make;	/* POST /team/{patient}/person */
handler consents_show;		/* GET  /team/{patient}/consents */
handler consents_record;	/* POST /team/{patient}/consents */
handler consents_form;		/* GET  /team/{patient}/form, to be signed */
handler withdrawal_preview;	/* GET  /team/{patient}/consents/{consent} */
handler withdrawal_make;	/* POST /team/{patient}/consents/{consent}/withdraw */
handler images_add;		/* POST /team/{patient}/consents/{consent}/image */
handler images_open;		/* GET  of the same */
handler imports_show;		/* GET  /team/import */
handler imports_take;		/* POST /team/import: a list, to be tried */
handler imports_try;		/* GET  /team/import/{import}: what would come of it */
handler imports_apply;		/* POST /team/import/{import} */
handler proxies_add;		/* POST /team/{patient}/proxies */
handler proxies_end;		/* POST /team/{patient}/proxies/{proxy}/end */
handler invitations_make;	/* POST /team/{patient}/invite */
handler invitations_accept;	/* POST /team/invitation/{invitation}/accept */
handler invitations_decline;	/* POST /team/invitation/{invitation}/decline */
handler invitations_cancel;	/* POST /team/invitation/{invitation}/cancel */
handler invitations_resend;	/* POST /team/invitation/{invitation}/resend */
handler invitations_approve;	/* POST /team/invitation/{invitation}/approve */
handler handovers_offer;	/* POST /team/{patient}/handover */
handler handovers_accept;	/* POST /team/handover/{handover}/accept */
handler handovers_decline;	/* POST /team/handover/{handover}/decline */
handler handovers_cancel;	/* POST /team/handover/{handover}/cancel */
handler episode_end;		/* POST /team/{patient}/end */
handler episode_undo;		/* POST /team/{patient}/undo-end */

struct managed_patient;		/* team.sql: a patient whom the viewer's office manages */

/*
 * The path's {patient}, if the viewer acts for the office that manages her;
 * NULL (answer 404) if not. Names her in the audit. For routes of USER.
 */
const struct managed_patient *managed_find(struct req *);

struct found;			/* consent.sql: a consent */

/*
 * The path's {consent} of her, or NULL (answer 404): there is none, or the viewer
 * does not act for her. *out: as managed_find.
 */
const struct found *consent_of(struct req *, const struct managed_patient **out);

/* Puts the row as `managed`, for about.html; NULL is null. */
void managed_put(struct req *, struct model *, const struct managed_patient *);

/*
 * The image of the request, if it has one, becomes the consent's; `was` is the one
 * that it takes the place of, NULL for none, and 409 when that has changed. The
 * one before stays stored, and nobody is shown it.
 */
void images_keep(struct req *, int64_t patient, const struct ref *consent,
    const struct ref *was);

/* Whether the request has one. */
int images_given(const struct req *);

/*
 * Lets a user (0: the office as a whole) join the open episode. Returns 0;
 * after refusing by the input `team_role` its status: she has joined already,
 * or there is an attending physician. A patient without an open episode is a
 * sticky 409.
 */
int team_admit(struct req *, int64_t patient, int64_t office, int64_t user,
    const char *role, const struct ref *id);

/*
 * Closes the page as of `at` because no consent to share is left: the episode, the
 * memberships, what is pending and what waits. `reason` is consent_withdrawn or
 * consent_expired; `actor` 0: nobody did it, a day came.
 */
void episode_close(struct db *, int64_t patient, int64_t network,
    const char *reason, utc_ms at, int64_t actor);

/*
 * What a consent that has run out ends, as its withdrawal would have at that moment:
 * of one patient, or, with NULL, of a number of them. Returns how many.
 */
size_t episode_lapse(struct db *, const int64_t *patient, utc_ms now);

/*
 * Reacts to whereabouts: a death or a move ends the open episode with its thirty days
 * of writing; being alive and here takes such an end back while the team may write.
 */
void episode_follow(struct db *, const struct event *, const struct ref *id,
    utc_ms now);

/*
 * Opens an episode, with the network's officers on the team where it says so. Its refs
 * are req_ref's n and n + 1.
 */
void episode_begin(struct req *, int64_t patient, int64_t network, int n);

/*
 * Tells the managing offices, 60 and 14 days before, that a consent runs out: in a
 * transaction of its own. Returns whether there may be more.
 */
int reminders_tell(struct db *, struct arena *, utc_ms now);

/* Puts `ending`: the consents that the viewer's office is to renew within 60 days. */
void reminders_put(struct req *, struct model *);

/* module.tidy: consents that ran out, lists whose hour has passed, files of nobody. */
int team_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

/* What team itself does after somebody lost access; ended by a NULL topic. */
extern const struct reaction team_reactions[];

/* Publishes what happened around a team, for the timeline and others. */
void team_tell(struct req *, const char *topic, int64_t patient,
    const struct ref *about, const char *ja, const char *en);

#endif
