/*
 * Messages from phones: POST /sms/incoming?id=KANNEL'S&smsc=CARRIER'S, the text as its
 * body, number and charset in Kannel's headers (tests/standin/README.md), our account at
 * Kannel as Authorization. 200 kept, known already or of no use to anybody; 403 another
 * account, 400 not of Kannel, 413 too long, 503 no database. Kannel brings anything but
 * 200 again. Whose a message is: care/sms_reply.h.
 */
#ifndef INCOMING_H
#define INCOMING_H

#include <stddef.h>

struct arena;
struct exchange;
struct lane;

/* Answers one request; the status. */
int incoming_take(struct lane *, struct exchange *);

/* What a text wants of us. */
enum incoming_word { WORD_OTHER, WORD_STOP, WORD_RESUME };
enum incoming_word incoming_word_of(const char *text);

/* UTF-16, high byte first, as UTF-8 in the arena; NULL if it is none. */
char *incoming_utf16(struct arena *, const char *p, size_t n);

/* `Basic …` for user and password (RFC 7617). */
int incoming_allowed(const char *header, const char *user, const char *password);

#endif
