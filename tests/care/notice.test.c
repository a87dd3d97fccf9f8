/* Who is told: against the tables, with an account that has a module's rights. */
#include "unit.h"

#include "arena.h"
#include "db.h"
#include "lib/own_mariadb.h"
#include "notice.h"
#include "notice_sql.h"
#include "settings.h"

struct told_world {
	struct own_mariadb server;
	struct db *db;
	struct arena *mem;
};

/*
 * Users of network 1: 1 writes; 2 (on duty) and 3 are of office 1, which is of
 * the team as a whole; 4 is named; 5 is of office 3, where nobody is on duty;
 * 6 is an officer, 7 is suspended, 8 is of no team, 9's number is bad.
 */
static const char people[] =
    "INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone)"
    " VALUES (1, RANDOM_BYTES(16), '999997', 'n', '#000000', 's', '0');"
    "INSERT INTO care_office (id, ref, network_id, kind, name) VALUES"
    " (1, RANDOM_BYTES(16), 1, 'clinic', 'a'),"
    " (2, RANDOM_BYTES(16), 1, 'clinic', 'b'),"
    " (3, RANDOM_BYTES(16), 1, 'clinic', 'c');"
    "INSERT INTO care_user (id, ref, network_id, login, family, given,"
    " kana_family, kana_given, mail, mobile) SELECT seq, RANDOM_BYTES(16), 1,"
    " seq, 'x', 'x', 'x', 'x', CONCAT(seq, '@tomozuna.example'),"
    " CONCAT('+81900000000', seq) FROM seq_1_to_9;"
    "UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE id = 7;"
    "UPDATE care_user SET mobile_bad_at = UTC_TIMESTAMP(3) WHERE id = 9;"
    "INSERT INTO care_staff (user_id, office_id, profession, on_duty) VALUES"
    " (1, 1, '301', 1), (2, 1, '301', 1), (3, 1, '301', 0), (4, 2, '301', 0),"
    " (5, 3, '301', 0), (6, 2, '301', 1), (7, 2, '301', 1), (8, 2, '301', 1),"
    " (9, 2, '301', 1);"
    "INSERT INTO care_patient (id, ref, network_id, family, given, kana_family,"
    " kana_given, kana_folded, sex, birth_date) VALUES (1, RANDOM_BYTES(16), 1,"
    " 'x', 'x', 'x', 'x', 'x', 'female', '1940-01-01');"
    "INSERT INTO care_episode (id, ref, patient_id, opened_at) VALUES"
    " (1, RANDOM_BYTES(16), 1, UTC_TIMESTAMP(3));"
    "INSERT INTO care_consent (ref, patient_id, purpose, form, signer,"
    " signer_relation, given_on) VALUES (RANDOM_BYTES(16), 1, 'share_team',"
    " 'written', 'x', 'x', '2026-01-01');"
    "INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id,"
    " team_role, joined_at) SELECT RANDOM_BYTES(16), 1, 1, o, u, r,"
    " UTC_TIMESTAMP(3) FROM (SELECT 1 AS o, 0 AS u, 'nurse' AS r"
    " UNION ALL SELECT 2, 4, 'nurse' UNION ALL SELECT 3, 0, 'nurse'"
    " UNION ALL SELECT 2, 6, 'officer' UNION ALL SELECT 2, 7, 'nurse'"
    " UNION ALL SELECT 2, 9, 'nurse') AS t;"
    "CREATE USER module IDENTIFIED BY 'p';"
    "GRANT SELECT ON care_user TO module; GRANT SELECT ON care_staff TO module;"
    "GRANT SELECT ON care_team_person TO module;"
    "GRANT SELECT ON care_network TO module;"
    "GRANT SELECT ON care_mark TO module;"
    "GRANT SELECT, INSERT ON care_notice TO module;"
    "GRANT SELECT ON care_notice_choice TO module;"
    "GRANT SELECT ON care_network_choice TO module";

static const char *
ask(const struct told_world *w, const char *sql, char out[OWN_ANSWER])
{
	if (own_sql(&w->server, sql, out) < 0)
		fail_msg("%s", sql);
	out[strcspn(out, "\n")] = '\0';
	return out;
}

static int
begin(void **state)
{
	static const char *const tables[] = { "0001-people.sql",
	    "0002-patient.sql", "0003-notice.sql",
	    "0004-notice-handover.sql", "0012-consent.sql",
	    "0024-notice-again.sql" };
	static struct settings s = { .name = "unit", .db_name = "tomozuna",
	    .db_user = "module", .db_password = "p", .db_timeout_ms = 3000 };
	struct told_world *w = calloc(1, sizeof *w);
	char out[OWN_ANSWER], path[300];
	int r;

	*state = w;
	r = own_start(&w->server);
	if (r == 1)
		return 0;
	assert_int_equal(r, 0);
	for (size_t i = 0; i < NELEMENTS(tables); i++) {
		snprintf(path, sizeof path, TESTDATA "/../db/care/%s",
		    tables[i]);
		assert_int_equal(own_source(&w->server, path), 0);
	}
	ask(w, people, out);
	s.db_socket = w->server.socket;
	w->db = db_open(&s);
	w->mem = arena_new(1 << 20);
	return 0;
}

static int
end(void **state)
{
	struct told_world *w = *state;

	if (w->db == NULL)
		return 0;
	db_close(w->db);
	arena_free(w->mem);
	own_stop(&w->server, 0);
	free(w);
	return 0;
}

/*
 * Tells of a new cause; "2m,2s,…": users and channels to be told within `minutes`,
 * in order. The night begins in so many minutes and lasts ten hours.
 */
static const char *
tell(const struct told_world *w, int night, int minutes, char out[OWN_ANSWER])
{
	struct ref cause = ref_new();
	utc_ms now = instant_now(), dusk = now + night * MINUTE_MS;
	char hex[REF_HEX], sql[400];
	const struct told *told;

	ref_hex(&cause, hex);
	snprintf(sql, sizeof sql, "INSERT INTO care_mark SELECT DISTINCT user_id,"
	    " patient_id, 'timeline', 'urgent', UNHEX('%s'), NOW(3)"
	    " FROM care_team_person WHERE patient_id = 1 AND told", hex);
	ask(w, sql, out);
	for (int twice = 0; twice < 2; twice++) {
		db_begin(w->db, w->mem, 1);
		notice_urgent(w->db, &cause, &cause, 1, 1, "urgent_entry", 0,
		    now, dusk, dusk + 10 * HOUR_MS, 1, 1, 1, 1);
		assert_int_equal(notice_told(w->db, &told, &cause,
		    "urgent_entry"), 1);
		assert_int_equal(db_end(w->db), DB_FINE);
	}
	snprintf(sql, sizeof sql, "SELECT COALESCE(GROUP_CONCAT(user_id, LEFT("
	    "channel, 1) ORDER BY user_id, CONCAT(channel)), '') "
	    "FROM care_notice WHERE cause = UNHEX('%s')"
	    " AND due_at <= created_at + INTERVAL %d MINUTE",
	    ref_hex(&cause, hex), minutes);
	return ask(w, sql, out);
}

static struct told_world *
world(void **state)
{
	struct told_world *w = *state;

	if (w->db == NULL)
		skip();
	return w;
}

static void
the_team_is_told_once(void **state)
{
	char out[OWN_ANSWER];

	assert_string_equal(tell(world(state), 600, 0, out),
	    "2m,2s,4m,4s,5m,5s,9m");
}

/* In the morning the others, too: at night nobody may be on duty at all. */
static void
at_night_who_is_on_duty(void **state)
{
	struct told_world *w = world(state);
	char out[OWN_ANSWER];

	assert_string_equal(tell(w, 0, 0, out), "2m,2s,9m");
	ask(w, "UPDATE care_network SET urgent_again_times = 0", out);
	assert_string_equal(tell(w, 0, 599, out), "2m,2s,9m");
	assert_string_equal(tell(w, 0, 600, out), "2m,2s,4m,4s,5m,5s,9m");
	ask(w, "UPDATE care_staff SET on_duty = 0 WHERE user_id IN (1, 2, 9)", out);
	assert_string_equal(tell(w, 0, 599, out), "");
	assert_string_equal(tell(w, 0, 600, out), "2m,2s,3m,3s,4m,4s,5m,5s,9m");
	ask(w, "UPDATE care_staff SET on_duty = 1 WHERE user_id IN (1, 9)", out);
	/* The author herself is on duty: the others of her office are told. */
	assert_string_equal(tell(w, 600, 0, out),
	    "2m,2s,3m,3s,4m,4s,5m,5s,9m");
	ask(w, "UPDATE care_staff SET on_duty = 1 WHERE user_id = 2", out);
	ask(w, "UPDATE care_network SET urgent_again_times = 3", out);
}

/* Every ten minutes, three times; what would fall into the night waits. */
static void
again_and_again(void **state)
{
	struct told_world *w = world(state);
	char out[OWN_ANSWER];

	assert_string_equal(tell(w, 600, 10, out),
	    "2m,2m,2s,2s,4m,4m,4s,4s,5m,5m,5s,5s,9m,9m");
	assert_string_equal(tell(w, 10, 30, out),
	    "2m,2m,2m,2m,2s,2s,2s,2s,4m,4s,5m,5s,9m,9m,9m,9m");
	ask(w, "UPDATE care_network SET urgent_again_times = 1,"
	    " urgent_again_minutes = 5", out);
	assert_string_equal(tell(w, 600, 30, out),
	    "2m,2m,2s,2s,4m,4m,4s,4s,5m,5m,5s,5s,9m,9m");
	ask(w, "UPDATE care_network SET urgent_again_times = 3,"
	    " urgent_again_minutes = 10", out);
}

/* A user's own choice counts, unless the network has switched it off. */
static void
switches(void **state)
{
	struct told_world *w = world(state);
	char out[OWN_ANSWER];

	ask(w, "INSERT INTO care_notice_choice VALUES"
	    " (2, 'urgent_entry', 'sms', 0), (4, 'urgent_entry', 'mail', 0),"
	    " (5, 'digest', 'mail', 0)", out);
	assert_string_equal(tell(w, 600, 0, out), "2m,4s,5m,5s,9m");
	ask(w, "INSERT INTO care_network_choice VALUES"
	    " (1, 'urgent_entry', 'sms', 0)", out);
	ask(w, "INSERT INTO care_notice_choice VALUES"
	    " (5, 'urgent_entry', 'sms', 1)", out);
	assert_string_equal(tell(w, 600, 0, out), "2m,5m,9m");
	ask(w, "DELETE FROM care_network_choice", out);
	ask(w, "DELETE FROM care_notice_choice", out);
}

static void
one_user(void **state)
{
	struct told_world *w = world(state);
	struct ref cause = ref_new();
	char out[OWN_ANSWER];

	ask(w, "DELETE FROM care_notice", out);
	ask(w, "INSERT INTO care_notice_choice VALUES"
	    " (2, 'device_revoked', 'sms', 1)", out);
	for (int twice = 0; twice < 2; twice++) {
		db_begin(w->db, w->mem, 1);
		notice_user(w->db, 2, "device_revoked", &cause, &cause,
		    instant_now());
		assert_int_equal(db_end(w->db), DB_FINE);
	}
	assert_string_equal(ask(w, "SELECT GROUP_CONCAT(channel) "
	    "FROM care_notice", out), "mail");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_team_is_told_once),
		cmocka_unit_test(at_night_who_is_on_duty),
		cmocka_unit_test(again_and_again),
		cmocka_unit_test(switches),
		cmocka_unit_test(one_user),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
