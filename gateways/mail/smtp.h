/*
 * One mail to one recipient over SMTP, by libcurl. One recipient a transaction
 * keeps the truth about each.
 */
#ifndef SMTP_H
#define SMTP_H

#include "mail.h"

/* How far a conversation came. What counts is whether the end had been said. */
enum smtp_phase {
	SMTP_HELLO,	/* connecting, greeting, TLS, account */
	SMTP_MAIL, SMTP_RCPT, SMTP_DATA,
	SMTP_TEXT,	/* the text is on its way, its end is not */
	SMTP_DOT	/* the end may have been sent: it may have been taken */
};

struct smtp_result {
	enum outbox_end end;
	const char *reason;	/* a fixed text, or NULL */
	int away;		/* the server, not this mail, is the trouble */
};

struct smtp;

/* The settings outlive it. Free with smtp_free. */
struct smtp *smtp_new(const struct mail_settings *);
void smtp_free(struct smtp *);

/* Hands over `n` bytes of mail; within smtp_timeout_s. */
struct smtp_result smtp_send(struct smtp *, const char *to, const char *mail,
    size_t n);

/*
 * What an outcome of libcurl's means: `ok` it said so, `code` the server's
 * last answer or 0.
 */
struct smtp_result smtp_result_of(enum smtp_phase, int ok, long code);

/* 1 for an address of this host, where TLS is not demanded. */
int smtp_is_loopback(const char *url);

#endif
