#include "doctor.h"

#include "doctor_sql.h"
#include "unpack.h"

enum { LIST_HOURS = 2, REQUEST_MINUTES = 2, PROBE_MINUTES = 3 };

static const struct certificate_words of_server = {
	"certificate.none", "certificate.ended", "certificate.soon",
	"certificate.fine", 30
};

void
check_certificate(struct doctor *d, const char *file,
    const struct certificate_words *words)
{
	const char *id = words->fine;
	utc_ms until, left;

	if (certificate_end(file, &until) < 0) {
		found(d, words->none, file, NULL, NULL);
		return;
	}
	left = until - d->a->now;
	if (left <= 0)
		id = words->ended;
	else if (left < words->soon_days * DAY_MS)
		id = words->soon;
	gauge(d, "certificate_seconds_left", "file", file, left / SECOND_MS);
	found(d, id, file, table_number(d->a->mem, left / DAY_MS), NULL);
}

static const char *
probe_saying(struct doctor *d, const struct list *l)
{
	if (strcmp(l->probe, "refused") == 0)
		return "door.fine";
	if (strcmp(l->probe, "off") == 0)
		return "door.off";
	if (strcmp(l->probe, "accepted") == 0)
		return "door.open";
	if (strcmp(l->probe, "waiting") != 0)
		return "door.failed";
	return d->a->now - l->issued_at > PROBE_MINUTES * MINUTE_MS ?
	    "door.unasked" : "door.asked";
}

static void
check_list(struct doctor *d)
{
	const struct list *l;
	utc_ms left;

	work_read(d->a);
	doctor_newest_list(d->a->db, &l);
	if (work_end(d->a) != 0)
		return;
	if (l == NULL) {
		found(d, "crl.none", NULL, NULL, NULL);
		return;
	}
	left = l->next_update - d->a->now;
	gauge(d, "crl_seconds_left", NULL, NULL, left / SECOND_MS);
	gauge(d, "crl_age_seconds", NULL, NULL,
	    (d->a->now - l->issued_at) / SECOND_MS);
	found(d, d->a->now - l->issued_at > LIST_HOURS * HOUR_MS ? "crl.old" :
	    "crl.fine", table_number(d->a->mem, l->number),
	    table_number(d->a->mem, l->revoked),
	    table_number(d->a->mem, left / HOUR_MS));
	gauge(d, "door_open", NULL, NULL, strcmp(l->probe, "accepted") == 0);
	found(d, probe_saying(d, l), l->probe, l->reason, NULL);
}

static void
check_devices(struct doctor *d, const struct signer *s)
{
	gauge(d, "devices_ended", NULL, NULL, s->ended);
	if (s->ended > 0)
		found_number(d, "devices.ended", s->ended);
	if (s->expiring > 0)
		found_number(d, "devices.soon", s->expiring);
	if (s->ended == 0 && s->expiring == 0)
		found_number(d, "devices.fine", s->without);
}

static void
check_requests(struct doctor *d, const struct signer *s)
{
	utc_ms age = s->waiting_since.set ? d->a->now - s->waiting_since.v : 0;

	gauge(d, "queue_oldest_seconds", "queue", "certificate",
	    age / SECOND_MS);
	if (s->waiting > 0 && age > REQUEST_MINUTES * MINUTE_MS)
		found_number(d, "requests.waiting", s->waiting);
}

void
doctor_certificates(struct doctor *d)
{
	const char *list = d->a->settings->certificates, *file;
	const struct signer *s;

	while ((file = next_of(d->a->mem, &list)) != NULL)
		check_certificate(d, file, &of_server);
	check_list(d);
	work_read(d->a);
	doctor_signer(d->a->db, &s, d->a->now);
	if (work_end(d->a) != 0 || s == NULL)
		return;
	check_devices(d, s);
	check_requests(d, s);
}
