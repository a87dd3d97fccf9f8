/*
 * The record on one screen. One statement brings all of it (record.sql,
 * `summary`); here each row is put where it belongs, under its own names.
 */
#include "record.h"

#include "field.h"
#include "profession.h"
#include "record_sql.h"
#include "vital.h"
#include "viewer.h"

/* How a section's columns are called in the model; NULL: unused. */
struct shape {
	const char *section;
	const char *a, *b, *c, *d, *n, *flag, *begins_on, *ends_on;
};

static const struct shape shapes[] = {
	{ "allergies", "substance", "reaction", "category", "criticality" },
	{ "health_conditions", "name", "since", "facility", .flag = "past" },
	{ "medications", "name", "dose", "dosage", "prescriber",
	  .flag = "blood_thinner", .begins_on = "dispensed_on" },
	{ "equipment", "name", "battery_hours", "settings", "supplier_phone",
	  .flag = "power_dependent" },
	{ "advance_directives", "summary", "author", "place", "resuscitation",
	  .begins_on = "stated_on", .ends_on = "review_on" },
	{ "emergency_contacts", "name", "relation", "phone", "hours",
	  .n = "position", .flag = "key_person" },
	{ 0 }
};

static const struct shape level_shape = {
	"care_level", "care_level", .begins_on = "valid_from", .ends_on = "valid_to"
};
static const struct shape whereabouts_shape = {
	"whereabouts", "whereabouts", "place", "note", .begins_on = "since"
};
static const struct shape plan_shape = {
	"care_plan", "policy", .n = "version", .begins_on = "valid_from",
	.ends_on = "valid_to"
};
static const struct shape change_shape = { "change", "section", "act", "about" };

static void
put_maybe_date(struct model *o, const char *key, struct db_maybe day)
{
	if (key != NULL && day.set)
		put_date(o, key, (civil_date)day.v);
	else if (key != NULL)
		put_text(o, key, NULL);
}

/* When, by whom, and how fresh that is. */
static void
put_confirmed(struct req *r, struct model *o, struct db_maybe at,
    const char *name, const char *profession)
{
	put_text(o, "confirmed_by", name);
	put_text(o, "profession", profession == NULL ? NULL :
	    profession_name(profession));
	put_text(o, "freshness", at.set ? record_freshness(at.v, r->now) : NULL);
	if (at.set)
		put_utc(o, "confirmed_at", at.v);
	else
		put_text(o, "confirmed_at", NULL);
}

static void
put_shaped(struct req *r, struct model *o, const struct shape *s,
    const struct item *x)
{
	const char *const keys[] = { s->a, s->b, s->c, s->d };
	const char *const texts[] = { x->a, x->b, x->c, x->d };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i] != NULL)
			put_text(o, keys[i], texts[i]);
	if (s->n != NULL)
		put_i64(o, s->n, x->n.set ? x->n.v : 0);
	if (s->flag != NULL)
		put_bool(o, s->flag, x->flag.set && (x->flag.v & 1));
	put_maybe_date(o, s->begins_on, x->begins_on);
	put_maybe_date(o, s->ends_on, x->ends_on);
	if (x->id != NULL)
		put_ref(o, "id", x->id);
	put_confirmed(r, o, x->at, x->by_name, x->by_profession);
}

/* The first row of a section from the i-th on; n if there is none. */
static size_t
next_of(const struct item_rows *rows, const char *section, size_t i)
{
	while (i < rows->set.n && strcmp(item_at(rows, i)->section, section) != 0)
		i++;
	return i;
}

static const struct item *
field_row_of(const struct item_rows *rows, const char *name)
{
	size_t i = 0;

	while ((i = next_of(rows, "field", i)) < rows->set.n) {
		if (strcmp(item_at(rows, i)->a, name) == 0)
			return item_at(rows, i);
		i++;
	}
	return NULL;
}

/*
 * A section with its three states. A fact holds as of its own confirmation or
 * of the section's, whichever is later.
 */
static void
put_section(struct req *r, struct model *m, const struct shape *s,
    const struct item_rows *rows)
{
	const struct item *asked = field_row_of(rows, s->section);
	struct model *o = put_object(m, s->section);
	int present = 0;

	if (asked != NULL && strcmp(asked->b, "not_asked") == 0)
		asked = NULL;
	put_items(o, "items");
	for (size_t i = next_of(rows, s->section, 0); i < rows->set.n;
	    i = next_of(rows, s->section, i + 1)) {
		const struct item *x = item_at(rows, i);
		struct model *item = put_item(o, "items");

		present = 1;
		put_shaped(r, item, s, x);
		if (asked != NULL && asked->at.v > (x->at.set ? x->at.v : 0))
			put_confirmed(r, item, asked->at, asked->by_name,
			    asked->by_profession);
	}
	put_text(o, "state", present ? "present" :
	    asked == NULL || strcmp(asked->b, "present") == 0 ? "not_asked" :
	    asked->b);
	put_confirmed(r, o, asked == NULL ? (struct db_maybe){ 0 } : asked->at,
	    asked == NULL ? NULL : asked->by_name,
	    asked == NULL ? NULL : asked->by_profession);
	put_bool(o, "may_write", record_may(r, field_find(s->section)->right));
}

static void
put_fields(struct req *r, struct model *m, const struct item_rows *rows)
{
	put_items(m, "fields");
	for (const struct field *f = fields; f->name != NULL; f++) {
		const struct item *x = field_row_of(rows, f->name);
		struct model *o;

		if (f->section || !record_shows(r, f->name))
			continue;
		o = put_item(m, "fields");
		put_text(o, "field", f->name);
		put_text(o, "label", f->label);
		put_text(o, "none", f->none);
		put_text(o, "state", x == NULL ? "not_asked" : x->b);
		put_text(o, "value", x == NULL ? NULL : x->c);
		put_confirmed(r, o, x == NULL ? (struct db_maybe){ 0 } : x->at,
		    x == NULL ? NULL : x->by_name,
		    x == NULL ? NULL : x->by_profession);
	}
}

/* A section of which at most one row counts: an object, or null. */
static struct model *
put_single(struct req *r, struct model *m, const struct shape *s,
    const struct item_rows *rows)
{
	size_t i = next_of(rows, s->section, 0);
	struct model *o;

	if (i == rows->set.n) {
		put_text(m, s->section, NULL);
		return NULL;
	}
	o = put_object(m, s->section);
	put_shaped(r, o, s, item_at(rows, i));
	return o;
}

static void
put_list(struct req *r, struct model *m, const char *key,
    const struct shape *s, const struct item_rows *rows)
{
	put_items(m, key);
	for (size_t i = next_of(rows, s->section, 0); i < rows->set.n;
	    i = next_of(rows, s->section, i + 1))
		put_shaped(r, put_item(m, key), s, item_at(rows, i));
}

static void
put_visits(struct model *m, const struct item_rows *rows)
{
	put_items(m, "visits");
	for (size_t i = next_of(rows, "visit", 0); i < rows->set.n;
	    i = next_of(rows, "visit", i + 1)) {
		const struct item *x = item_at(rows, i);
		struct model *o = put_item(m, "visits");

		put_ref(o, "id", x->id);
		put_text(o, "kind", x->a);
		put_text(o, "note", x->b);
		put_utc(o, "starts_at", x->at.v);
	}
}

/* The level's last day, and whether it is near: 60 days before, or over. */
static void
put_level(struct req *r, struct model *m, const struct item_rows *rows)
{
	struct model *o = put_single(r, m, &level_shape, rows);
	size_t i = next_of(rows, "care_level", 0);
	int64_t left;

	if (o == NULL)
		return;
	put_i64(o, "days_left", 0);
	put_text(o, "expiry", NULL);
	if (!item_at(rows, i)->ends_on.set)
		return;
	left = item_at(rows, i)->ends_on.v - date_of(r->now);
	put_i64(o, "days_left", left);
	put_text(o, "expiry", left < 0 ? "over" :
	    left <= LEVEL_REMINDER_DAYS ? "near" : "far");
}

static void
put_vital_sign(struct req *r, struct model *m, const struct item_rows *rows)
{
	size_t i = next_of(rows, "vital_sign", 0);
	const struct item *x;
	struct model *o;

	if (i == rows->set.n) {
		put_text(m, "vital_sign", NULL);
		return;
	}
	x = item_at(rows, i);
	o = put_object(m, "vital_sign");
	put_ref(o, "id", x->id);
	put_utc(o, "measured_at", x->at.v);
	put_text(o, "writer", x->by_name);
	put_text(o, "note", x->b);
	put_vital_values(r, o, x->a, x->flag.set ? x->flag.v : 0);
}

/* A value outside that the viewer was told of and has not acknowledged. */
static void
put_alarm(struct model *m, const struct item_rows *rows)
{
	size_t i = next_of(rows, "alarm", 0);

	if (i < rows->set.n)
		put_ref(m, "alarm", item_at(rows, i)->id);
	else
		put_text(m, "alarm", NULL);
}

int
summary_show(struct req *r, struct model *m)
{
	struct item_rows rows;

	record_summary(r->db, &rows, viewer_patient(r), r->viewer->user, r->now,
	    record_shown(r));
	for (const struct shape *s = shapes; s->section != NULL; s++)
		if (record_shows(r, s->section))
			put_section(r, m, s, &rows);
		else
			put_text(m, s->section, NULL);
	put_bool(m, "medical", record_may(r, RIGHT_VIEW));
	put_fields(r, m, &rows);
	put_level(r, m, &rows);
	(void)put_single(r, m, &whereabouts_shape, &rows);
	(void)put_single(r, m, &plan_shape, &rows);
	put_visits(m, &rows);
	put_list(r, m, "changes", &change_shape, &rows);
	put_vital_sign(r, m, &rows);
	put_alarm(m, &rows);
	return 200;
}

int
summary_seen(struct req *r, struct model *m)
{
	(void)m;
	record_seen(r->db, viewer_patient(r), r->viewer->user, r->now);
	record_clear_unread(r->db, viewer_patient(r), r->viewer->user);
	return 204;
}

int
changes_show(struct req *r, struct model *m)
{
	struct changed_rows rows;

	record_changes(r->db, &rows, viewer_patient(r), record_shown(r));
	for (size_t i = 0; i < rows.set.n; i++)
		changed_edit(&rows, i)->profession =
		    profession_name(changed_at(&rows, i)->profession_code);
	put_rows(m, "changes", &rows.set);
	return 200;
}
