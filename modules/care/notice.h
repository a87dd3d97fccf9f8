/*
 * Notices: word that something waits, and where; never what. The acting module
 * inserts them in its own transaction; gateways/mail and gateways/sms send.
 *
 * A notice holds no text. Its kind names a template (conf/notices/), which has
 * no place for patient data (notice_text.h refuses one that has).
 */
#ifndef NOTICE_H
#define NOTICE_H

#include "db.h"

struct req;

/*
 * Kinds, and by which channel each goes unless user or network choose
 * otherwise. SMS only for urgent entries, ambulance crews, overdue questions and
 * disasters;
 * all else is a badge and the daily digest mail.
 */
struct notice_kind {
	const char *name;	/* care_notice.kind, template's file name */
	const char *label;	/* Japanese, for the switches */
	int mail, sms;		/* by default */
	int sms_allowed;	/* may be switched on at all */
	int at_night;		/* is sent between 21:00 and 08:00 (JST), of a
				 * team to who is on duty, to the others at 08:00 */
	int priority;		/* 0 is handed over before all others */
	const char *path;	/* where the link leads; needs signing in */
	int choosable;		/* each user may switch it for herself */
	int repeats;		/* again as the network has set it
				 * (urgent_again_minutes, urgent_again_times) */
	int after_stop;			/* goes to a number that wants none, too:
				 * it says that this was understood */
	int sms_only;			/* there is no mail of it */
	int uncapped;			/* lives: sent above the month's cap, too */
};

/*
 * When a notice of this kind may go: now, or at 08:00 (JST) if it is night
 * and the kind can wait.
 */
utc_ms notice_due(const struct notice_kind *, utc_ms now);
int notice_is_night(utc_ms now);

/* Ends with a NULL name. */
extern const struct notice_kind notice_kinds[];
const struct notice_kind *notice_kind_find(const char *name);

/*
 * Whether whoever holds a mail of this kind may end the kind by it, without signing
 * in. Not of what cannot wait: a mail program that presses the button by itself, or a
 * colleague to whom a mail was forwarded, would leave an urgent word untold.
 */
int notice_stoppable(const struct notice_kind *);

/*
 * Tells the team of a patient, but not its author, of an urgent entry: one
 * notice a member and channel, by their switches, and its repetitions; at
 * night who is on duty, the others at 08:00. Told are those for whom the cause has an urgent mark (care_mark), so
 * that whoever may not see it is not told either: mark first. Members of an office that joined as a whole: those on duty, or all of
 * them where none is. Officers get none. A second call for the
 * same cause adds nothing. Returns the number of people told at
 * once, -1 on failure; *later, unless NULL, is that of the morning.
 */
int64_t notice_urgent_entry(struct req *r, int64_t patient,
    const struct ref *cause, int64_t *later);

/* The same of another kind, such as `emergency`; aborts if there is no such kind. */
int64_t notice_marked(struct req *r, int64_t patient, const struct ref *cause,
    const char *kind, int64_t *later);

/*
 * One notice to one user, such as `device_revoked`, by her switches and not
 * before `due`; a kind that can wait is not sent at night. A second call for
 * the same cause and kind adds nothing. Returns the number of messages, -1 on
 * failure; aborts if there is no such kind.
 */
int64_t notice_user(struct db *, int64_t user, const char *kind,
    const struct ref *cause, const struct ref *request, utc_ms due);

/*
 * An SMS to a resident who agreed to it and is no user; `on_behalf` is the user who
 * recorded that. Not sent at night unless the kind is. A second call for the same cause
 * adds nothing.
 */
void notice_resident(struct db *, int64_t network, int64_t on_behalf,
    const char *mobile, const char *kind, const struct ref *cause, utc_ms now);

#endif
