#include "doctor.h"

#include "doctor_sql.h"

static const char *
counted(struct doctor *d, int64_t n, const char *what)
{
	return arena_printf(d->a->mem, "%lld %s", (long long)n, what);
}

static void
check_notices(struct doctor *d)
{
	const struct notices *n;

	work_read(d->a);
	doctor_notices(d->a->db, &n, d->a->now);
	if (work_end(d->a) != 0 || n == NULL)
		return;
	if (n->overdue > 0)
		found_wrong(d, "notices", counted(d, n->overdue,
		    "due for 10 minutes"), "start tomozuna-mail and "
		    "tomozuna-sms, look at their logs and at Kannel");
	if (n->stuck > 0)
		found_wrong(d, "notices", counted(d, n->stuck,
		    "left by a gateway that ended"), "start the gateway: it "
		    "takes them back");
	if (n->unknown > 0)
		found_odd(d, "notices", counted(d, n->unknown,
		    "of 7 days may or may not have arrived"),
		    "ask the carrier; nothing is sent twice by itself");
	if (n->failed > 0)
		found_odd(d, "notices", counted(d, n->failed,
		    "failed within a day"), "look for wrong numbers and "
		    "addresses");
	if (n->overdue + n->stuck + n->unknown + n->failed == 0)
		found_fine(d, "notices", "none waits");
}

static void
check_events(struct doctor *d)
{
	struct due_rows rows;

	work_read(d->a);
	doctor_due(d->a->db, &rows, d->a->now);
	if (work_end(d->a) != 0)
		return;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct due *e = due_at(&rows, i);

		if (e->late > 0)
			found_wrong(d, "events", arena_printf(d->a->mem,
			    "%lld wait for %s", (long long)e->late,
			    e->program), "start that program, look at its log");
		if (e->parked > 0)
			found_wrong(d, "events", arena_printf(d->a->mem,
			    "%lld given up by %s: %s", (long long)e->parked,
			    e->program, e->reason == NULL ? "" : e->reason),
			    "mend the reason, then clear `parked` in "
			    "lib_event_due");
	}
	if (rows.set.n == 0)
		found_fine(d, "events", "none waits");
}

static void
check_audit(struct doctor *d)
{
	const struct audit *u;

	work_read(d->a);
	doctor_audit(d->a->db, &u, d->a->now);
	if (work_end(d->a) != 0 || u == NULL)
		return;
	if (u->unsealed > 0)
		found_wrong(d, "audit", counted(d, u->unsealed,
		    "rows without a seal for a minute"),
		    "start tomozuna-seal, look at its log");
	else
		found_fine(d, "audit", "sealed");
}

static void
check_people(struct doctor *d)
{
	const struct people *p;

	work_read(d->a);
	doctor_people(d->a->db, &p);
	if (work_end(d->a) != 0 || p == NULL)
		return;
	if (p->mobile_bad > 0)
		found_odd(d, "people", counted(d, p->mobile_bad,
		    "mobile numbers refuse SMS"), "ask for the right ones: "
		    "tomozuna user list shows `bad`");
	if (p->operators == 0)
		found_odd(d, "people", "no operator", "give somebody the role: "
		    "tomozuna user role");
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

		found_odd(d, "SMS", arena_printf(d->a->mem, "network %s has "
		    "used %lld of %lld units", c->code, (long long)c->units,
		    (long long)c->cap), "look why, or raise it: tomozuna "
		    "network set --sms-cap");
	}
}

void
doctor_queues(struct doctor *d)
{
	check_notices(d);
	check_events(d);
	check_audit(d);
	check_people(d);
	check_caps(d);
}
