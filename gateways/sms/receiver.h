/*
 * The receiver of what Kannel brings: incoming messages (incoming.h) and delivery
 * receipts: GET /sms/receipt?id=REF&token=…&type=N
 * &reply=…, through nginx's loopback server. 200 taken or known already, 400
 * not understood, 403 wrong token, 404 no such notice, 503 no database. Kannel
 * brings anything but 200 again.
 */
#ifndef RECEIVER_H
#define RECEIVER_H

#include "sms.h"

enum { RECEIPT_TOKEN = 33 /* digits and NUL */ };

struct receiver;

/* Listens on descriptor 0 with threads of its own. NULL with a line in `why`. */
struct receiver *receiver_start(struct sms *, char *why, size_t why_bytes);

/* Both allow NULL. Watch cuts off silent peers; call it every second or two. */
void receiver_watch(struct receiver *);
void receiver_stop(struct receiver *);

/* The secret that a notice's receipts must show: nobody else can make one. */
void receipt_token(const struct seal_key *, const struct ref *id,
    char token[RECEIPT_TOKEN]);

#endif
