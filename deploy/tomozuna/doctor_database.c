#include "doctor.h"

#include "doctor_sql.h"

enum { CLOCK_ODD_MS = 2000 };

/* Both run on one machine, or keep to the same clocks. */
static void
check_clock(struct doctor *d, utc_ms theirs)
{
	utc_ms apart = instant_now() - theirs;
	const char *text;

	if (apart < 0)
		apart = -apart;
	text = arena_printf(d->a->mem, "%lld ms apart from MariaDB's",
	    (long long)apart);
	if (apart > CLOCK_ODD_MS)
		found_wrong(d, "clock", text,
		    "set both machines by the same time server (chrony)");
	else
		found_fine(d, "clock", text);
}

static void
check_settings(struct doctor *d, const struct server *s)
{
	if (s->flush != 1)
		found_wrong(d, "MariaDB settings",
		    "innodb_flush_log_at_trx_commit is not 1",
		    "set it to 1: a power cut would lose what was confirmed");
	if (s->general_log)
		found_wrong(d, "MariaDB settings", "general_log is on",
		    "switch it off: it writes patients' data in clear");
	if (s->local_infile)
		found_odd(d, "MariaDB settings", "local_infile is on",
		    "switch it off; nothing here needs it");
	if (s->flush == 1 && !s->general_log && !s->local_infile)
		found_fine(d, "MariaDB settings", "as in conf/mariadb.cnf");
}

int
doctor_database(struct doctor *d)
{
	const struct server *s;
	char why[400];

	work_read(d->a);
	doctor_server(d->a->db, &s);
	if (db_end(d->a->db) != DB_FINE || s == NULL) {
		found_wrong(d, "MariaDB", arena_printf(d->a->mem,
		    "does not answer (error %u)", db_error(d->a->db)),
		    "start it, and compare db_socket, db_user and the "
		    "password with the settings");
		return -1;
	}
	found_fine(d, "MariaDB", s->version);
	check_clock(d, s->now);
	check_settings(d, s);
	if (db_check(d->a->db, doctor_queries, why, sizeof why) < 0) {
		found_wrong(d, "tables", arena_text(d->a->mem, why),
		    "run tomozuna migrate with the version of the programs");
		return -1;
	}
	found_fine(d, "tables", "as this program knows them");
	return 0;
}
