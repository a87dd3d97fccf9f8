/* What `tomozuna backup` has noted in its folder of states. */
#include "doctor.h"

#include "text.h"

#include <sys/stat.h>
#include <unistd.h>

enum { OLD_HOURS = 26, LOG_MINUTES = 15, PROVED_DAYS = 8, NOTE_BYTES = 400,
	SINCE_EPOCH_DAYS = 9999 };

struct note {
	long long at;	/* seconds; 0: there is none */
	char name[80];
	long long bytes, seconds;
};

static struct note
note_read(struct doctor *d, const char *name)
{
	const char *path = arena_printf(d->a->mem, "%s/state/%s",
	    d->a->settings->backup_spool, name);
	struct note n = { 0, "", 0, 0 };
	FILE *in = fopen(path, "re");
	char line[NOTE_BYTES];

	if (in == NULL)
		return n;
	if (fgets(line, sizeof line, in) == NULL || sscanf(line,
	    "%lld %79s %lld %lld", &n.at, n.name, &n.bytes, &n.seconds) < 1)
		n.at = 0;
	(void)fclose(in);
	return n;
}

static long long
age_of(struct doctor *d, const struct note *n)
{
	long long age = d->a->now / SECOND_MS - n->at;

	return age < 0 ? 0 : age;
}

static const char *
size_of(struct doctor *d, long long bytes)
{
	return arena_printf(d->a->mem, "%lld MB", bytes / 1000000 + 1);
}

static void
check_set(struct doctor *d)
{
	struct note n = note_read(d, "full"), failed = note_read(d, "failed");
	long long hours = age_of(d, &n) / 3600;

	if (n.at > 0)
		gauge(d, "backup_age_seconds", "kind", "set", age_of(d, &n));
	if (failed.at > n.at)
		found(d, "backup.failed", failed.name, NULL, NULL);
	if (n.at == 0)
		found(d, "backup.never", NULL, NULL, NULL);
	else if (hours >= OLD_HOURS)
		found_number(d, "backup.old", hours);
	else
		found(d, "backup.fine", table_number(d->a->mem, hours),
		    size_of(d, n.bytes), NULL);
}

static void
check_log(struct doctor *d)
{
	struct note n = note_read(d, "log");
	long long age = age_of(d, &n);

	if (n.at == 0 && note_read(d, "full").at == 0)
		return;
	gauge(d, "backup_age_seconds", "kind", "log", age);
	if (age >= LOG_MINUTES * 60)
		found_number(d, "backup.log_old", age / 60);
	else
		found_number(d, "backup.log_fine", age);
}

static void
check_proof(struct doctor *d)
{
	struct note n = note_read(d, "verified");
	long long days = n.at == 0 ? SINCE_EPOCH_DAYS : age_of(d, &n) / 86400;

	if (note_read(d, "full").at == 0)
		return;
	if (n.at > 0)
		gauge(d, "backup_age_seconds", "kind", "proof", age_of(d, &n));
	if (days >= PROVED_DAYS)
		found_number(d, "backup.unproved", days);
	else	/* a note of `verified` has seconds where a set has bytes */
		found(d, "backup.proved", table_number(d->a->mem, days),
		    table_number(d->a->mem, n.bytes), NULL);
}

void
doctor_backups(struct doctor *d)
{
	const struct admin_settings *s = d->a->settings;

	if (s->backup_target[0] == '\0') {
		found(d, "backup.off", NULL, NULL, NULL);
		return;
	}
	check_set(d);
	check_log(d);
	check_proof(d);
	if (access(s->backup_safe_key, F_OK) == 0)
		found(d, "backup.safe_key", s->backup_safe_key, NULL, NULL);
}
