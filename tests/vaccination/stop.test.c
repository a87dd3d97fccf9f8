/* Every impossible combination, a row each; a stop without a row fails. */
#include "stop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CONF TESTDATA "/../conf/"

static const struct schedule *all;
static struct dose before[4];	/* what a row puts into the history */

static int
setup(void **state)
{
	char why[400];

	(void)state;
	all = schedule_read(CONF "vaccination-schedule.xml",
	    CONF "vaccination-schedule.xsd", why, sizeof why);
	return all == NULL;
}

static civil_date
day(const char *iso)
{
	civil_date date = 0;

	assert_int_equal(date_parse(iso, &date), 0);
	return date;
}

/* A visit in which nothing stops: a nurse, influenza, on 2026-11-20 at 10:00. */
static struct facts
sound(void)
{
	civil_date today = day("2026-11-20");
	utc_ms now = instant_of(today) + 10 * HOUR_MS;
	struct facts f = {
		.schedule = all, .professions = "040", .today = today, .now = now,
		.birth = day("1935-03-03"),
		.screening = { .exists = 1, .on = today, .temperature = 364,
		    .wished = 1 },
		.judgement = { .exists = 1, .on = today, .possible = 1,
		    .explained = 1, .newest_form = 1 },
		.giving = { .on = today, .expires_on = day("2027-03-31"),
		    .route = "sc", .dose_ml = 50, .vaccinator = "040", .at = now },
		.closing = { .given = 1, .watched = 1, .at = now, .until = now }
	};

	f.giving.product = schedule_product(all, "influenza_ha",
	    &f.giving.vaccine);
	f.giving.programme = schedule_programme(all, "influenza_routine", NULL);
	for (int i = 0; i < QUESTIONS_N; i++)
		f.screening.answer[i] = NO;
	return f;
}

/* The dose is another one: voluntary, as the schedule has it. */
static void
of_product(struct facts *f, const char *product)
{
	f->giving.product = schedule_product(all, product, &f->giving.vaccine);
	f->giving.route = strncmp(f->giving.product->routes, "im", 2) == 0 ?
	    "im" : "sc";
	f->giving.dose_ml = f->giving.product->dose_ml;
	f->giving.programme = NULL;
}

static void
had(struct facts *f, const char *product, const char *on)
{
	const struct vaccine *v = NULL;

	(void)schedule_product(all, product, &v);
	before[f->history.n] = (struct dose){ v->code, product, day(on) };
	f->history = (struct history){ before, f->history.n + 1 };
}

#define ANSWER(q, a) f->screening.answer[Q_##q] = (a)

/* name, gate, stop, what is otherwise than sound */
#define ROWS(X)									\
	X(a_question_is_open, SCREEN, UNANSWERED, ANSWER(FAINTING, NOT_ASKED))	\
	X(no_temperature, SCREEN, NO_TEMPERATURE, f->screening.temperature = 0)	\
	X(she_does_not_wish_it, SCREEN, NOT_WISHED, f->screening.wished = 0)	\
	X(a_daughter_without_name, SCREEN, NO_SIGNER, f->screening.signed_by_other = 1; f->screening.intent_confirmed = 1) \
	X(nobody_asked_for_her_will, SCREEN, INTENT, f->screening.signed_by_other = 1; f->screening.signer_complete = 1) \
	X(no_form, SCREEN, NO_SCREENING, f->screening.exists = 0)		\
	X(a_clerk_screens, SCREEN, CLERK, f->professions = "331")		\
	X(a_helper_screens, SCREEN, CLERK, f->professions = "301")		\
	X(a_care_manager_gives, GIVE, CLERK, f->professions = "150")		\
	X(a_nurse_judges, JUDGE, NOT_A_DOCTOR, f->professions = "040")		\
	X(a_dentist_judges, JUDGE, NOT_A_DOCTOR, f->professions = "020")		\
	X(remote_where_it_is_not_allowed, JUDGE, REMOTE, f->judgement.remote = 1) \
	X(nothing_explained, JUDGE, NOT_EXPLAINED, f->judgement.explained = 0)	\
	X(fever, JUDGE, FEVER_STOP, f->screening.temperature = 375)		\
	X(fever_whatever_the_reason, JUDGE, FEVER_STOP, f->screening.temperature = 390; f->judgement.reason = 1) \
	X(acute_illness, JUDGE, ACUTE_ILLNESS, f->judgement.acute_illness = 1)	\
	X(anaphylaxis_to_a_component, JUDGE, COMPONENT, ANSWER(COMPONENT_ALLERGY, YES); f->judgement.remark = f->judgement.reason = 1) \
	X(anaphylaxis_after_this_product, GIVE, RECORDED, had(f, "influenza_ha", "2025-10-24"); before[0].anaphylaxis = 1; f->judgement.reason = 1) \
	X(anaphylaxis_after_all_that_there_is, JUDGE, RECORDED, f->giving.product = NULL; had(f, "influenza_ha", "2025-10-24"); before[0].anaphylaxis = 1) \
	X(anaphylaxis_after_what_nobody_knows, GIVE, RECORDED, had(f, "influenza_ha", "2025-10-24"); before[0].product = NULL; before[0].anaphylaxis = 1) \
	X(live_and_immunosuppressed, GIVE, LIVE_SUPPRESSED, of_product(f, "zoster_live"); ANSWER(IMMUNOSUPPRESSED, YES); f->judgement.remark = f->judgement.reason = 1) \
	X(live_and_pregnant, GIVE, LIVE_PREGNANT, of_product(f, "zoster_live"); ANSWER(PREGNANT, YES); f->judgement.remark = f->judgement.reason = 1) \
	X(a_yes_without_a_remark, JUDGE, NO_REMARK, ANSWER(ILLNESS, YES))	\
	X(not_known_without_a_remark, JUDGE, NO_REMARK, ANSWER(CONVULSION, UNKNOWN)) \
	X(none_before_says_she, JUDGE, CONTRADICTED, f->past_event = 1)		\
	X(a_past_event_without_a_reason, JUDGE, PAST_EVENT, ANSWER(PAST_REACTION, YES); f->judgement.remark = 1) \
	X(not_known_but_recorded, JUDGE, PAST_EVENT, ANSWER(PAST_REACTION, UNKNOWN); f->judgement.remark = f->past_event = 1) \
	X(yesterdays_form, JUDGE, SCREENED_ANOTHER_DAY, f->screening.on--)	\
	X(yesterdays_form_at_the_dose, GIVE, SCREENED_ANOTHER_DAY, f->screening.on--) \
	X(no_doctor, GIVE, NOT_JUDGED, f->judgement = (struct judgement){ 0 })	\
	X(the_doctor_of_yesterday, GIVE, JUDGED_ANOTHER_DAY, f->judgement.on--)	\
	X(the_doctor_said_no, GIVE, JUDGED_DEFERRED, f->judgement.possible = 0)	\
	X(the_form_is_newer, GIVE, JUDGED_OTHER_FORM, f->judgement.newest_form = 0) \
	X(given_before_the_doctors_word, GIVE, BEFORE_JUDGED, f->judgement.at = f->giving.at + 1) \
	X(a_helper_injects, GIVE, VACCINATOR, f->giving.vaccinator = "301")	\
	X(no_such_product, GIVE, NO_PRODUCT, f->giving.product = NULL)		\
	X(a_product_of_the_past, GIVE, PRODUCT_OVER, of_product(f, "vaxzevria"))	\
	X(an_expired_lot, GIVE, LOT_EXPIRED, f->giving.expires_on = f->today - 1) \
	X(a_lot_that_nobody_has, GIVE, LOT_UNKNOWN, f->giving.stock_kept = 1)	\
	X(a_lot_that_is_used_up, GIVE, LOT_EMPTY, f->giving.stock_kept = f->giving.lot_known = 1) \
	X(into_the_muscle, GIVE, WRONG_ROUTE, f->giving.route = "im")		\
	X(half_of_it, GIVE, WRONG_AMOUNT, f->giving.dose_ml = 25)		\
	X(twice_a_day, GIVE, SAME_DAY, had(f, "influenza_ha", "2026-11-20"))	\
	X(a_day_before_three_months, GIVE, TOO_EARLY, of_product(f, "comirnaty"); had(f, "comirnaty", "2026-08-21")) \
	X(two_live_ones, GIVE, TOO_EARLY, of_product(f, "zoster_live"); had(f, "zoster_live", "2026-10-24")) \
	X(shingrix_after_the_live_one, GIVE, MIXED, of_product(f, "shingrix"); had(f, "zoster_live", "2025-10-24")) \
	X(a_second_one_this_season, GIVE, HAD_ALL, had(f, "influenza_ha", "2026-10-20")) \
	X(too_young, GIVE, WRONG_AGE, f->birth = day("1980-03-03"))		\
	X(two_days_before_65_less_one, GIVE, WRONG_AGE, f->birth = day("1961-11-22")) \
	X(out_of_season, GIVE, WRONG_SEASON, f->giving.on = day("2026-09-30"))	\
	X(not_the_programmes_product, GIVE, OTHER_PRODUCT, of_product(f, "ppsv23"); f->giving.programme = schedule_programme(all, "pneumococcal_routine", NULL); f->birth = day("1961-05-10")) \
	X(tomorrow, GIVE, FUTURE, f->giving.at += DAY_MS)			\
	X(after_14_minutes, CLOSE, TOO_SOON, f->closing.until += MINUTE_MS)	\
	X(nobody_watched, CLOSE, NO_WATCHER, f->closing.watched = 0)		\
	X(a_clerk_closes, CLOSE, CLERK, f->professions = "330")			\
	X(nothing_was_given, CLOSE, NOT_GIVEN, f->closing.given = 0)

#define ROW_CHANGE(name, gate, stop, change)					\
	static void name(struct facts *f) { change; }
ROWS(ROW_CHANGE)

static const struct row {
	const char *name;
	enum gate gate;
	enum stop stop;
	void (*change)(struct facts *);
} rows[] = {
#define ROW(name, gate, stop, change) { #name, GATE_##gate, STOP_##stop, name },
	ROWS(ROW)
};

enum { ROWS_N = sizeof rows / sizeof rows[0] };

static const char *
names(const enum stop *s, size_t n)
{
	static char text[1000];

	text[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		size_t at = strlen(text);

		(void)snprintf(text + at, sizeof text - at, "%s ", stop_at(s[i])->code);
	}
	return text;
}

/* The doctor looks at what a doctor looks at. */
static struct facts
facts_at(enum gate gate)
{
	struct facts f = sound();

	if (gate == GATE_JUDGE)
		f.professions = "010";
	return f;
}

static void
nothing_stops_a_sound_visit(void **state)
{
	(void)state;
	for (int gate = GATE_SCREEN; gate <= GATE_CLOSE; gate++) {
		enum stop found[STOPS_N];
		struct facts f = facts_at((enum gate)gate);
		size_t n = stops((enum gate)gate, &f, found);

		if (n > 0)
			fail_msg("gate %d: %s", gate, names(found, n));
	}
}

static void
each_impossible_combination_is_refused_by_name(void **state)
{
	int bad = 0;

	(void)state;
	for (size_t i = 0; i < ROWS_N; i++) {
		enum stop found[STOPS_N];
		struct facts f = facts_at(rows[i].gate);
		size_t n, k = 0;

		rows[i].change(&f);
		n = stops(rows[i].gate, &f, found);
		while (k < n && found[k] != rows[i].stop)
			k++;
		if (k == n) {
			bad++;
			print_message("# %s: not %s but %s\n", rows[i].name,
			    stop_at(rows[i].stop)->code, names(found, n));
		}
	}
	assert_int_equal(bad, 0);
}

static void
every_stop_has_a_row(void **state)
{
	(void)state;
	for (int s = 0; s < STOPS_N; s++) {
		size_t i = 0;

		while (i < ROWS_N && rows[i].stop != (enum stop)s)
			i++;
		if (i == ROWS_N)
			fail_msg("%s has no row", stop_at((enum stop)s)->code);
	}
}

/* What a reason lifts it does lift, and nothing else. */
static void
a_reason_lifts_what_it_may(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS_N; i++) {
		enum stop found[STOPS_N];
		struct facts f = facts_at(rows[i].gate);
		size_t n, k = 0;

		rows[i].change(&f);
		f.judgement.reason = f.closing.reason = 1;
		n = stops(rows[i].gate, &f, found);
		while (k < n && found[k] != rows[i].stop)
			k++;
		if (rows[i].stop != STOP_NOT_JUDGED &&
		    (k == n) != stop_at(rows[i].stop)->reason_lifts)
			fail_msg("%s", rows[i].name);
	}
}

/* A product that did nothing to her may follow one of the same vaccine that did. */
static void
anaphylaxis_stops_its_product_alone(void **state)
{
	struct facts f = sound();
	enum stop found[STOPS_N];

	(void)state;
	of_product(&f, "nuvaxovid");
	had(&f, "comirnaty", "2025-10-24");
	before[0].anaphylaxis = 1;
	assert_int_equal(stops(GATE_GIVE, &f, found), 0);
	f.giving.product = NULL;
	f.professions = "010";
	assert_int_equal(stops(GATE_JUDGE, &f, found), 0);
	of_product(&f, "comirnaty");
	assert_int_equal(stops(GATE_GIVE, &f, found), 1);
	assert_int_equal(found[0], STOP_RECORDED);
}

static void
how_long_to_wait(void **state)
{
	struct facts f = sound();

	(void)state;
	assert_int_equal(wait_minutes(&f.screening, 0), 15);
	assert_int_equal(wait_minutes(&f.screening, 1), 30);
	f.screening.answer[Q_SEVERE_ALLERGY] = YES;
	assert_int_equal(wait_minutes(&f.screening, 0), 30);
	f = sound();
	f.screening.answer[Q_FAINTING] = YES;
	assert_int_equal(wait_minutes(&f.screening, 0), 30);
	f.screening.answer[Q_FAINTING] = UNKNOWN;
	assert_int_equal(wait_minutes(&f.screening, 0), 15);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_stops_a_sound_visit),
		cmocka_unit_test(each_impossible_combination_is_refused_by_name),
		cmocka_unit_test(every_stop_has_a_row),
		cmocka_unit_test(a_reason_lifts_what_it_may),
		cmocka_unit_test(anaphylaxis_stops_its_product_alone),
		cmocka_unit_test(how_long_to_wait)
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, NULL);
}
