/* One mail as it travels (RFC 5322): plain text, UTF-8, base64, and perhaps a calendar. */
#ifndef LETTER_H
#define LETTER_H

#include "instant.h"
#include "ref.h"
#include "text.h"

struct letter {
	const char *to, *from;		/* addresses, checked */
	const char *from_name;		/* UTF-8 */
	const char *subject, *body;	/* UTF-8; \n ends a line of the body */
	const struct ref *id;		/* the notice's: Message-ID <id@domain>,
					 * the same on every try, so that two
					 * copies fold into one */
	const char *id_more;		/* more of it, or NULL */
	const char *stop;		/* https://…, ends mails of its kind by a
					 * POST (RFC 8058), or NULL */
	const char *stop_mail;		/* who ends them by hand, by a mail with
					 * the last part of `stop` as subject; "" */
	const char *calendar;		/* iCalendar, beside the body and attached
					 * as invite.ics; NULL: none */
	const char *method;		/* of it: REQUEST, CANCEL */
	utc_ms at;
};

/*
 * 1 if it may stand in a header and an envelope: printable ASCII, one @ with
 * something around, no space, quote, bracket, comma or semicolon.
 */
int letter_address_fits(const char *address);

/*
 * Writes the mail with CRLF. Whatever the texts hold, they end no header:
 * they travel as RFC 2047 words and base64.
 */
void letter_write(struct buf *, const struct letter *);

#endif
