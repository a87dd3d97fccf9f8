/* The basic record: what is known, and by whom it was last confirmed. */
#include "patient.h"

#include "age.h"
#include "patient_sql.h"
#include "profession.h"
#include "viewer.h"

static void
put_team(struct req *r, struct model *m, int64_t patient)
{
	struct member_rows rows;

	patient_team(r->db, &rows, patient);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct member *x = member_edit(&rows, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "team", &rows.set);
}

static void
put_facts(struct req *r, struct model *m, int64_t patient)
{
	struct allergy_rows allergies;
	struct condition_rows conditions;
	struct medication_rows medications;
	struct equipment_rows equipment;
	struct directive_rows directives;
	struct contact_rows contacts;
	int medical = (profession_rights(r->viewer->professions) & RIGHT_VIEW) != 0;

	patient_allergies(r->db, &allergies, patient, medical);
	patient_conditions(r->db, &conditions, patient, medical);
	patient_medications(r->db, &medications, patient, medical);
	patient_equipment(r->db, &equipment, patient);
	patient_directives(r->db, &directives, patient, medical);
	patient_contacts(r->db, &contacts, patient);
	put_bool(m, "medical", medical);
	put_rows(m, "allergies", &allergies.set);
	put_rows(m, "health_conditions", &conditions.set);
	put_rows(m, "medications", &medications.set);
	put_rows(m, "equipment", &equipment.set);
	put_rows(m, "advance_directives", &directives.set);
	put_rows(m, "emergency_contacts", &contacts.set);
}

int
record_show(struct req *r, struct model *m)
{
	int64_t patient = viewer_patient(r);
	const struct record *found;
	struct record *record;
	struct consent_rows consents;

	patient_record(r->db, &found, patient);
	if (found == NULL)
		return 404;
	record = (struct record *)arena_copy(r->mem, found, sizeof *found);
	record->age = age_on(record->birth_date, date_of(r->now));
	put_row(m, NULL, &patient_record_row, record);
	put_team(r, m, patient);
	patient_consents(r->db, &consents, patient);
	put_rows(m, "consents", &consents.set);
	put_facts(r, m, patient);
	portrait_put(r, m, patient);
	return 200;
}
