/*
 * One message to one number through Kannel's sendsms, as measured against
 * 1.4.5 (tests/standin/README.md). By POST, so that neither number nor text
 * stands in a URL.
 */
#ifndef KANNEL_H
#define KANNEL_H

#include "sms.h"
#include "sms_text.h"

struct kannel_result {
	enum outbox_end end;
	const char *reason;	/* a fixed text, or NULL */
	int away;		/* Kannel or the SMSC is the trouble: pause */
};

struct kannel;

/* The settings outlive it. Free with kannel_free. */
struct kannel *kannel_new(const struct sms_settings *);
void kannel_free(struct kannel *);

/* Hands over; within kannel_timeout_ms. `to` is normalised (phone.h). */
struct kannel_result kannel_send(struct kannel *, const char *to,
    const char *text, enum sms_encoding, const char *receipt_url);

/*
 * What an answer means. `code` 0: none came; then `begun` says whether any of
 * the request had been sent, so that it may have been taken.
 */
struct kannel_result kannel_result_of(long code, const char *body, int begun);

#endif
