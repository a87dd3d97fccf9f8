#include "doctor.h"

#include "doctor_sql.h"

/* Seconds since an instant; 0 if there is none. */
static int64_t
seconds_since(struct doctor *d, struct db_maybe at)
{
	utc_ms age = at.set ? d->a->now - at.v : 0;

	return age < 0 ? 0 : age / SECOND_MS;
}

static void
found_some(struct doctor *d, const char *id, int64_t n)
{
	if (n > 0)
		found_number(d, id, n);
}

static void
check_notices(struct doctor *d)
{
	const struct notices *n;

	work_read(d->a);
	doctor_notices(d->a->db, &n, d->a->now);
	if (work_end(d->a) != 0 || n == NULL)
		return;
	gauge(d, "queue_oldest_seconds", "queue", "notice",
	    seconds_since(d, n->oldest));
	gauge(d, "notices", "state", "stuck", n->stuck);
	gauge(d, "notices", "state", "failed", n->failed);
	gauge(d, "notices", "state", "unknown", n->unknown);
	found_some(d, "notices.overdue", n->overdue);
	found_some(d, "notices.stuck", n->stuck);
	found_some(d, "notices.unknown", n->unknown);
	found_some(d, "notices.failed", n->failed);
	if (n->overdue + n->stuck + n->unknown + n->failed == 0)
		found(d, "notices.fine", NULL, NULL, NULL);
}

static void
check_events(struct doctor *d)
{
	struct due_rows rows;
	int64_t late = 0, parked = 0;

	work_read(d->a);
	doctor_due(d->a->db, &rows, d->a->now);
	if (work_end(d->a) != 0)
		return;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct due *e = due_at(&rows, i);

		late += e->late;
		parked += e->parked;
		if (e->late > 0)
			found(d, "events.late", e->program,
			    table_number(d->a->mem, e->late), NULL);
		if (e->parked > 0)
			found(d, "events.parked", e->program,
			    table_number(d->a->mem, e->parked), e->reason);
	}
	gauge(d, "events", "state", "late", late);
	gauge(d, "events", "state", "parked", parked);
	if (rows.set.n == 0)
		found(d, "events.fine", NULL, NULL, NULL);
}

static void
check_audit(struct doctor *d)
{
	const struct audit *u;

	work_read(d->a);
	doctor_audit(d->a->db, &u, d->a->now);
	if (work_end(d->a) != 0 || u == NULL)
		return;
	gauge(d, "audit_unsealed", NULL, NULL, u->unsealed);
	found_number(d, u->unsealed > 0 ? "audit.unsealed" : "audit.fine",
	    u->unsealed);
}

static void
check_people(struct doctor *d)
{
	const struct people *p;

	work_read(d->a);
	doctor_people(d->a->db, &p);
	if (work_end(d->a) != 0 || p == NULL)
		return;
	found_some(d, "people.mobile", p->mobile_bad);
	if (p->operators == 0)
		found(d, "people.operator", NULL, NULL, NULL);
}

static void
check_caps(struct doctor *d)
{
	struct civil month = civil_from_date(date_of(d->a->now));
	struct cap_rows rows;

	month.day = 1;
	work_read(d->a);
	doctor_near_cap(d->a->db, &rows,
	    instant_of(date_from_civil(month, NULL)));
	if (work_end(d->a) != 0)
		return;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct cap *c = cap_at(&rows, i);

		found(d, "sms.cap", c->code,
		    table_number(d->a->mem, c->units),
		    table_number(d->a->mem, c->cap));
	}
	gauge(d, "networks_near_sms_cap", NULL, NULL, (int64_t)rows.set.n);
}

/* What one source lacks; 1 if it is not well. */
static int
check_feed(struct doctor *d, const struct feed *f)
{
	if (f->stale)
		found(d, "feeds.stale", f->name,
		    table_number(d->a->mem, f->minutes),
		    f->reason == NULL ? "-" : f->reason);
	else if (f->silent)
		found(d, "feeds.silent", f->name,
		    table_number(d->a->mem, f->quiet_hours), NULL);
	if (f->unread > 0)
		found(d, "feeds.unread", f->name,
		    table_number(d->a->mem, f->unread),
		    f->unread_why == NULL ? "-" : f->unread_why);
	if (f->strange != NULL)
		found(d, "feeds.strange", f->name, f->strange, NULL);
	return f->stale || f->silent;
}

/* Types with a blank between them. */
static int64_t
count_types(const char *types)
{
	int64_t n = types != NULL && types[0] != '\0';

	for (const char *p = types; n > 0 && *p != '\0'; p++)
		n += *p == ' ';
	return n;
}

/* Also when the gateway itself is gone, and raises no alarm. */
static void
check_feeds(struct doctor *d)
{
	struct feed_rows rows;
	size_t stale = 0;
	int64_t unread = 0;

	work_read(d->a);
	doctor_feeds(d->a->db, &rows, d->a->now, d->a->now - 7 * DAY_MS);
	if (work_end(d->a) != 0)
		return;
	for (size_t i = 0; i < rows.set.n; i++) {
		stale += (size_t)check_feed(d, feed_at(&rows, i));
		unread += feed_at(&rows, i)->unread +
		    count_types(feed_at(&rows, i)->strange);
	}
	gauge(d, "feeds_stale", NULL, NULL, (int64_t)stale);
	gauge(d, "feeds_not_understood", NULL, NULL, unread);
	if (stale == 0)
		found_number(d, "feeds.fine", (int64_t)rows.set.n);
}

void
doctor_queues(struct doctor *d)
{
	check_notices(d);
	check_events(d);
	check_audit(d);
	check_feeds(d);
	check_people(d);
	check_caps(d);
}
