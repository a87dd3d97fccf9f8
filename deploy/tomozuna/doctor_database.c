#include "doctor.h"

#include "doctor_sql.h"

#include <sys/stat.h>
#include <sys/timex.h>

enum { CLOCK_ODD_MS = 2000 };

/* Both run on one machine, or keep to the same clocks. */
static void
check_clock(struct doctor *d, utc_ms theirs)
{
	utc_ms apart = instant_now() - theirs;
	struct timex t = { 0 };
	int state;

	if (apart < 0)
		apart = -apart;
	gauge(d, "clock_apart_ms", NULL, NULL, apart);
	found_number(d, apart > CLOCK_ODD_MS ? "clock.apart" : "clock.fine",
	    apart);
	state = adjtimex(&t);
	if (state < 0)
		return;		/* a unit may not ask; the command may */
	found(d, t.status & STA_UNSYNC ? "clock.unset" : "clock.set", NULL,
	    NULL, NULL);
}

static void
check_settings(struct doctor *d, const struct server *s)
{
	int binlog = s->log_bin && s->sync_binlog == 1;

	if (s->flush != 1)
		found(d, "settings.flush", NULL, NULL, NULL);
	if (s->general_log)
		found(d, "settings.general_log", NULL, NULL, NULL);
	if (s->local_infile)
		found(d, "settings.local_infile", NULL, NULL, NULL);
	if (!binlog)
		found(d, "settings.binlog", NULL, NULL, NULL);
	if (s->flush == 1 && !s->general_log && !s->local_infile && binlog)
		found(d, "settings.fine", NULL, NULL, NULL);
}

/* The log as it comes in is for the day on which the database's disk goes. */
static void
check_disks(struct doctor *d, const char *data)
{
	struct stat theirs, ours;

	if (d->a->settings->backup_target[0] == '\0' ||
	    stat(data, &theirs) < 0 ||
	    stat(d->a->settings->backup_spool, &ours) < 0)
		return;
	if (theirs.st_dev == ours.st_dev)
		found(d, "backup.same_disk", NULL, NULL, NULL);
}

int
doctor_database(struct doctor *d)
{
	const struct server *s;
	char why[400];

	work_read(d->a);
	doctor_server(d->a->db, &s);
	if (db_end(d->a->db) != DB_FINE || s == NULL) {
		gauge(d, "database_up", NULL, NULL, 0);
		found_number(d, "database.away", db_error(d->a->db));
		return -1;
	}
	gauge(d, "database_up", NULL, NULL, 1);
	found(d, "database.fine", s->version, NULL, NULL);
	check_clock(d, s->now);
	check_settings(d, s);
	check_disks(d, s->data);
	if (db_check(d->a->db, doctor_queries, why, sizeof why) < 0) {
		found(d, "tables.drift", why, NULL, NULL);
		return -1;
	}
	found(d, "tables.fine", NULL, NULL, NULL);
	return 0;
}
