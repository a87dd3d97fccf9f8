/* The list of revoked certificates: when a new one is due, and that it counts. */
#include "ca.h"

#include "ca_sql.h"
#include "command.h"
#include "crl.h"
#include "daemon.h"
#include "log.h"

enum { EVERY_HOURS = 1, AGAIN_MS = 60 * 1000, COMMAND_SECONDS = 20 };

/* The probe of the newest list; a list from before this run has none. */
static struct {
	struct probe_pair pair;
	int64_t number;
} probe;

void
revoke_done(void)
{
	probe_pair_done(&probe.pair);
}

static int
read_state(struct daemon *d, const struct state **s)
{
	db_begin(d->db, d->mem, 0);
	ca_state(d->db, s);
	return db_end(d->db) == DB_FINE && *s != NULL ? 0 : -1;
}

/*
 * Whether a new list is due, by table and file: each can be older than the
 * other after a restore. *number is the one that it would have.
 */
static int
is_due(const struct state *s, utc_ms now, int64_t *number)
{
	const struct ca *ca = ca_held();
	struct crl_facts file = { 0 };
	char why[300];
	int64_t known = s->number.set ? s->number.v : 0;
	int broken = crl_read(ca->settings->crl_file,
	    ca->authority.certificate, &file, why, sizeof why) < 0;

	*number = (known > file.number ? known : file.number) + 1;
	if (broken)
		log_line(LOG_WARNING, "the list's file is made anew", "reason",
		    why, NULL);
	return broken || s->waiting || known != probe.number || !s->issued_at.set ||
	    known != file.number || s->issued_at.v > now + HOUR_MS ||
	    now - s->issued_at.v >= EVERY_HOURS * HOUR_MS ||
	    file.next_update - now < CRL_DAYS * DAY_MS / 2;
}

/* The rows as entries, one more than there are: the probe's certificate. */
static struct crl_entry *
entries_of(struct daemon *d, const struct revoked_rows *rows,
    const struct probe_pair *fresh)
{
	size_t n = rows->set.n;
	struct crl_entry *e = arena_take_many(d->mem, n + 1, sizeof *e);

	for (size_t i = 0; i < n; i++) {
		const struct revoked *r = revoked_at(rows, i);

		memcpy(e[i].serial, r->serial.p, SERIAL_BYTES);
		e[i].at = r->revoked_at.v;
	}
	memcpy(e[n].serial, fresh->serial, SERIAL_BYTES);
	e[n].at = DAY_MS;	/* 1970: since ever */
	return e;
}

/* Signs and installs. 0, or -1 after a line on the log. */
static int
issue(const struct crl_entry *e, const struct crl_facts *f)
{
	const struct ca *ca = ca_held();
	X509_CRL *crl = crl_make(&ca->authority, f->number, f->issued, e,
	    (size_t)f->entries);
	char why[400] = "it could not be signed";
	int result = -1;

	if (crl != NULL)
		result = crl_install(ca->settings->crl_file,
		    ca->authority.certificate, crl, f, why, sizeof why);
	X509_CRL_free(crl);
	if (result < 0)
		log_line(LOG_ERROR, "no new list of revoked certificates",
		    "reason", why, NULL);
	return result;
}

/* Puts a list of these rows in place. 0, or -1 after a line on the log. */
static int
renew(struct daemon *d, const struct revoked_rows *rows, struct crl_facts *f)
{
	struct probe_pair fresh;

	if (probe_pair_make(&fresh, &ca_held()->authority, f->issued) < 0)
		return -1;
	f->entries = (int64_t)rows->set.n + 1;
	if (issue(entries_of(d, rows, &fresh), f) < 0) {
		probe_pair_done(&fresh);
		return -1;
	}
	probe_pair_done(&probe.pair);
	probe.pair = fresh;
	probe.number = f->number;
	return 0;
}

/*
 * The file first, then the row: should the program end between them, the
 * numbers differ and the next round makes another list.
 */
int
crl_job(struct daemon *d)
{
	const struct state *s;
	struct revoked_rows rows;
	utc_ms now = instant_now();
	struct crl_facts f = { .issued = now,
	    .next_update = now + CRL_DAYS * DAY_MS };

	if (read_state(d, &s) < 0 || !is_due(s, now, &f.number))
		return 0;
	db_begin(d->db, d->mem, 1);
	ca_mark_revoked(d->db, now);
	ca_revoked(d->db, &rows, now);
	if (db_end(d->db) != DB_FINE || renew(d, &rows, &f) < 0)
		return 0;
	db_begin(d->db, d->mem, 1);
	ca_list(d->db, f.number, now, f.next_update, (int64_t)rows.set.n);
	(void)db_end(d->db);
	return 0;
}

static const char *
ask_door(char *why, size_t n)
{
	static const char *const names[] = {
		[PROBE_REFUSED] = "refused", [PROBE_ACCEPTED] = "accepted",
		[PROBE_UNREACHABLE] = "unreachable"
	};
	const struct probe *door = &ca_held()->settings->probe;

	if (door->url[0] == '\0')
		return "off";
	return names[probe_door(door, &probe.pair, why, n)];
}

/* What ca_crl.probe says about the newest list after this. */
static const char *
make_count(char *why, size_t n)
{
	const struct ca_settings *s = ca_held()->settings;

	if (command_run(s->check_command, COMMAND_SECONDS, why, n) < 0)
		return "not_checked";
	if (command_run(s->reload_command, COMMAND_SECONDS, why, n) < 0)
		return "not_reloaded";
	return ask_door(why, n);
}

/*
 * nginx takes a moment to change its workers, or another program reloads it:
 * a door that accepts is asked again, quickly at first.
 */
static int
is_early(const struct state *s, utc_ms now)
{
	static utc_ms last_at;
	static int64_t last_number;
	static int tries;
	int quick;

	if (s->number.v != last_number)
		tries = 0;
	quick = tries < 5;
	if (tries > 0 && now - last_at < (quick ? SECOND_MS : AGAIN_MS) &&
	    now >= last_at)
		return 1;
	last_at = now;
	last_number = s->number.v;
	tries++;
	return 0;
}

static int
is_settled(const char *seen)
{
	return strcmp(seen, "refused") == 0 || strcmp(seen, "off") == 0;
}

int
reload_job(struct daemon *d)
{
	const struct state *s;
	const char *seen;
	char why[300] = "";

	if (read_state(d, &s) < 0 || !s->number.set ||
	    s->number.v != probe.number || is_settled(s->probe) || is_early(s, instant_now()))
		return 0;
	seen = make_count(why, sizeof why);
	if (!is_settled(seen))
		log_line(LOG_ERROR, "the list of revoked certificates does "
		    "not count yet", "probe", seen, "reason", why, NULL);
	db_begin(d->db, d->mem, 1);
	ca_probed(d->db, s->number.v, seen, is_settled(seen) ? NULL : why,
	    instant_now());
	(void)db_end(d->db);
	return 0;
}
