/*
 * Questions by SMS, and what phones answer. A module asks with sms_ask; gateways/sms
 * takes what comes, once, and says by an event whose it is:
 *
 * - a stop word ends all SMS to that number (`sms.stopped`), another resumes them
 *   (`sms.resumed`); the phone is told once;
 * - a first word of care_sms_keyword is an event of that row's topic;
 * - else the one open question to that number, or of several the one whose code
 *   stands in the text, is answered: an event of the question's topic;
 * - else it is nobody's, and the phone is told so once a day.
 *
 * The event is about the message: sms_said reads it. Besides the event's own rights the
 * reader wants SELECT on care_sms_incoming and care_sms_question, who asks INSERT and
 * SELECT on care_sms_question and INSERT on care_notice.
 */
#ifndef SMS_REPLY_H
#define SMS_REPLY_H

#include "db.h"
#include "sms_reply_sql.h"

enum { SMS_WORDS = 16, SMS_WORD_BYTES = 32, SMS_CODE = 5 /* digits and NUL */ };

struct sms_question {
	int64_t network, on_behalf;	/* on_behalf: a user, as notice_resident */
	const char *mobile;		/* normalised (phone.h) */
	const char *kind;		/* of the notice; its template has {{code}} */
	const char *topic;		/* of the event that the answer will be */
	const struct ref *about;	/* the asker's own thing */
	utc_ms until;
};

/*
 * Queues the message and opens the question, within the caller's transaction. `id`
 * is the question's, new. The code follows from it.
 */
void sms_ask(struct db *, const struct sms_question *, const struct ref *id,
    utc_ms now);

/*
 * The words of a text, folded as kana_fold does, runs of digits and of letters each for
 * itself: "１ 無事です" is `1` and its letters. No more than SMS_WORDS; one that is too
 * long for SMS_WORD_BYTES is left out. How many.
 */
size_t sms_words(const char *text, char words[SMS_WORDS][SMS_WORD_BYTES]);

#endif
