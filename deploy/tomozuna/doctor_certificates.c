#include "doctor.h"

#include "doctor_sql.h"
#include "unpack.h"

enum { SOON_DAYS = 30, LIST_HOURS = 2, REQUEST_MINUTES = 2, PROBE_MINUTES = 3 };

static const char *
days_left(struct doctor *d, utc_ms until)
{
	return arena_printf(d->a->mem, "%lld days left",
	    (long long)((until - d->a->now) / DAY_MS));
}

static void
check_files(struct doctor *d)
{
	const char *list = d->a->settings->certificates, *file;

	while ((file = next_of(d->a->mem, &list)) != NULL) {
		utc_ms until;

		if (certificate_end(file, &until) < 0)
			found_wrong(d, file, "holds no certificate",
			    "put it back, or take it out of `certificates`");
		else if (until <= d->a->now)
			found_wrong(d, file, "has ended",
			    "run tomozuna ca init again, then reload nginx");
		else if (until - d->a->now < SOON_DAYS * DAY_MS)
			found_odd(d, file, days_left(d, until),
			    "run tomozuna ca init again, then reload nginx");
		else
			found_fine(d, file, days_left(d, until));
	}
}

static void
check_probe(struct doctor *d, const struct list *l)
{
	static const char what[] = "CRL at the door";
	const char *reason = l->reason == NULL ? "" : l->reason;

	if (strcmp(l->probe, "refused") == 0)
		found_fine(d, what, "refuses a revoked certificate");
	else if (strcmp(l->probe, "off") == 0)
		found_odd(d, what, "is not asked",
		    "set probe_url in ca.conf");
	else if (strcmp(l->probe, "accepted") == 0)
		found_wrong(d, what, "A REVOKED CERTIFICATE COMES IN",
		    "reload nginx; devices are still shut out by the database");
	else if (strcmp(l->probe, "waiting") != 0)
		found_wrong(d, what, arena_printf(d->a->mem, "%s: %s",
		    l->probe, reason), "run nginx -t, look at its error log "
		    "and that of tomozuna-ca");
	else if (d->a->now - l->issued_at > PROBE_MINUTES * MINUTE_MS)
		found_wrong(d, what, "was not asked yet",
		    "start tomozuna-ca, look at its log");
	else
		found_fine(d, what, "is being asked");
}

static void
check_list(struct doctor *d)
{
	const struct list *l;
	const char *found;

	work_read(d->a);
	doctor_newest_list(d->a->db, &l);
	if (work_end(d->a) != 0)
		return;
	if (l == NULL) {
		found_wrong(d, "CRL", "none was ever made",
		    "start tomozuna-ca");
		return;
	}
	found = arena_printf(d->a->mem, "number %lld, %lld revoked, %lld h "
	    "left", (long long)l->number, (long long)l->revoked,
	    (long long)((l->next_update - d->a->now) / HOUR_MS));
	if (d->a->now - l->issued_at > LIST_HOURS * HOUR_MS)
		found_wrong(d, "CRL", found, "tomozuna-ca makes none: start it, "
		    "look at its log; when none is left nobody comes in");
	else
		found_fine(d, "CRL", found);
	check_probe(d, l);
}

static void
check_devices(struct doctor *d, const struct signer *s)
{
	if (s->ended > 0)
		found_wrong(d, "devices", arena_printf(d->a->mem,
		    "%lld with an ended certificate", (long long)s->ended),
		    "renew or revoke them: tomozuna device list");
	if (s->expiring > 0)
		found_odd(d, "devices", arena_printf(d->a->mem,
		    "%lld end within 30 days", (long long)s->expiring),
		    "renew them: tomozuna certificate ask");
	if (s->ended == 0 && s->expiring == 0)
		found_fine(d, "devices", arena_printf(d->a->mem,
		    "all last 30 days or more; %lld have no certificate yet",
		    (long long)s->without));
}

void
doctor_certificates(struct doctor *d)
{
	const struct signer *s;

	check_files(d);
	check_list(d);
	work_read(d->a);
	doctor_signer(d->a->db, &s, d->a->now);
	if (work_end(d->a) != 0 || s == NULL)
		return;
	check_devices(d, s);
	if (s->waiting > 0 && s->waiting_since.set &&
	    d->a->now - s->waiting_since.v > REQUEST_MINUTES * MINUTE_MS)
		found_wrong(d, "requests", arena_printf(d->a->mem,
		    "%lld wait for a signature", (long long)s->waiting),
		    "start tomozuna-ca, look at its log");
}
