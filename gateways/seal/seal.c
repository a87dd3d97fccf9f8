/*
 * tomozuna-seal: chains the rows of the audit trail and writes each head to a
 * file outside of the database. It alone may write seals.
 */
#include "daemon.h"
#include "log.h"
#include "seal_chain.h"
#include "seal_chain_sql.h"

struct seal_settings {
	struct settings own;
	const char *head_file;
};

static const struct setting settings[] = {
	{ "head_file", SETTING_TEXT, offsetof(struct seal_settings, head_file),
	  1, 1000, "/var/lib/tomozuna/journal/seal/heads",
	  "file that remembers the seals outside of the database" },
	{ 0 }
};

enum { EVERY_MS = 1000, DATABASE_FAILED = -1 };

static struct audit_sealer sealer;

static int
start(struct daemon *d)
{
	const struct seal_settings *s =
	    (const struct seal_settings *)d->settings;

	audit_sealer_init(&sealer, s->head_file);
	return 0;
}

/* What is wrong is said once when it begins, and once when it is over. */
static void
say(int64_t sealed)
{
	static int64_t before;
	static int disagreed;

	if (sealed < 0 && sealed != before)
		log_line(LOG_ERROR, "nothing is sealed", "reason",
		    sealed == DATABASE_FAILED ? "the database" :
		    "the head file", NULL);
	else if (sealed >= 0 && before < 0)
		log_line(LOG_INFO, "sealing again", NULL);
	before = sealed;
	if (sealer.disagrees && !disagreed)
		log_line(LOG_ERROR, "the audit trail is not what was sealed: "
		    "run tomozuna audit verify", NULL);
	disagreed = sealer.disagrees;
}

static int
step(struct daemon *d)
{
	say(audit_seal_step(&sealer, d->db, d->mem, instant_now()));
	return 0;
}

int
main(int argc, char **argv)
{
	static const struct job jobs[] = {
		{ "seal", EVERY_MS, step },
		{ 0 }
	};
	static const struct db_query *const *const queries[] = {
		seal_chain_queries, NULL
	};
	static const struct gateway seal = {
		.name = "seal",
		.jobs = jobs,
		.queries = queries,
		.settings = settings,
		.settings_bytes = sizeof (struct seal_settings),
		.start = start
	};

	return daemon_main(&seal, argc, argv);
}
