#include "sms_reply.h"

#include "kana.h"
#include "notice.h"

#include <utf8proc.h>

void
sms_ask(struct db *db, const struct sms_question *q, const struct ref *id,
    utc_ms now)
{
	const struct notice_kind *k = notice_kind_find(q->kind);
	unsigned number = (unsigned)id->b[0] << 8 | id->b[1];
	char code[SMS_CODE];

	if (k == NULL)
		abort();
	(void)snprintf(code, sizeof code, "%04u", number % 10000);
	sms_reply_put_question(db, id, q->network, q->mobile, code, q->topic,
	    q->about, now, q->until);
	sms_reply_put_message(db, q->network, q->on_behalf, q->mobile, k->name,
	    k->priority, id, notice_due(k, now), now, code);
}

/* ---- words ---- */

enum run { SEPARATOR, DIGITS, LETTERS };

static enum run
run_of(int32_t point)
{
	utf8proc_category_t c = utf8proc_category(point);

	if (c == UTF8PROC_CATEGORY_ND)
		return DIGITS;
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO ?
	    LETTERS : SEPARATOR;
}

/* Bytes of the run that a text begins with; 0 at its end or where it is not UTF-8. */
static size_t
run_length(const char *text, enum run *run)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t point;
	size_t n = 0;

	for (;;) {
		utf8proc_ssize_t step = utf8proc_iterate(p + n, -1, &point);

		if (p[n] == '\0' || step <= 0 ||
		    (n > 0 && run_of(point) != *run))
			return n;
		*run = run_of(point);
		n += (size_t)step;
	}
}

size_t
sms_words(const char *text, char words[SMS_WORDS][SMS_WORD_BYTES])
{
	char run_text[4 * SMS_WORD_BYTES];
	enum run run = SEPARATOR;
	size_t count = 0, n;

	for (; count < SMS_WORDS && (n = run_length(text, &run)) > 0; text += n) {
		if (run == SEPARATOR || n >= sizeof run_text)
			continue;
		memcpy(run_text, text, n);
		run_text[n] = '\0';
		if (kana_fold(run_text, words[count], SMS_WORD_BYTES) == 0 &&
		    words[count][0] != '\0')
			count++;
	}
	return count;
}
