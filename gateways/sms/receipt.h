/*
 * What a delivery receipt says, and what it makes of a notice's state. Pure.
 * Receipts repeat, come out of order, late, and before our own record.
 */
#ifndef RECEIPT_H
#define RECEIPT_H

#include <stdint.h>

/* Kannel's bits (`%d`); others may be set beside them. */
enum {
	DLR_DELIVERED = 1, DLR_FAILED = 2, DLR_BUFFERED = 4, DLR_SMSC_OK = 8,
	DLR_SMSC_NO = 16, DLR_EXPIRED = 32
};

enum receipt {
	RECEIPT_NONE,		/* no bit that we know */
	RECEIPT_ACCEPTED,	/* the SMSC has it */
	RECEIPT_DELIVERED,
	RECEIPT_EXPIRED,
	RECEIPT_FAILED,		/* deleted, or refused by the SMSC */
	RECEIPT_BAD_NUMBER,	/* undeliverable or rejected: the number's fault */
	RECEIPT_UNKNOWN,	/* the carrier itself does not know */
	RECEIPT_RETURNED	/* Kannel gave up before the SMSC took it */
};

/*
 * The meaning of a type and of the SMSC's words (`%A`: "id:… stat:UNDELIV …",
 * "NACK/0x0000000b/…"); `reply` may be empty.
 */
enum receipt receipt_read(int64_t type, const char *reply);

/*
 * The new state of a notice: one of care_notice.state. `acked`: a receipt came
 * before. Never takes back `delivered`; the same pair again changes nothing.
 */
const char *receipt_apply(enum receipt, const char *state, int acked);

/* A fixed text for people, or NULL. */
const char *receipt_reason(enum receipt);

#endif
