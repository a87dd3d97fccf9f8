/*
 * What the tests of the audit trail share: a server with lib's tables, an
 * account for a program and one for the sealer, with the rights that they
 * have in earnest. Without a mariadbd, world() skips the test.
 */
#ifndef AUDIT_WORLD_H
#define AUDIT_WORLD_H

#include "unit.h"

#include "arena.h"
#include "audit.h"
#include "seal_chain.h"
#include "settings.h"

#include "own_mariadb.h"

enum { FOUND_MAX = 50 };

struct world {
	struct own_mariadb server;
	struct settings program, sealer;
	struct arena *mem;
	char journals[80], key[80], heads[80];
	int n;					/* findings of a verification */
	struct audit_finding found[FOUND_MAX];
	struct audit_verdict verdict;
};

static const char accounts[] =
    "CREATE USER program IDENTIFIED BY 'p'; CREATE USER sealer IDENTIFIED BY "
    "'p'; GRANT INSERT ON tomozuna.lib_audit TO program; "
    "GRANT SELECT ON tomozuna.lib_audit TO sealer; "
    "GRANT SELECT, INSERT ON tomozuna.lib_audit_seal TO sealer; "
    "GRANT SELECT, INSERT, UPDATE ON tomozuna.lib_lease TO sealer";

static int64_t
ask(const struct world *w, const char *sql)
{
	char out[OWN_ANSWER];

	if (own_sql(&w->server, sql, out) < 0)
		fail_msg("%s", sql);
	return strtoll(out, NULL, 10);
}

static void
settings_for(struct world *w, struct settings *s, const char *user)
{
	s->name = "unit";
	s->journal_dir = w->journals;
	s->key = w->key;
	s->db_socket = w->server.socket;
	s->db_name = "tomozuna";
	s->db_user = user;
	s->db_password = "p";
	s->db_timeout_ms = 3000;
}

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	FILE *f;
	int r;

	*state = w;
	r = own_start(&w->server);
	if (r == 1)
		return 0;
	assert_int_equal(r, 0);
	assert_int_equal(own_source(&w->server, TESTDATA
	    "/../db/lib/0001-lib.sql"), 0);
	ask(w, accounts);
	snprintf(w->journals, sizeof w->journals, "%s/j", w->server.path);
	snprintf(w->key, sizeof w->key, "%s/key", w->server.path);
	snprintf(w->heads, sizeof w->heads, "%s/heads", w->server.path);
	assert_int_equal(mkdir(w->journals, 0700), 0);
	f = fopen(w->key, "w");
	fprintf(f, "%064d\n", 7);
	fclose(f);
	settings_for(w, &w->program, "program");
	settings_for(w, &w->sealer, "sealer");
	w->mem = arena_new(16 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	if (w->mem != NULL) {
		own_stop(&w->server, 0);
		arena_free(w->mem);
	}
	free(w);
	return 0;
}

static struct world *
world(void **state)
{
	struct world *w = *state;

	if (w->mem == NULL)
		skip();
	return w;
}

#endif
