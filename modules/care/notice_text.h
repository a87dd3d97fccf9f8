/*
 * The words of notices: templates in conf/notices/KIND.CHANNEL.LANG.txt.
 *
 * A mail template's first line is `Subject: …`, then an empty line, then the
 * text; an SMS template is the text alone. `{{name}}` is one of the names of
 * notice_words below and nothing else: there is none for a patient, a disease,
 * a drug, a level, an address, nor for any text from an entry.
 */
#ifndef NOTICE_TEXT_H
#define NOTICE_TEXT_H

#include "instant.h"
#include "text.h"

enum notice_channel { NOTICE_MAIL, NOTICE_SMS };

/* All that a message may say. */
struct notice_words {
	const char *sender;	/* network's, at the head: 【むつみ町つながり帳】 */
	const char *nickname;
	const char *phone;	/* network's published number */
	const char *office;	/* the receiver's own office */
	const char *link;	/* https://…, needs signing in; no patient's ref */
	utc_ms at;
	int count;
	const char *code;	/* one-time code, for kinds that have one */
};

/*
 * Checks one template: known names only, an SMS within 660 units and, filled
 * with the longest values, no more than 4 segments; no control character; a
 * mail has a subject. 0, or -1 with one line in `why`.
 */
int notice_text_lint(enum notice_channel, const char *text, char *why,
    size_t why_bytes);

struct notice_texts;	/* all templates of a folder */

/* Reads and checks a folder; NULL with one line in `why` if any is wrong. */
struct notice_texts *notice_texts_read(const char *folder, char *why,
    size_t why_bytes);
void notice_texts_free(struct notice_texts *);

/* Fills subject (mail only) and body. 0, or -1 if there is no such template. */
int notice_text_fill(const struct notice_texts *, const char *kind,
    enum notice_channel, const char *lang, const struct notice_words *,
    struct buf *subject, struct buf *body);

#endif
