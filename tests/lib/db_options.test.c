/*
 * What a connection is really set to: the library's defaults and the server's
 * are wrong for us (a client's files readable, no time-outs, lost updates), so
 * each is asked for again, from both.
 */
#include "db_wire.h"

#include "own_mariadb.h"
#include "settings.h"
#include "unit.h"

static struct own_mariadb server;

static int
start(void **state)
{
	(void)state;
	(void)own_source;		/* no tables are needed here */
	(void)own_sql;
	return own_start(&server) < 0 ? -1 : 0;
}

static int
stop(void **state)
{
	(void)state;
	own_stop(&server, 0);
	return 0;
}

static struct db *
connected(void)
{
	static struct settings s = {
		.db_name = "tomozuna", .db_user = "root", .db_password = "",
		.db_timeout_ms = 3000
	};
	struct db *db;

	if (server.pid == 0)
		skip();
	s.db_socket = server.socket;
	db = db_open(&s);
	assert_int_equal(db_wire_up(db), 0);
	return db;
}

static void
library(void **state)
{
	struct db *db = connected();
	unsigned connect = 0, in = 0, out = 0, infile = 1;
	my_bool reconnect = 1;

	(void)state;
	mysql_get_optionv(db->wire, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_get_optionv(db->wire, MYSQL_OPT_READ_TIMEOUT, &in);
	mysql_get_optionv(db->wire, MYSQL_OPT_WRITE_TIMEOUT, &out);
	mysql_get_optionv(db->wire, MYSQL_OPT_RECONNECT, &reconnect);
	mysql_get_optionv(db->wire, MYSQL_OPT_LOCAL_INFILE, &infile);
	assert_int_equal(connect, 2);
	assert_int_equal(in, 3);
	assert_int_equal(out, 3);
	assert_false(reconnect);
	assert_int_equal(infile, 0);
	assert_string_equal(mysql_character_set_name(db->wire), "utf8mb4");
	assert_int_equal(db->wire->client_flag & CLIENT_MULTI_STATEMENTS, 0);
	db_close(db);
}

/* Of each of these there is a row only if the session is set so. */
static const struct db_query session_is[] = {
	{ .name = "zone", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE @@time_zone = '+00:00'" },
	{ .name = "snapshot", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE @@innodb_snapshot_isolation = 1" },
	{ .name = "lock wait", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE @@innodb_lock_wait_timeout = 1" },
	{ .name = "isolation", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE @@tx_isolation = "
	    "'REPEATABLE-READ'" },
	{ .name = "text", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE @@character_set_client = "
	    "'utf8mb4' AND @@character_set_results = 'utf8mb4'" },
	{ .name = "strict", .verb = DB_EXEC,
	  .sql = "SELECT 1 FROM DUAL WHERE FIND_IN_SET('STRICT_ALL_TABLES', "
	    "@@sql_mode) > 0" },
};

static void
session(void **state)
{
	struct db *db = connected();

	(void)state;
	for (size_t i = 0; i < sizeof session_is / sizeof *session_is; i++) {
		const struct db_query *q = &session_is[i];
		MYSQL_STMT *stmt = db_prepared(db, q);

		assert_non_null(stmt);
		assert_int_equal(db_execute(db, stmt, q, NULL), 0);
		assert_int_equal(mysql_stmt_store_result(stmt), 0);
		if (mysql_stmt_fetch(stmt) != 0)
			fail_msg("%s", q->name);
	}
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(library),
		cmocka_unit_test(session)
	};

	return cmocka_run_group_tests(tests, start, stop);
}
