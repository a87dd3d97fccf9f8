#include "tomozuna.h"

#include "retention_sql.h"

enum { REASON_MOST = 200 };

static int
take_patient(struct admin *a, struct ref *patient)
{
	if (ref_parse(arg(a, "PATIENT"), patient) == 0)
		return 0;
	return complain("PATIENT is 32 hexadecimal digits, as in the address "
	    "of her page"), -1;
}

static int
list(struct admin *a)
{
	struct table *t = table_new(a->mem, "network", "patient", "due since",
	    NULL);
	struct due_rows rows;

	work_read(a);
	retention_due(a->db, &rows);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct due *d = due_at(&rows, i);
		char hex[REF_HEX], day[INSTANT_TEXT];

		table_row(t, d->network,
		    arena_text(a->mem, ref_hex(d->patient, hex)),
		    arena_text(a->mem, date_iso(d->kept_until, day)));
	}
	if (work_end(a) != 0)
		return 1;
	table_print(t);
	return 0;
}

static int
proofs(struct admin *a)
{
	struct table *t = table_new(a->mem, "network", "patient", "was due",
	    "deleted", "rows", NULL);
	struct gone_rows rows;

	work_read(a);
	retention_proofs(a->db, &rows);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct gone *g = gone_at(&rows, i);
		char hex[REF_HEX], day[INSTANT_TEXT], at[INSTANT_TEXT];

		table_row(t, g->network,
		    arena_text(a->mem, ref_hex(g->patient, hex)),
		    arena_text(a->mem, date_iso(g->kept_until, day)),
		    arena_text(a->mem, instant_iso(g->deleted_at, at)),
		    arena_text(a->mem, g->row_counts));
	}
	if (work_end(a) != 0)
		return 1;
	table_print(t);
	return 0;
}

/* Which law keeps her until when, the longest first. */
static int
lines(struct admin *a)
{
	struct table *t = table_new(a->mem, "line", "may go from", NULL);
	const struct kept *found;
	struct kept_line_rows rows = { { .n = 0 } };
	struct ref patient;

	if (take_patient(a, &patient) < 0)
		return 1;
	work_read(a);
	retention_patient(a->db, &found, &patient);
	if (found != NULL)
		retention_lines(a->db, &rows, found->patient_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct kept_line *k = kept_line_at(&rows, i);
		char day[INSTANT_TEXT];

		table_row(t, k->line, k->until.set ? arena_text(a->mem,
		    date_iso((civil_date)k->until.v, day)) : "not yet known");
	}
	if (work_end(a) != 0)
		return 1;
	if (found == NULL)
		return complain("there is no such patient");
	table_print(t);
	return 0;
}

static int
hold(struct admin *a)
{
	const struct kept *found;
	const char *reason;
	struct ref patient;
	civil_date until;

	if (take_patient(a, &patient) < 0 ||
	    arg_text(a, "--reason", REASON_MOST, &reason) < 0)
		return 1;
	if (date_parse(arg(a, "UNTIL"), &until) < 0)
		return complain("UNTIL is a day, YYYY-MM-DD");
	work_write(a);
	retention_patient(a->db, &found, &patient);
	if (found == NULL) {
		(void)work_drop(a);
		return a->again ? 1 : complain("there is no such patient");
	}
	retention_hold(a->db, found->patient_id, until, reason, a->now);
	return work_end(a);
}

/* The database refuses whoever's time has not come; here it is said in words. */
static int
delete_one(struct admin *a)
{
	struct due_rows rows;
	struct ref patient;
	int is_due = 0;

	if (take_patient(a, &patient) < 0)
		return 1;
	if (arg(a, "--yes") == NULL)
		return complain("nothing brings her back: say --yes");
	work_write(a);
	retention_due(a->db, &rows);
	for (size_t i = 0; i < rows.set.n; i++)
		is_due |= ref_same(due_at(&rows, i)->patient, &patient);
	if (!is_due) {
		(void)work_drop(a);
		return a->again ? 1 : complain("her time has not come, or something holds "
		    "her: see retention list");
	}
	retention_delete_patient(a->db, &patient);
	return work_end(a);
}

const struct command retention_commands[] = {
	{ "retention", "list", "", "patients whose time of keeping is over",
	  list, 0 },
	{ "retention", "lines", "PATIENT", "which law keeps her until when",
	  lines, 0 },
	{ "retention", "hold", "PATIENT UNTIL --reason TEXT", "keeps one "
	  "until a day: a dispute, a law of its own", hold, 0 },
	{ "retention", "delete", "PATIENT [--yes]", "deletes one whose time is "
	  "over, and leaves a proof", delete_one, 0 },
	{ "retention", "proofs", "", "what was deleted, when", proofs, 0 },
	{ 0 }
};
