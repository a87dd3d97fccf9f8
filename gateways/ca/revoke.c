/* The list of revoked certificates: when a new one is due, and that it counts. */
#include "ca.h"

#include "ca_sql.h"
#include "command.h"
#include "crl.h"
#include "daemon.h"
#include "log.h"

enum { EVERY_HOURS = 1, AGAIN_MS = 60 * 1000, COMMAND_SECONDS = 20 };

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
	return broken || s->waiting || !s->issued_at.set ||
	    known != file.number || s->issued_at.v > now + HOUR_MS ||
	    now - s->issued_at.v >= EVERY_HOURS * HOUR_MS ||
	    file.next_update - now < CRL_DAYS * DAY_MS / 2;
}

/* The rows as entries, and the probe's certificate among them. */
static struct crl_entry *
entries_of(struct daemon *d, const struct revoked_rows *rows, size_t *n)
{
	const struct ca *ca = ca_held();
	struct crl_entry *e = arena_take_many(d->mem, rows->set.n + 1,
	    sizeof *e);

	*n = 0;
	if (ca->probing) {
		memcpy(e[0].serial, ca->probe_serial, SERIAL_BYTES);
		e[0].at = DAY_MS;	/* 1970: since ever */
		*n = 1;
	}
	for (size_t i = 0; i < rows->set.n; i++, (*n)++) {
		const struct revoked *r = revoked_at(rows, i);

		memcpy(e[*n].serial, r->serial.p, SERIAL_BYTES);
		e[*n].at = r->revoked_at.v;
	}
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

/*
 * The file first, then the row: should the program end between them, the
 * numbers differ and the next round makes another list.
 */
int
crl_job(struct daemon *d)
{
	const struct state *s;
	struct revoked_rows rows;
	struct crl_facts f = { 0 };
	const struct crl_entry *e;
	utc_ms now = instant_now();
	size_t n;

	if (read_state(d, &s) < 0 || !is_due(s, now, &f.number))
		return 0;
	db_begin(d->db, d->mem, 1);
	ca_mark_revoked(d->db, now);
	ca_revoked(d->db, &rows, now);
	if (db_end(d->db) != DB_FINE)
		return 0;
	e = entries_of(d, &rows, &n);
	f.entries = (int64_t)n;
	f.issued = now;
	f.next_update = now + CRL_DAYS * DAY_MS;
	if (issue(e, &f) < 0)
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
	const struct ca *ca = ca_held();

	if (!ca->probing)
		return "off";
	return names[probe_door(&ca->settings->probe, why, n)];
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
is_settled(const char *probe)
{
	return strcmp(probe, "refused") == 0 || strcmp(probe, "off") == 0;
}

int
reload_job(struct daemon *d)
{
	const struct state *s;
	const char *probe;
	char why[300] = "";

	if (read_state(d, &s) < 0 || !s->number.set ||
	    is_settled(s->probe) || is_early(s, instant_now()))
		return 0;
	probe = make_count(why, sizeof why);
	if (!is_settled(probe))
		log_line(LOG_ERROR, "the list of revoked certificates does "
		    "not count yet", "probe", probe, "reason", why, NULL);
	db_begin(d->db, d->mem, 1);
	ca_probed(d->db, s->number.v, probe, is_settled(probe) ? NULL : why,
	    instant_now());
	(void)db_end(d->db);
	return 0;
}
