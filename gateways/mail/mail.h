/* tomozuna-mail: hands notices to the mail server and writes the daily digest. */
#ifndef MAIL_H
#define MAIL_H

#include "daemon.h"
#include "notice_text.h"
#include "outbox.h"

struct mail_settings {
	struct settings base;
	const char *notices;		/* folder of templates */
	const char *smtp_url, *smtp_user, *smtp_password, *smtp_ca;
	const char *mail_from, *mail_stop;
	int64_t smtp_timeout_s, give_up_minutes, digest_minute;
};

/* What this run keeps between jobs; made by `mail_start`. */
struct mail {
	const struct mail_settings *settings;
	struct notice_texts *texts;
	struct smtp *smtp;
	struct outbox outbox;
	struct outbox_pause pause;
	civil_date digest_done;		/* the last day whose digest is written */
};

/* Hands over what is due; 1 when there may be more. */
int mail_hand_over(struct daemon *, struct mail *);

/* Sends what invitations to meetings have to say; 1 when there may be more. */
int mail_invitations(struct daemon *, struct mail *);

/*
 * Writes the day's digest notices once it is time: one a user with something
 * unread, who has mail and did not switch it off. A second run of the same
 * day adds nothing.
 */
int mail_digest(struct daemon *, struct mail *);

#endif
