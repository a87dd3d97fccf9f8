/*
 * Facts: allergies, conditions, medications, equipment, directives, contacts.
 * One set of handlers for all; the third part of the path says which.
 */
#include "record.h"

#include "facts_sql.h"
#include "field.h"
#include "profession.h"
#include "record_sql.h"
#include "viewer.h"

struct fact_kind {
	const char *section;	/* the path's part, and the field's name */
	const char *label;	/* the input that names a change */
	int64_t (*find)(struct db *, const struct fact **, int64_t patient,
	    const struct ref *);
	int64_t (*end)(struct db *, int64_t patient, int64_t fact,
	    int64_t user, const char *name, const char *reason, utc_ms now);
	void (*add)(struct req *, struct db_maybe replaces);
	size_t (*list)(struct req *, struct model *);	/* returns how many */
};

/* What ends every row: who writes it, and when. */
#define BY(r) (r)->viewer->user, record_writer(r), (r)->viewer->profession, (r)->now

static void
add_allergy(struct req *r, struct db_maybe replaces)
{
	facts_add_allergy(r->db, viewer_patient(r), r->id,
	    in_text(r, "substance"), in_text(r, "reaction"),
	    in_text(r, "category"), in_text(r, "criticality"), replaces, BY(r));
}

static void
add_health_condition(struct req *r, struct db_maybe replaces)
{
	facts_add_health_condition(r->db, viewer_patient(r), r->id,
	    in_text(r, "name"), in_text(r, "since"), in_boolean(r, "past"),
	    in_text(r, "facility"), replaces, BY(r));
}

static struct db_maybe
maybe_date(struct req *r, const char *name)
{
	int set;
	civil_date day = in_date(r, name, &set);

	return (struct db_maybe){ set, set ? day : 0 };
}

static void
add_medication(struct req *r, struct db_maybe replaces)
{
	facts_add_medication(r->db, viewer_patient(r), r->id,
	    in_text(r, "name"), in_text(r, "dose"), in_text(r, "dosage"),
	    in_text(r, "prescriber"), maybe_date(r, "dispensed_on"),
	    in_boolean(r, "blood_thinner"), NULL, NULL, replaces, BY(r));
}

static void
add_equipment(struct req *r, struct db_maybe replaces)
{
	int set;
	int64_t minutes = in_integer(r, "battery_minutes", &set);
	const char *hours = set ? arena_printf(r->mem, "%lld.%lld",
	    (long long)minutes / 60, (long long)(minutes % 60) / 6) : NULL;

	facts_add_equipment(r->db, viewer_patient(r), r->id,
	    in_text(r, "name"), in_boolean(r, "power_dependent"), hours,
	    in_text(r, "settings"), in_text(r, "supplier"),
	    in_text(r, "supplier_phone"), replaces, BY(r));
}

static void
add_advance_directive(struct req *r, struct db_maybe replaces)
{
	int set;

	facts_add_advance_directive(r->db, viewer_patient(r), r->id,
	    in_text(r, "summary"), in_text(r, "author"),
	    in_date(r, "stated_on", &set), in_text(r, "place"),
	    in_text(r, "resuscitation"), maybe_date(r, "review_on"), replaces,
	    BY(r));
}

static void
add_emergency_contact(struct req *r, struct db_maybe replaces)
{
	int set;

	facts_add_emergency_contact(r->db, viewer_patient(r), r->id,
	    in_text(r, "name"), in_text(r, "relation"), in_text(r, "phone"),
	    in_text(r, "hours"), in_integer(r, "position", &set),
	    in_boolean(r, "key_person"), in_boolean(r, "lives_with"), replaces,
	    BY(r));
}

/* The rows of a kind: those that hold come first; their number is returned. */
#define LIST(kind, statement)						\
static size_t								\
list_##kind(struct req *r, struct model *m)				\
{									\
	struct kind##_rows rows;					\
	size_t n = 0;							\
									\
	statement(r->db, &rows, viewer_patient(r));			\
	put_rows(m, "items", &rows.set);				\
	while (n < rows.set.n && !kind##_at(&rows, n)->ended_at.set)	\
		n++;							\
	return n;							\
}

LIST(allergy, facts_allergies)
LIST(health_condition, facts_health_conditions)
LIST(medication, facts_medications)
LIST(equipment, facts_equipment)
LIST(advance_directive, facts_advance_directives)
LIST(emergency_contact, facts_emergency_contacts)

static const struct fact_kind kinds[] = {
	{ "allergies", "substance", facts_find_allergy, facts_end_allergy,
	  add_allergy, list_allergy },
	{ "health_conditions", "name", facts_find_health_condition,
	  facts_end_health_condition, add_health_condition,
	  list_health_condition },
	{ "medications", "name", facts_find_medication, facts_end_medication,
	  add_medication, list_medication },
	{ "equipment", "name", facts_find_equipment, facts_end_equipment,
	  add_equipment, list_equipment },
	{ "advance_directives", "author", facts_find_advance_directive,
	  facts_end_advance_directive, add_advance_directive,
	  list_advance_directive },
	{ "emergency_contacts", "name", facts_find_emergency_contact,
	  facts_end_emergency_contact, add_emergency_contact,
	  list_emergency_contact },
};

/* The kind that the route's path names; aborts at a route without one. */
static const struct fact_kind *
kind_of(const struct req *r)
{
	const char *part = r->route->path + strlen("/record/{patient}/");
	size_t n = strcspn(part, "/");

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strlen(kinds[i].section) == n &&
		    memcmp(kinds[i].section, part, n) == 0)
			return &kinds[i];
	abort();
}

int64_t
facts_count(struct req *r, const char *section)
{
	const struct holding *h;

	facts_holding(r->db, &h, viewer_patient(r), section);
	return h == NULL ? 0 : h->facts;
}

/* The section's state, for the buttons that confirm it. */
static void
put_state(struct req *r, struct model *m, const struct field *f, size_t holding)
{
	const struct field_row *row;
	struct model *o = put_object(m, "state");

	record_field(r->db, &row, viewer_patient(r), f->name);
	if (row != NULL && strcmp(row->state, "not_asked") == 0)
		row = NULL;
	put_text(o, "field", f->name);
	put_text(o, "label", f->label);
	put_text(o, "none", f->none);
	put_text(o, "state", holding > 0 ? "present" :
	    row == NULL ? "not_asked" : row->state);
	put_i64(o, "holding", (int64_t)holding);
	put_text(o, "confirmed_name", row == NULL ? NULL : row->confirmed_name);
	if (row == NULL)
		put_text(o, "confirmed_at", NULL);
	else
		put_utc(o, "confirmed_at", row->confirmed_at);
}

/* Every input of the form that adds, as null. */
static void
put_blank(struct req *r, struct model *m)
{
	static const char *const keys[] = { "id", "substance", "reaction",
	    "category", "criticality", "name", "since", "past", "facility",
	    "dose", "dosage", "prescriber", "dispensed_on", "blood_thinner",
	    "power_dependent", "battery_minutes", "settings", "supplier",
	    "supplier_phone", "summary", "author", "stated_on", "place",
	    "resuscitation", "review_on", "relation", "phone", "hours",
	    "position", "key_person", "lives_with", "codes" };
	struct model *o = put_object(m, "blank");

	(void)r;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		put_text(o, keys[i], NULL);
}

int
facts_show(struct req *r, struct model *m)
{
	const struct fact_kind *kind = kind_of(r);
	const struct field *f = field_find(kind->section);

	if (!record_shows(r, f->name))
		return 403;
	put_state(r, m, f, kind->list(r, m));
	put_bool(m, "may_write", record_may(r, f->right));
	put_blank(r, m);
	return 200;
}

int
facts_write(struct req *r, struct model *m)
{
	const struct fact_kind *kind = kind_of(r);
	const struct field *f = field_find(kind->section);
	const struct ref *replaces = in_ref(r, "replaces");
	struct db_maybe old = { 0, 0 };
	const struct fact *was;

	if (!record_may(r, f->right))
		return 403;
	if (replaces != NULL) {
		kind->find(r->db, &was, viewer_patient(r), replaces);
		if (was == NULL)
			return 404;
		old = (struct db_maybe){ 1, was->fact_id };
		kind->end(r->db, viewer_patient(r), was->fact_id,
		    r->viewer->user, record_writer(r), "replaced", r->now);
	}
	kind->add(r, old);
	field_follow(r, f, 1);
	record_changed(r, f->name, old.set ? "corrected" : "added",
	    in_text(r, kind->label));
	put_id(m, r->id);
	return 201;
}

int
facts_end(struct req *r, struct model *m)
{
	const struct fact_kind *kind = kind_of(r);
	const struct field *f = field_find(kind->section);
	const char *reason = in_text(r, "reason");
	const struct fact *was;

	(void)m;
	if (!record_may(r, f->right))
		return 403;
	kind->find(r->db, &was, viewer_patient(r), in_path(r, "fact"));
	if (was == NULL)
		return 404;
	kind->end(r->db, viewer_patient(r), was->fact_id, r->viewer->user,
	    record_writer(r), reason, r->now);
	field_follow(r, f, facts_count(r, f->name) > 0);
	record_changed(r, f->name, reason, was->label);
	return 204;
}
