/*
 * The seals over the audit trail: what the sealer covers, and that the
 * verifier finds what was done to the trail.
 */
#include "audit_world.h"

#include "db.h"

static void
note(void *of, const struct audit_finding *f)
{
	struct world *w = of;

	if (w->n < FOUND_MAX)
		w->found[w->n] = *f;
	w->n++;
}

static void
verify(struct world *w)
{
	struct db *db = db_open(&w->sealer);

	w->n = 0;
	assert_int_equal(audit_verify(db, w->mem, w->heads, note, w,
	    &w->verdict), 0);
	db_close(db);
	assert_int_equal(w->verdict.findings, w->n);
}

/* Expects one finding; -1 is anything. */
static void
expect(struct world *w, enum audit_fault fault, int64_t seq, int64_t audit_id,
    int64_t count)
{
	verify(w);
	if (w->n == 0 || w->found[0].fault != fault)
		fail_msg("%s expected, %d findings: %s %lld",
		    audit_fault_name(fault), w->n, w->n == 0 ? "" :
		    audit_fault_name(w->found[0].fault),
		    w->n == 0 ? 0LL : (long long)w->found[0].seq);
	if (seq >= 0)
		assert_int_equal(w->found[0].seq, seq);
	if (audit_id >= 0)
		assert_int_equal(w->found[0].audit_id, audit_id);
	if (count >= 0)
		assert_int_equal(w->found[0].count, count);
}

static void
expect_nothing(struct world *w)
{
	verify(w);
	if (w->n > 0)
		fail_msg("%s, seq %lld, id %lld, count %lld",
		    audit_fault_name(w->found[0].fault),
		    (long long)w->found[0].seq,
		    (long long)w->found[0].audit_id,
		    (long long)w->found[0].count);
}

static const char forty_rows[] =
    "INSERT INTO lib_audit (at, request, program, method, route, status, "
    "outcome, subjects) SELECT UTC_TIMESTAMP(3), RANDOM_BYTES(16), 'unit', "
    "'GET', '/', 200, 0, IF(seq % 2, NULL, '[1]') FROM seq_1_to_40";

/* An empty trail, then forty sealed rows with ids and seals 1 to 40. */
static struct db *
sealed_forty(struct world *w, struct audit_sealer *s)
{
	struct db *db = db_open(&w->sealer);

	ask(w, "TRUNCATE lib_audit");
	ask(w, "TRUNCATE lib_audit_seal");
	ask(w, "TRUNCATE lib_lease");
	unlink(w->heads);
	ask(w, forty_rows);
	ask(w, "SET @n := 0; UPDATE lib_audit SET id = (@n := @n + 1) "
	    "ORDER BY id; ALTER TABLE lib_audit AUTO_INCREMENT = 41");
	audit_sealer_init(s, w->heads);
	assert_int_equal(audit_seal_step(s, db, w->mem, instant_now() -
	    MINUTE_MS), 40);
	assert_int_equal(s->disagrees, 0);
	return db;
}

static void
sealed_and_fine(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s;
	struct db *db = sealed_forty(w, &s);
	utc_ms now = instant_now();

	expect_nothing(w);
	assert_int_equal(w->verdict.seals, 40);
	assert_int_equal(audit_seal_step(&s, db, w->mem, now), 0);
	ask(w, forty_rows);
	assert_int_equal(audit_seal_step(&s, db, w->mem, now), 40);
	expect_nothing(w);
	assert_int_equal(w->verdict.seals, 80);
	/* A new process goes on where the old one was. */
	audit_sealer_init(&s, w->heads);
	ask(w, forty_rows);
	assert_int_equal(audit_seal_step(&s, db, w->mem, now + HOUR_MS), 40);
	assert_int_equal(s.disagrees, 0);
	assert_int_equal(s.fence, 2);
	expect_nothing(w);
	db_close(db);
}

static void
late_rows_are_sealed_late(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s;
	struct db *db = sealed_forty(w, &s);
	utc_ms now = instant_now();
	int i;

	ask(w, "INSERT INTO lib_audit SELECT 1000, at, request, program, "
	    "method, route, status, outcome, network_id, user_id, office_id, "
	    "device_id, subject_id, purpose, stand_in, subjects, NULL, NULL "
	    "FROM lib_audit WHERE id = 1");
	assert_int_equal(audit_seal_step(&s, db, w->mem, now), 1);
	ask(w, "INSERT INTO lib_audit SELECT 990, at, request, program, "
	    "method, route, status, outcome, network_id, user_id, office_id, "
	    "device_id, subject_id, purpose, stand_in, subjects, NULL, NULL "
	    "FROM lib_audit WHERE id = 1");
	assert_int_equal(audit_seal_step(&s, db, w->mem, now), 1);
	assert_int_equal(ask(w, "SELECT seq FROM lib_audit_seal WHERE "
	    "audit_id = 990"), 42);
	/* Even when the window has long moved on. */
	for (i = 1; i <= 4; i++)
		audit_seal_step(&s, db, w->mem, now + i * SEAL_LATE_MS);
	assert_int_equal(s.low, 1000);
	ask(w, "INSERT INTO lib_audit SELECT 500, at, request, program, "
	    "method, route, status, outcome, network_id, user_id, office_id, "
	    "device_id, subject_id, purpose, stand_in, subjects, NULL, NULL "
	    "FROM lib_audit WHERE id = 1");
	assert_int_equal(audit_seal_step(&s, db, w->mem, now +
	    5 * SEAL_LATE_MS), 1);
	expect_nothing(w);
	db_close(db);
}

static void
one_sealer_at_a_time(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s, other;
	struct db *db = sealed_forty(w, &s);
	utc_ms now = instant_now();

	audit_sealer_init(&other, w->heads);
	assert_int_equal(audit_seal_step(&s, db, w->mem, now), 0);
	ask(w, forty_rows);
	assert_int_equal(audit_seal_step(&other, db, w->mem, now), 0);
	assert_int_equal(audit_seal_step(&other, db, w->mem, now +
	    SEAL_LEASE_MS + 1), 40);
	assert_int_equal(other.fence, 2);
	ask(w, forty_rows);
	assert_int_equal(audit_seal_step(&s, db, w->mem, now +
	    SEAL_LEASE_MS + 2), 0);
	assert_int_equal(audit_seal_step(&other, db, w->mem, now +
	    SEAL_LEASE_MS + 3), 40);
	expect_nothing(w);
	db_close(db);
}

static void
tampering_is_found(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s;

	db_close(sealed_forty(w, &s));
	ask(w, "UPDATE lib_audit SET user_id = 9 WHERE id = 17");
	expect(w, AUDIT_EDITED, 17, 17, -1);
	assert_int_equal(w->n, 1);
	ask(w, "UPDATE lib_audit SET user_id = 0 WHERE id = 17");
	ask(w, "UPDATE lib_audit SET subjects = NULL WHERE id = 18");
	ask(w, "UPDATE lib_audit SET at = at + INTERVAL 1 SECOND "
	    "WHERE id = 20");
	expect(w, AUDIT_EDITED, 18, 18, -1);
	assert_int_equal(w->n, 2);

	db_close(sealed_forty(w, &s));
	ask(w, "DELETE FROM lib_audit WHERE id IN (5, 40)");
	expect(w, AUDIT_DELETED, 5, 5, -1);
	assert_int_equal(w->n, 2);

	db_close(sealed_forty(w, &s));
	ask(w, "DELETE FROM lib_audit WHERE id IN (7, 8)");
	ask(w, "DELETE FROM lib_audit_seal WHERE seq IN (7, 8)");
	expect(w, AUDIT_GAP, 7, -1, 2);
	assert_int_equal(w->n, 1);

	db_close(sealed_forty(w, &s));
	ask(w, "UPDATE lib_audit_seal SET audit_id = CASE audit_id WHEN 11 "
	    "THEN -12 WHEN 12 THEN 11 END WHERE audit_id IN (11, 12) ORDER BY "
	    "audit_id; UPDATE lib_audit_seal SET audit_id = 12 "
	    "WHERE audit_id = -12");
	expect(w, AUDIT_REORDERED, 11, -1, -1);

	db_close(sealed_forty(w, &s));
	ask(w, "UPDATE lib_audit_seal SET head = RANDOM_BYTES(32) "
	    "WHERE seq = 30");
	expect(w, AUDIT_EDITED, 30, 30, -1);
}

static void
head_file_remembers(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s;
	struct db *db;

	db_close(sealed_forty(w, &s));
	ask(w, "DELETE FROM lib_audit_seal WHERE seq > 30");
	ask(w, "DELETE FROM lib_audit WHERE id > 30");
	expect(w, AUDIT_TRUNCATED, 40, -1, 1);
	audit_sealer_init(&s, w->heads);
	ask(w, forty_rows);
	db = db_open(&w->sealer);
	assert_int_equal(audit_seal_step(&s, db, w->mem, instant_now()), 40);
	assert_int_equal(s.disagrees, 1);
	db_close(db);
	expect(w, AUDIT_HEAD_FILE, 40, -1, 1);

	/* A chain that was computed anew, whole and fine in itself. */
	db = sealed_forty(w, &s);
	ask(w, "UPDATE lib_audit SET user_id = 9 WHERE id = 17");
	ask(w, "TRUNCATE lib_audit_seal");
	audit_sealer_init(&s, "/dev/null");
	assert_int_equal(audit_seal_step(&s, db, w->mem, instant_now() +
	    HOUR_MS), -2);	/* no file that one can cut */
	db_close(db);
	expect(w, AUDIT_HEAD_FILE, 40, -1, 1);

	db_close(sealed_forty(w, &s));
	unlink(w->heads);
	expect(w, AUDIT_HEAD_BEHIND, 1, -1, -1);
}

static void
unsealed_tail_is_told(void **state)
{
	struct world *w = world(state);
	struct audit_sealer s;
	struct db *db = sealed_forty(w, &s);

	ask(w, forty_rows);
	expect(w, AUDIT_UNSEALED, -1, 41, 40);
	audit_seal_step(&s, db, w->mem, instant_now());
	expect_nothing(w);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sealed_and_fine),
		cmocka_unit_test(late_rows_are_sealed_late),
		cmocka_unit_test(one_sealer_at_a_time),
		cmocka_unit_test(tampering_is_found),
		cmocka_unit_test(head_file_remembers),
		cmocka_unit_test(unsealed_tail_is_told),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
