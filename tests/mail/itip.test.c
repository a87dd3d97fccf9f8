/* Invitations as RFC 5545 and 5546 want them, read again by libical. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* How often the event has a property, whose name is written without "-". */
static int
times(icalcomponent *e, const char *name)
{
	int n = 0;

	for (icalproperty *p = icalcomponent_get_first_property(e,
	    ICAL_ANY_PROPERTY); p != NULL;
	    p = icalcomponent_get_next_property(e, ICAL_ANY_PROPERTY)) {
		char plain[40] = "";

		for (const char *c = icalproperty_get_property_name(p);
		    *c != '\0'; c++)
			if (*c != '-')
				strncat(plain, c, 1);
		n += strcmp(plain, name) == 0;
	}
	return n;
}

static int
obeys(int n, const char *rule)
{
	if (strncmp(rule, "ONEPLUS", 7) == 0)
		return n >= 1;
	if (strncmp(rule, "ZEROPLUS", 8) == 0)
		return 1;
	if (strncmp(rule, "ZEROORONE", 9) == 0 ||
	    strncmp(rule, "ONEEXCLUSIVE", 12) == 0)
		return n <= 1;
	return strncmp(rule, "ZERO", 4) == 0 ? n == 0 : n == 1;
}

/* One line of the table: METHOD,VEVENT,PROPERTY,NONE,RULE. 1 if it is about us. */
static int
check_rule(icalcomponent *e, char *line, const char *method)
{
	char *next = line, *field[5];

	for (int i = 0; i < 5; i++)
		if ((field[i] = strsep(&next, ",\n")) == NULL)
			return 0;
	if (strcmp(field[0], method) != 0 || strcmp(field[1], "VEVENT") != 0 ||
	    strcmp(field[2], "NONE") == 0 || strcmp(field[3], "NONE") != 0)
		return 0;
	if (!obeys(times(e, field[2]), field[4]))
		fail_msg("%s: %s is to be %s, and is there %d times", method,
		    field[2], field[4], times(e, field[2]));
	return 1;
}

/* The restrictions of RFC 5546 as libical's authors keep them, in a table of their own. */
static void
restrictions_are_kept(void **state)
{
	const char *root = getenv("TOMOZUNA_REALDATA");
	struct arena *mem = arena_new(1 << 20);
	char line[400];
	FILE *f;

	(void)state;
	f = root == NULL ? NULL : fopen(arena_printf(mem, "%s/ical_mail_sms/"
	    "libical/design-data/ical-restrictions.csv", root), "re");
	if (f == NULL)
		skip();
	for (int cancel = 0; cancel < 2; cancel++) {
		const char *text;
		icalcomponent *c = written(mem, cancel, &text);
		int rules = 0;

		rewind(f);
		while (fgets(line, sizeof line, f) != NULL)
			rules += check_rule(
			    icalcomponent_get_first_real_component(c), line,
			    cancel ? "CANCEL" : "REQUEST");
		assert_in_range(rules, 30, 60);
		icalcomponent_free(c);
	}
	(void)fclose(f);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_folded),
		cmocka_unit_test(it_is_read_as_it_was_meant),
		cmocka_unit_test(sequences_rise),
		cmocka_unit_test(restrictions_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
