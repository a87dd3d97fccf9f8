#include "unit.h"

#include "../../gateways/sms/receipt.c"

static void
types_and_words(void **state)
{
	static const struct {
		int64_t type;
		const char *reply;
		enum receipt want;
	} v[] = {
		{ 1, "", RECEIPT_DELIVERED }, { 2, "", RECEIPT_FAILED },
		{ 34, "", RECEIPT_EXPIRED }, { 4, "", RECEIPT_ACCEPTED },
		{ 8, "ACK/", RECEIPT_ACCEPTED }, { 0, "", RECEIPT_NONE },
		{ 64, "stat:DELIVRD", RECEIPT_NONE },
		{ 1, "id:1 stat:DELIVRD err:000", RECEIPT_DELIVERED },
		{ 34, "id:1 stat:EXPIRED err:000", RECEIPT_EXPIRED },
		{ 2, "stat:DELETED", RECEIPT_FAILED },
		{ 2, "stat:UNDELIV", RECEIPT_BAD_NUMBER },
		{ 2, "stat:REJECTD", RECEIPT_BAD_NUMBER },
		{ 2, "stat:UNKNOWN", RECEIPT_UNKNOWN },
		{ 4, "stat:ENROUTE", RECEIPT_ACCEPTED },
		{ 4, "stat:ACCEPTD", RECEIPT_ACCEPTED },
		{ 16, "NACK/0x0000000b/Invalid Destination Address",
		    RECEIPT_BAD_NUMBER },
		{ 16, "NACK/0x00000045/Submit failed", RECEIPT_FAILED },
		{ 16, "NACK/Retries Exceeded", RECEIPT_RETURNED },
		{ 16, "NACK/", RECEIPT_RETURNED }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++)
		assert_int_equal(receipt_read(v[i].type, v[i].reply),
		    v[i].want);
}

/* Every receipt on every state, by hand; acked and not. */
static void
states(void **state)
{
	static const struct {
		const char *from;
		const char *accepted, *delivered, *expired, *failed, *unknown,
		    *returned;
	} v[] = {
		{ "queued", "sent", "delivered", "expired", "failed",
		    "unknown", "queued" },
		{ "sending", "sent", "delivered", "expired", "failed",
		    "unknown", "sending" },
		{ "sent", "sent", "delivered", "expired", "failed", "unknown",
		    "queued" },
		{ "unknown", "sent", "delivered", "expired", "failed",
		    "unknown", "queued" },
		{ "expired", "expired", "delivered", "expired", "expired",
		    "expired", "expired" },
		{ "failed", "failed", "delivered", "failed", "failed",
		    "failed", "failed" },
		{ "delivered", "delivered", "delivered", "delivered",
		    "delivered", "delivered", "delivered" },
		{ "suppressed", "suppressed", "suppressed", "suppressed",
		    "suppressed", "suppressed", "suppressed" }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		const char *s = v[i].from;

		assert_string_equal(receipt_apply(RECEIPT_ACCEPTED, s, 0),
		    v[i].accepted);
		assert_string_equal(receipt_apply(RECEIPT_DELIVERED, s, 1),
		    v[i].delivered);
		assert_string_equal(receipt_apply(RECEIPT_EXPIRED, s, 1),
		    v[i].expired);
		assert_string_equal(receipt_apply(RECEIPT_FAILED, s, 1),
		    v[i].failed);
		assert_string_equal(receipt_apply(RECEIPT_BAD_NUMBER, s, 0),
		    v[i].failed);
		assert_string_equal(receipt_apply(RECEIPT_UNKNOWN, s, 1),
		    v[i].unknown);
		assert_string_equal(receipt_apply(RECEIPT_RETURNED, s, 0),
		    v[i].returned);
	}
	assert_string_equal(receipt_apply(RECEIPT_ACCEPTED, "unknown", 1),
	    "unknown");
	assert_string_equal(receipt_apply(RECEIPT_RETURNED, "sent", 1), "sent");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_and_words), cmocka_unit_test(states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
