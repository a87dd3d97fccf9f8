/* tomozuna-sms: hands notices to Kannel and takes its delivery receipts. */
#ifndef SMS_H
#define SMS_H

#include "daemon.h"
#include "notice_text.h"
#include "outbox.h"
#include "seal.h"

struct sms_settings {
	struct settings base;
	const char *notices;		/* folder of templates */
	const char *kannel_url, *kannel_user, *kannel_password, *sms_sender;
	const char *receipt_url;
	int64_t kannel_timeout_ms, validity_minutes, give_up_minutes;
	int64_t receipt_minutes;
};

/* What this run keeps between jobs; made at start. */
struct sms {
	const struct sms_settings *settings;
	struct notice_texts *texts;
	struct kannel *kannel;
	struct receiver *receiver;	/* NULL: no listener, no receipts */
	struct seal_key receipt_key;
	struct outbox outbox;
	struct outbox_pause pause;
};

/* Hands over what is due; 1 when there may be more. */
int sms_hand_over(struct daemon *, struct sms *);

/* The month that an instant counts for, as YYYYMM in Japan. */
int64_t sms_month_of(utc_ms);

/* Flags what has got no receipt in time. */
void sms_flag_silent(struct daemon *, const struct sms *);

/* Logs what each network has spent this month, in units and yen. */
void sms_report_cost(struct daemon *);

#endif
