#include "unit.h"

#include "../../gateways/sms/kannel.c"

static void
answers(void **state)
{
	static const struct {
		long code;
		const char *body;
		int begun;
		enum outbox_end end;
		int away;
	} v[] = {
		{ 202, "0: Accepted for delivery", 1, OUTBOX_SENT, 0 },
		{ 202, "3: Queued for later delivery", 1, OUTBOX_SENT, 1 },
		{ 503, "Temporal failure, try again later.", 1, OUTBOX_AGAIN,
		    1 },
		{ 403, "Authorization failed for sendsms", 1, OUTBOX_AGAIN, 1 },
		{ 403, "Not routable. Do not try again.", 1, OUTBOX_FAILED, 0 },
		{ 400, "Number(s) has/have been denied by white- and/or "
		    "black-lists.", 1, OUTBOX_FAILED, 0 },
		{ 400, "Missing receiver(s) number(s), rejected", 1,
		    OUTBOX_FAILED, 0 },
		{ 400, "Coding field misformed, rejected", 1, OUTBOX_AGAIN, 1 },
		{ 404, "Unknown request.", 1, OUTBOX_AGAIN, 1 },
		{ 0, "", 1, OUTBOX_UNKNOWN, 1 },
		{ 0, "", 0, OUTBOX_AGAIN, 1 }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		struct kannel_result r = kannel_result_of(v[i].code,
		    v[i].body, v[i].begun);

		assert_int_equal(r.end, v[i].end);
		assert_int_equal(r.away, v[i].away);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(answers) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
