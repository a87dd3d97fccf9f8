#include "receipt.h"

enum { INVALID_DESTINATION = 0x0b };	/* SMPP 3.4: ESME_RINVDSTADR */

/* The state in the SMSC's own words, which tell more than Kannel's bits. */
static enum receipt
read_words(const char *reply)
{
	static const struct {
		const char *stat;
		enum receipt receipt;
	} known[] = {
		{ "stat:DELIVRD", RECEIPT_DELIVERED },
		{ "stat:EXPIRED", RECEIPT_EXPIRED },
		{ "stat:DELETED", RECEIPT_FAILED },
		{ "stat:UNDELIV", RECEIPT_BAD_NUMBER },
		{ "stat:REJECTD", RECEIPT_BAD_NUMBER },
		{ "stat:UNKNOWN", RECEIPT_UNKNOWN },
		{ "stat:ACCEPTD", RECEIPT_ACCEPTED },
		{ "stat:ENROUTE", RECEIPT_ACCEPTED }
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strstr(reply, known[i].stat) != NULL)
			return known[i].receipt;
	return RECEIPT_NONE;
}

/* "NACK/0x0000000b/Invalid…" is the SMSC's; "NACK/Retries…" is Kannel's. */
static enum receipt
read_refusal(const char *reply)
{
	const char *code = strstr(reply, "NACK/0x");

	if (code == NULL)
		return RECEIPT_RETURNED;
	return strtol(code + strlen("NACK/"), NULL, 16) ==
	    INVALID_DESTINATION ? RECEIPT_BAD_NUMBER : RECEIPT_FAILED;
}

enum receipt
receipt_read(int64_t type, const char *reply)
{
	enum receipt r = read_words(reply);

	if (type & DLR_SMSC_NO)
		return read_refusal(reply);
	if (r != RECEIPT_NONE && (type & (DLR_DELIVERED | DLR_FAILED |
	    DLR_BUFFERED | DLR_EXPIRED)))
		return r;
	if (type & DLR_DELIVERED)
		return RECEIPT_DELIVERED;
	if (type & DLR_EXPIRED)
		return RECEIPT_EXPIRED;
	if (type & DLR_FAILED)
		return RECEIPT_FAILED;
	if (type & (DLR_BUFFERED | DLR_SMSC_OK))
		return RECEIPT_ACCEPTED;
	return RECEIPT_NONE;
}

static int
is(const char *state, const char *a, const char *b)
{
	return strcmp(state, a) == 0 || strcmp(state, b) == 0;
}

const char *
receipt_apply(enum receipt r, const char *state, int acked)
{
	int open = is(state, "queued", "sending");
	int loose = open || is(state, "sent", "unknown");

	switch (r) {
	case RECEIPT_ACCEPTED:
		return open || (!acked && is(state, "unknown", "unknown")) ?
		    "sent" : state;
	case RECEIPT_DELIVERED:
		return is(state, "suppressed", "suppressed") ? state :
		    "delivered";
	case RECEIPT_EXPIRED:
		return loose ? "expired" : state;
	case RECEIPT_FAILED:
	case RECEIPT_BAD_NUMBER:
		return loose ? "failed" : state;
	case RECEIPT_UNKNOWN:
		return loose ? "unknown" : state;
	case RECEIPT_RETURNED:
		return !acked && is(state, "sent", "unknown") ? "queued" :
		    state;
	case RECEIPT_NONE:
		break;
	}
	return state;
}

const char *
receipt_reason(enum receipt r)
{
	static const char *const reason[] = {
		[RECEIPT_EXPIRED] = "the phone was not reached in time",
		[RECEIPT_FAILED] = "the carrier did not deliver it",
		[RECEIPT_BAD_NUMBER] = "number: the carrier cannot deliver to it",
		[RECEIPT_UNKNOWN] = "the carrier does not know",
		[RECEIPT_RETURNED] = "Kannel gave it back"
	};

	return r > RECEIPT_DELIVERED ? reason[r] : NULL;
}
