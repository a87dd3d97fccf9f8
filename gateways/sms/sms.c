#include "sms.h"

#include "event_sql.h"
#include "kannel.h"
#include "log.h"
#include "receiver.h"
#include "sms_sql.h"

#include <errno.h>

/* The one thing that jobs share. */
static struct sms sms;

#define AT(member) offsetof(struct sms_settings, member)

static const struct setting settings[] = {
	{ "notices_dir", SETTING_TEXT, AT(notices), 1, 1000,
	  SYSCONFDIR "/notices", "folder of the templates" },
	{ "kannel_url", SETTING_TEXT, AT(kannel_url), 8, 255,
	  "http://127.0.0.1:13013/cgi-bin/sendsms", "Kannel's sendsms" },
	{ "kannel_user", SETTING_TEXT, AT(kannel_user), 1, 40, "tomozuna",
	  "account at Kannel" },
	{ "kannel_password_file", SETTING_SECRET_FILE, AT(kannel_password), 0,
	  200, "kannel-sendsms-password", "file with its password" },
	{ "kannel_timeout_ms", SETTING_NUMBER, AT(kannel_timeout_ms), 200,
	  20000, "4000", "longest wait for Kannel's answer, milliseconds" },
	{ "sms_sender", SETTING_TEXT, AT(sms_sender), 0, 20, "",
	  "number or name that phones show; empty: Kannel's own" },
	{ "receipt_url", SETTING_TEXT, AT(receipt_url), 8, 200,
	  "http://127.0.0.1:8442/sms/receipt", "where Kannel brings delivery "
	  "receipts: nginx's loopback server" },
	{ "validity_minutes", SETTING_NUMBER, AT(validity_minutes), 1, 10080,
	  "240", "how long the carrier tries" },
	{ "receipt_minutes", SETTING_NUMBER, AT(receipt_minutes), 1, 1440,
	  "10", "without any receipt after that a message is flagged" },
	{ "give_up_minutes", SETTING_NUMBER, AT(give_up_minutes), 1, 10080,
	  "360", "a notice that is still refused then has failed" },
	{ 0 }
};

static int
start_texts(const struct sms_settings *s)
{
	char why[300];

	sms.texts = notice_texts_read(s->notices, why, sizeof why);
	if (sms.texts == NULL)
		log_line(LOG_ERROR, "templates", "reason", why, NULL);
	return sms.texts == NULL ? -1 : 0;
}

static int
start(struct daemon *d)
{
	const struct sms_settings *s =
	    (const struct sms_settings *)d->settings;
	struct seal_key master;
	char why[200];

	sms.settings = s;
	sms.outbox = (struct outbox){ "sms", ref_new(), 30,
	    s->give_up_minutes * 60 };
	if (start_texts(s) != 0)
		return -1;
	if (seal_load_key(s->base.key, &master) != 0) {
		log_line(LOG_ERROR, "key_file", "reason", strerror(errno),
		    NULL);
		return -1;
	}
	seal_derive(&master, "sms receipt", &sms.receipt_key);
	explicit_bzero(&master, sizeof master);
	sms.kannel = kannel_new(s);
	if (d->listener < 0) {
		log_line(LOG_WARNING, "no listener, no receipts", NULL);
		return 0;
	}
	sms.receiver = receiver_start(&sms, why, sizeof why);
	if (sms.receiver == NULL)
		log_line(LOG_ERROR, "receiver", "reason", why, NULL);
	return sms.receiver == NULL ? -1 : 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	receiver_stop(sms.receiver);
	kannel_free(sms.kannel);
	notice_texts_free(sms.texts);
}

static int
hand_over(struct daemon *d)
{
	return sms_hand_over(d, &sms);
}

static int
sweep(struct daemon *d)
{
	receiver_watch(sms.receiver);
	outbox_sweep(d->db, d->mem, &sms.outbox);
	sms_flag_silent(d, &sms);
	return 0;
}

static int
forget(struct daemon *d)
{
	db_begin(d->db, d->mem, 1);
	sms_forget_incoming(d->db);
	sms_forget_questions(d->db);
	(void)db_end(d->db);
	return 0;
}

static int
cost(struct daemon *d)
{
	sms_report_cost(d);
	return 0;
}

static const struct job jobs[] = {
	{ "hand_over", 200, hand_over },
	{ "sweep", 2000, sweep },
	{ "cost", 3600 * 1000, cost },
	{ "forget", 3600 * 1000, forget },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	sms_queries, outbox_queries, event_queries, NULL
};

static const struct gateway gateway = {
	.name = "sms",
	.jobs = jobs,
	.queries = queries,
	.settings = settings,
	.settings_bytes = sizeof(struct sms_settings),
	.start = start,
	.stop = stop
};

int
main(int argc, char **argv)
{
	return daemon_main(&gateway, argc, argv);
}
