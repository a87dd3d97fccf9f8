/*
 * The journal with a MariaDB of its own: every acknowledged record is in the
 * table exactly once, whatever is killed when.
 */
#include "audit_world.h"

#include "audit_sql.h"
#include "db.h"
#include "seal_chain_sql.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

enum {
	THREADS = 4, ROUNDS = 12, ROUND_KEYS = 1000000, THREAD_KEYS = 100000
};

static struct audit_record
record(int64_t user)
{
	struct audit_record r = {
		.at = instant_now(), .program = "unit", .method = "GET",
		.route = "/unit/{patient}", .status = 200
	};

	r.request = ref_new();
	r.a.user = user;
	r.a.purpose = "TREAT";
	return r;
}

static struct journal *
open_journal(struct world *w)
{
	char why[200] = "";
	struct journal *j = journal_open(&w->program, why, sizeof why);

	if (j == NULL)
		fail_msg("journal_open: %s", why);
	return j;
}

/* Waits for an empty backlog; returns the milliseconds it took. */
static int64_t
wait_shipped(struct journal *j, int64_t most_ms)
{
	int64_t began = instant_monotonic_ms(), records, age;

	do {
		usleep(20000);
		journal_backlog(j, &records, &age);
	} while (records > 0 && instant_monotonic_ms() - began < most_ms);
	assert_int_equal(records, 0);
	return instant_monotonic_ms() - began;
}

static int
segments_on_disk(struct world *w)
{
	DIR *d = opendir(w->journals);
	struct dirent *e;
	int n = 0;

	while ((e = readdir(d)) != NULL)
		n += strstr(e->d_name, "-0") != NULL;
	closedir(d);
	return n;
}

static void
statements_fit(void **state)
{
	struct world *w = world(state);
	const struct db_query *const *lists[] = {
		audit_queries, seal_chain_queries
	};
	struct db *db;
	char why[400];
	int i;

	for (i = 0; i < 2; i++) {
		db = db_open(i == 0 ? &w->program : &w->sealer);
		why[0] = '\0';
		if (db_check(db, lists[i], why, sizeof why) != 0)
			fail_msg("%s", why);
		db_close(db);
	}
}

static void
records_arrive(void **state)
{
	struct world *w = world(state);
	struct journal *j = open_journal(w);
	struct audit_record r;
	char out[OWN_ANSWER], hex[REF_HEX], want[300];
	int i;

	for (i = 0; i < 700; i++) {
		r = record(i);
		assert_int_equal(journal_write(j, &r), 0);
	}
	r = record(4711);
	r.at = 1700000000123;
	r.status = 403;
	r.outcome = AUDIT_REFUSED;
	r.method = "a\"b\\c";
	r.a.network = 1;
	r.a.office = 2;
	r.a.device = 3;
	r.a.subject = 4;
	r.a.stand_in = 1;
	r.a.purpose = "BTG";
	r.a.nsubjects = 2;
	r.a.subjects[0] = 5;
	r.a.subjects[1] = INT64_MAX;
	assert_int_equal(journal_write(j, &r), 0);
	wait_shipped(j, 5000);
	assert_int_equal(ask(w, "SELECT COUNT(*) FROM lib_audit"), 701);
	assert_int_equal(ask(w, "SELECT COUNT(*) FROM lib_audit "
	    "WHERE subjects IS NULL AND journal_seq BETWEEN 1 AND 701"), 700);
	own_sql(&w->server, "SELECT at, LOWER(HEX(request)), program, method, "
	    "route, status, outcome, network_id, office_id, device_id, "
	    "subject_id, purpose, stand_in, subjects FROM lib_audit "
	    "WHERE user_id = 4711", out);
	snprintf(want, sizeof want, "2023-11-14 22:13:20.123\t%s\tunit\t"
	    "a\"b\\\\c\t/unit/{patient}\t403\t4\t1\t2\t3\t4\tBTG\t1\t"
	    "[5,9223372036854775807]", ref_hex(&r.request, hex));
	assert_string_equal(out, want);
	assert_int_equal(segments_on_disk(w), 1);
	journal_close(j);
	assert_int_equal(segments_on_disk(w), 0);
}

static void
change_commits_with_its_record(void **state)
{
	struct world *w = world(state);
	struct db *db = db_open(&w->program);
	struct audit_record r = record(800001);

	r.a.nsubjects = 1;
	r.a.subjects[0] = 77;
	db_begin(db, w->mem, 1);
	audit_insert(db, &r);
	assert_int_equal(db_end(db), DB_FINE);
	r.a.user = 800002;
	db_begin(db, w->mem, 1);
	audit_insert(db, &r);
	db_abandon(db);
	db_close(db);
	assert_int_equal(ask(w, "SELECT COUNT(*) FROM lib_audit WHERE "
	    "user_id = 800001 AND subjects = '[77]' AND journal IS NULL"), 1);
	assert_int_equal(ask(w, "SELECT COUNT(*) FROM lib_audit WHERE "
	    "user_id = 800002"), 0);
}

static void
outage_is_bridged(void **state)
{
	struct world *w = world(state);
	struct journal *j = open_journal(w);
	struct audit_record r;
	int64_t records, age;
	int i;

	own_stop(&w->server, 1);
	for (i = 0; i < 300; i++) {
		r = record(810000 + i);
		assert_int_equal(journal_write(j, &r), 0);
	}
	usleep(600000);
	journal_backlog(j, &records, &age);
	assert_int_equal(records, 300);
	assert_in_range(age, 500, 5000);
	assert_int_equal(own_serve(&w->server), 0);
	wait_shipped(j, 10000);
	journal_close(j);
	assert_int_equal(ask(w, "SELECT COUNT(DISTINCT user_id) * 1000 + "
	    "COUNT(*) FROM lib_audit WHERE user_id BETWEEN 810000 AND "
	    "810299"), 300300);
}

/* ---- killed at any moment ---- */

struct writer {
	struct journal *journal;
	int64_t first;
	_Atomic int64_t *acked;		/* shared with the parent */
};

static void *
write_for_ever(void *of)
{
	struct writer *w = of;
	struct audit_record r;
	int64_t i;

	for (i = 0; i < THREAD_KEYS; i++) {
		r = record(w->first + i);
		if (journal_write(w->journal, &r) < 0)
			_exit(3);
		atomic_store(w->acked, i + 1);
	}
	return NULL;
}

static void
writer_program(struct world *w, int round, _Atomic int64_t *acked)
{
	struct writer writers[THREADS];
	pthread_t thread;
	char why[200];
	struct journal *j = journal_open(&w->program, why, sizeof why);
	int i;

	if (j == NULL)
		_exit(2);
	for (i = 0; i < THREADS; i++) {
		writers[i].journal = j;
		writers[i].first = (int64_t)(round + 1) * ROUND_KEYS +
		    i * THREAD_KEYS;
		writers[i].acked = &acked[i];
		pthread_create(&thread, NULL, write_for_ever, &writers[i]);
	}
	for (;;)
		pause();
}

static void
kill_one(struct world *w, int round, _Atomic int64_t *acked)
{
	unsigned char chance[2];
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		alarm(60);
		writer_program(w, round, acked);
	}
	seal_random(chance, sizeof chance);
	usleep(20000u + (chance[0] * 256u + chance[1]) * 15u);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
}

/* One thread's records: each once, none missing, at most one unheard of. */
static void
check_thread(struct world *w, int64_t first, int64_t acked)
{
	char sql[300], out[OWN_ANSWER];
	long long n, distinct, last;

	snprintf(sql, sizeof sql, "SELECT COUNT(*), COUNT(DISTINCT user_id), "
	    "COALESCE(MAX(user_id) - %lld, 0) FROM lib_audit WHERE user_id "
	    "BETWEEN %lld AND %lld", (long long)first - 1, (long long)first,
	    (long long)first + THREAD_KEYS - 1);
	assert_int_equal(own_sql(&w->server, sql, out), 0);
	assert_int_equal(sscanf(out, "%lld\t%lld\t%lld", &n, &distinct,
	    &last), 3);
	assert_int_equal(n, distinct);
	assert_int_equal(n, last);
	assert_in_range(n, acked, acked + 1);
}

static void
killed_and_exactly_once(void **state)
{
	struct world *w = world(state);
	size_t bytes = sizeof(_Atomic int64_t) * ROUNDS * THREADS;
	_Atomic int64_t *acked = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct journal *j;
	int64_t all = 0;
	int i;

	assert_true(acked != MAP_FAILED);
	for (i = 0; i < ROUNDS; i++)
		kill_one(w, i, &acked[i * THREADS]);
	j = open_journal(w);
	wait_shipped(j, 30000);
	journal_close(j);
	for (i = 0; i < ROUNDS * THREADS; i++) {
		all += acked[i];
		check_thread(w, (int64_t)(i / THREADS + 1) * ROUND_KEYS +
		    i % THREADS * THREAD_KEYS, acked[i]);
	}
	print_message("%lld records over %d kills\n", (long long)all, ROUNDS);
	assert_true(all > 0);
	munmap(acked, bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_fit),
		cmocka_unit_test(records_arrive),
		cmocka_unit_test(change_commits_with_its_record),
		cmocka_unit_test(outage_is_bridged),
		cmocka_unit_test(killed_and_exactly_once),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
