/* The facts of the summary. */
#include "export.h"

#include "export_sql.h"
#include "model.h"

#define CLINICAL "http://terminology.hl7.org/CodeSystem/"

/* What was never so is kept, and named so. */
static const char *
status_of(const char *end_reason, struct db_maybe ended_at, const char *open,
    const char *ended)
{
	if (end_reason != NULL && strcmp(end_reason, "mistake") == 0)
		return "entered-in-error";
	return ended_at.set ? ended : open;
}

/* Allergies and conditions have two statuses, one of which is for mistakes. */
static void
put_clinical(struct model *m, const char *kind, const char *end_reason,
    struct db_maybe ended_at)
{
	const char *status = status_of(end_reason, ended_at, "active",
	    "inactive");

	if (strcmp(status, "entered-in-error") == 0)
		put_coded(m, "verificationStatus", strcmp(kind, "condition") ==
		    0 ? CLINICAL "condition-ver-status" :
		    CLINICAL "allergyintolerance-verification", status);
	else
		put_coded(m, "clinicalStatus", strcmp(kind, "condition") == 0 ?
		    CLINICAL "condition-clinical" :
		    CLINICAL "allergyintolerance-clinical", status);
}

static void
write_allergies(struct export *e)
{
	struct allergy_rows rows;

	export_allergies(e->db, &rows, e->patient);
	export_csv(e, "allergy.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct allergy *f = allergy_at(&rows, i);
		struct model *m = resource_new(e, "AllergyIntolerance", f->id);

		put_clinical(m, "allergy", f->end_reason, f->ended_at);
		put_concept(m, "code", f->substance);
		put_reference(e, m, "patient", "Patient", e->id);
		put_some_utc(m, "recordedDate", f->confirmed_at);
		if (f->reaction != NULL && f->reaction[0] != '\0')
			put_text(put_item(put_item(m, "reaction"),
			    "manifestation"), "text", f->reaction);
		resource_put(e, m);
	}
}

static void
write_conditions(struct export *e)
{
	struct condition_rows rows;

	export_health_conditions(e->db, &rows, e->patient);
	export_csv(e, "health_condition.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct condition *f = condition_at(&rows, i);
		struct model *m = resource_new(e, "Condition", f->id);

		put_clinical(m, "condition", f->end_reason, f->ended_at);
		put_concept(m, "code", f->name);
		put_reference(e, m, "subject", "Patient", e->id);
		put_some(m, "onsetString", f->since);
		put_some_utc(m, "recordedDate", f->confirmed_at);
		resource_put(e, m);
	}
}

static void
write_medication(struct export *e)
{
	struct medication_rows rows;

	export_medications(e->db, &rows, e->patient);
	export_csv(e, "medication.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct medication *f = medication_at(&rows, i);
		struct model *m = resource_new(e, "MedicationStatement", f->id);
		const char *dose = f->dose == NULL ? "" : f->dose;

		put_text(m, "status", status_of(f->end_reason, f->ended_at,
		    "active", "completed"));
		put_concept(m, "medicationCodeableConcept", f->name);
		put_reference(e, m, "subject", "Patient", e->id);
		put_some_utc(m, "dateAsserted", f->confirmed_at);
		if (dose[0] != '\0' || f->dosage != NULL)
			put_text(put_item(m, "dosage"), "text",
			    arena_printf(e->scratch, "%s %s", dose,
			    f->dosage == NULL ? "" : f->dosage));
		resource_put(e, m);
	}
}

static void
write_equipment(struct export *e)
{
	struct equipment_rows rows;

	export_equipment(e->db, &rows, e->patient);
	export_csv(e, "equipment.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct equipment *f = equipment_at(&rows, i);
		struct model *m = resource_new(e, "DeviceUseStatement", f->id);

		put_text(m, "status", status_of(f->end_reason, f->ended_at,
		    "active", "completed"));
		put_reference(e, m, "subject", "Patient", e->id);
		put_some_utc(m, "recordedOn", f->confirmed_at);
		put_text(put_object(m, "device"), "display", f->name);
		if (f->power_dependent)
			put_text(put_item(m, "note"), "text",
			    arena_printf(e->scratch, "電源が必要（電池 %s 時間）",
			    f->battery_hours == NULL ? "?" : f->battery_hours));
		resource_put(e, m);
	}
}

static void
write_directives(struct export *e)
{
	struct directive_rows rows;

	export_advance_directives(e->db, &rows, e->patient);
	export_csv(e, "advance_directive.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct directive *f = directive_at(&rows, i);
		struct model *m = resource_new(e, "DocumentReference", f->id);
		struct model *c;

		put_text(m, "status", status_of(f->end_reason, f->ended_at,
		    "current", "superseded"));
		put_coded(m, "type", "http://loinc.org", "42348-3");
		put_reference(e, m, "subject", "Patient", e->id);
		put_text(put_item(m, "author"), "display", f->author);
		put_text(m, "description", f->summary);
		c = put_object(put_item(m, "content"), "attachment");
		put_text(c, "title", f->summary);
		put_date(put_object(put_object(m, "context"), "period"),
		    "start", f->stated_on);
		resource_put(e, m);
	}
}

/* Care levels, whereabouts and what is asked of everyone, each with its times. */
static void
write_states(struct export *e)
{
	struct level_rows levels;
	struct place_rows places;
	struct field_rows fields;

	export_levels(e->db, &levels, e->patient);
	export_csv(e, "care_level.csv", &levels.set);
	export_places(e->db, &places, e->patient);
	export_csv(e, "whereabouts.csv", &places.set);
	export_fields(e->db, &fields, e->patient);
	export_csv(e, "field.csv", &fields.set);
}

void
export_facts(struct export *e)
{
	write_allergies(e);
	write_conditions(e);
	write_medication(e);
	write_equipment(e);
	write_directives(e);
	write_states(e);
}
