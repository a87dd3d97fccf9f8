#include "mail.h"

#include "letter.h"
#include "log.h"
#include "invitation_sql.h"
#include "mail_sql.h"
#include "outbox_sql.h"
#include "smtp.h"

/* The one thing that jobs share. */
static struct mail mail;

#define AT(member) offsetof(struct mail_settings, member)

static const struct setting settings[] = {
	{ "notices_dir", SETTING_TEXT, AT(notices), 1, 1000,
	  SYSCONFDIR "/notices", "folder of the templates" },
	{ "smtp_url", SETTING_TEXT, AT(smtp_url), 8, 255,
	  "smtp://127.0.0.1:25", "mail server; beyond loopback smtps:// or "
	  "smtp:// with STARTTLS, which is then demanded" },
	{ "smtp_user", SETTING_TEXT, AT(smtp_user), 0, 200, "",
	  "account at the mail server; empty: none" },
	{ "smtp_password_file", SETTING_SECRET_FILE, AT(smtp_password), 0,
	  200, "", "file with its password" },
	{ "smtp_ca", SETTING_TEXT, AT(smtp_ca), 0, 1000, "",
	  "file of authorities to trust; empty: the system's" },
	{ "smtp_timeout_s", SETTING_NUMBER, AT(smtp_timeout_s), 1, 300, "30",
	  "longest hand-over of one mail, seconds" },
	{ "mail_from", SETTING_TEXT, AT(mail_from), 3, 254, NULL,
	  "address that mails come from, such as notices@care.example" },
	{ "mail_stop", SETTING_TEXT, AT(mail_stop), 0, 254, "",
	  "address for who asks by mail to get no more of a kind: `tomozuna "
	  "notices stop` does it; empty: none" },
	{ "give_up_minutes", SETTING_NUMBER, AT(give_up_minutes), 1, 10080,
	  "1440", "a notice that is still refused then has failed" },
	{ "digest_minute", SETTING_NUMBER, AT(digest_minute), 0, 1439, "450",
	  "when the daily digest goes, minute of the day in Japan" },
	{ 0 }
};

static int
start(struct daemon *d)
{
	const struct mail_settings *s =
	    (const struct mail_settings *)d->settings;
	char why[300];

	if (s->mail_stop[0] != '\0' && !letter_address_fits(s->mail_stop)) {
		log_line(LOG_ERROR, "settings", "reason", "mail_stop is no address", NULL);
		return -1;
	}
	mail.settings = s;
	mail.outbox = (struct outbox){ "mail", ref_new(),
	    s->smtp_timeout_s + 30, s->give_up_minutes * 60 };
	mail.texts = notice_texts_read(s->notices, why, sizeof why);
	if (mail.texts == NULL) {
		log_line(LOG_ERROR, "templates", "reason", why, NULL);
		return -1;
	}
	mail.smtp = smtp_new(s);
	return 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	smtp_free(mail.smtp);
	notice_texts_free(mail.texts);
}

static int
hand_over(struct daemon *d)
{
	return mail_hand_over(d, &mail);
}

static int
invitations(struct daemon *d)
{
	return mail_invitations(d, &mail);
}

static int
sweep(struct daemon *d)
{
	outbox_sweep(d->db, d->mem, &mail.outbox);
	return 0;
}

static int
digest(struct daemon *d)
{
	return mail_digest(d, &mail);
}

static const struct job jobs[] = {
	{ "hand_over", 200, hand_over },
	{ "invitations", 300, invitations },
	{ "sweep", 2000, sweep },
	{ "digest", 15000, digest },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	mail_queries, outbox_queries, invitation_queries, NULL
};

static const struct gateway gateway = {
	.name = "mail",
	.jobs = jobs,
	.queries = queries,
	.settings = settings,
	.settings_bytes = sizeof(struct mail_settings),
	.start = start,
	.stop = stop
};

int
main(int argc, char **argv)
{
	return daemon_main(&gateway, argc, argv);
}
