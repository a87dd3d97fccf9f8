/* Invitations as RFC 5545 and 5546 want them, read again by libical. */
#include "unit.h"

#include "../../gateways/mail/itip.c"

static const struct ref meeting = { { 0xab, 0xcd } };

static struct itip
sample(int cancel)
{
	return (struct itip){ .meeting = &meeting, .cancel = cancel, .sequence = 3,
		.at = 1796050800000, .starts_at = 1796137200000,
		.ends_at = 1796140800000,
		.summary = "サービス担当者会議、とても長い名前; 句読点, と \\ も",
		.description = "一行目\n二行目: https://care.example/meeting/x",
		.url = cancel ? NULL : "https://care.example/meeting/x",
		.organizer = "notices@care.example",
		.organizer_name = "あさひ町;つながり帳\"x",
		.attendee = "nurse@care.example", .attendee_name = "試 二" };
}

static icalcomponent *
written(struct arena *mem, int cancel, const char **text)
{
	struct itip t = sample(cancel);

	*text = itip_write(mem, &t);
	return icalparser_parse_string(*text);
}

/* CR LF, at most 75 octets a line, no character cut. */
static void
lines_are_folded(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	const char *text, *line;
	icalcomponent *c = written(mem, 0, &text);
	size_t n;

	(void)state;
	for (line = text; *line != '\0'; line += n + 2) {
		n = strcspn(line, "\r\n");
		assert_in_range(n, 1, 75);
		assert_memory_equal(line + n, "\r\n", 2);
		assert_int_not_equal((unsigned char)line[line[0] == ' '] & 0xc0,
		    0x80);
	}
	icalcomponent_free(c);
	arena_free(mem);
}

static void
it_is_read_as_it_was_meant(void **state)
{
	struct arena *mem = arena_new(1 << 20);

	(void)state;
	for (int cancel = 0; cancel < 2; cancel++) {
		const char *text;
		icalcomponent *c = written(mem, cancel, &text);
		icalcomponent *e = icalcomponent_get_first_real_component(c);
		struct itip want = sample(cancel);

		assert_non_null(e);
		assert_int_equal(icalcomponent_count_errors(c), 0);
		assert_int_equal(icalrestriction_check(c), 1);
		assert_int_equal(icalcomponent_get_method(c), cancel ?
		    ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST);
		assert_string_equal(icalcomponent_get_uid(e),
		    "abcd0000000000000000000000000000@tomozuna");
		assert_int_equal(icalcomponent_get_sequence(e), 3);
		assert_string_equal(icalcomponent_get_summary(e), want.summary);
		assert_string_equal(icalcomponent_get_description(e),
		    want.description);
		assert_int_equal(icaltime_as_timet(icalcomponent_get_dtstart(e)),
		    want.starts_at / SECOND_MS);
		assert_int_equal(icaltime_as_timet(icalcomponent_get_dtend(e)),
		    want.ends_at / SECOND_MS);
		assert_int_equal(icalcomponent_get_status(e), cancel ?
		    ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
		icalcomponent_free(c);
	}
	arena_free(mem);
}

static void
sequences_rise(void **state)
{
	(void)state;
	assert_int_equal(itip_sequence(0, -1, 0, 0), 0);	/* the first */
	assert_int_equal(itip_sequence(0, 0, 0, 0), 0);		/* once more */
	assert_int_equal(itip_sequence(2, 1, 0, 0), 2);		/* moved */
	assert_int_equal(itip_sequence(1, 0, 0, 1), 1);		/* all off */
	assert_int_equal(itip_sequence(0, 0, 0, 1), 1);		/* off for her */
	assert_int_equal(itip_sequence(0, 1, 1, 0), 2);		/* on again */
	assert_int_equal(itip_sequence(0, 2, 0, 0), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_folded),
		cmocka_unit_test(it_is_read_as_it_was_meant),
		cmocka_unit_test(sequences_rise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
