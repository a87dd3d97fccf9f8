#include "unit.h"

#include "../../gateways/mail/smtp.c"

static void
outcomes(void **state)
{
	static const struct {
		enum smtp_phase phase;
		int ok;
		long code;
		enum outbox_end end;
		int away;
	} v[] = {
		{ SMTP_DOT, 1, 250, OUTBOX_SENT, 0 },
		{ SMTP_HELLO, 0, 0, OUTBOX_AGAIN, 1 },
		{ SMTP_HELLO, 0, 421, OUTBOX_AGAIN, 1 },
		{ SMTP_HELLO, 0, 535, OUTBOX_AGAIN, 1 },
		{ SMTP_HELLO, 0, 554, OUTBOX_AGAIN, 1 },
		{ SMTP_MAIL, 0, 550, OUTBOX_FAILED, 0 },
		{ SMTP_RCPT, 0, 450, OUTBOX_AGAIN, 0 },
		{ SMTP_RCPT, 0, 451, OUTBOX_AGAIN, 0 },
		{ SMTP_RCPT, 0, 452, OUTBOX_AGAIN, 0 },
		{ SMTP_RCPT, 0, 421, OUTBOX_AGAIN, 1 },
		{ SMTP_RCPT, 0, 550, OUTBOX_FAILED, 0 },
		{ SMTP_RCPT, 0, 250, OUTBOX_AGAIN, 1 },
		{ SMTP_DATA, 0, 354, OUTBOX_AGAIN, 1 },
		{ SMTP_TEXT, 0, 354, OUTBOX_AGAIN, 1 },
		{ SMTP_DOT, 0, 354, OUTBOX_UNKNOWN, 1 },
		{ SMTP_DOT, 0, 0, OUTBOX_UNKNOWN, 1 },
		{ SMTP_DOT, 0, 451, OUTBOX_AGAIN, 0 },
		{ SMTP_DOT, 0, 552, OUTBOX_FAILED, 0 }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		struct smtp_result r = smtp_result_of(v[i].phase, v[i].ok,
		    v[i].code);

		assert_int_equal(r.end, v[i].end);
		assert_int_equal(r.away, v[i].away);
	}
}

/* Elsewhere TLS is demanded; a name that looks like loopback is elsewhere. */
static void
loopback(void **state)
{
	static const char *const here[] = { "smtp://127.0.0.1:25",
	    "smtp://127.0.0.1", "smtp://localhost:25", "smtp://[::1]:25" };
	static const char *const there[] = { "smtp://127.0.0.1.example",
	    "smtp://127.example:25", "smtp://localhost.example",
	    "smtps://127.0.0.1", "smtp://mail.example", "smtp://10.0.0.1" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(here); i++)
		assert_true(smtp_is_loopback(here[i]));
	for (size_t i = 0; i < NELEMENTS(there); i++)
		assert_false(smtp_is_loopback(there[i]));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(outcomes), cmocka_unit_test(loopback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
