/* The facts of an International Patient Summary, a resource a row. */
#include "ips_own.h"

#include "opening_sql.h"

#define ABSENT "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
#define TERMINOLOGY "http://terminology.hl7.org/CodeSystem/"

static void
put_words(struct model *m, const char *key, const char *words)
{
	if (words != NULL && words[0] != '\0')
		put_text(m, key, words);
}

const char *
ips_condition(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "Condition", x == NULL ? NULL : x->id,
	    &url);
	int past = x != NULL && x->flag.set && x->flag.v != 0;

	ips_concept(m, "clinicalStatus", TERMINOLOGY "condition-clinical",
	    past ? "resolved" : "active", NULL);
	if (x == NULL)
		ips_concept(m, "code", ABSENT, "no-known-problems", NULL);
	else
		ips_concept(m, "code", NULL, NULL, x->a);
	ips_patient(d, m, "subject");
	if (x != NULL)
		put_words(m, "onsetString", x->b);
	return url;
}

const char *
ips_allergy(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "AllergyIntolerance",
	    x == NULL ? NULL : x->id, &url), *reaction;

	ips_concept(m, "clinicalStatus",
	    TERMINOLOGY "allergyintolerance-clinical", "active", NULL);
	if (x == NULL)
		ips_concept(m, "code", ABSENT, "no-known-allergies", NULL);
	else
		ips_concept(m, "code", NULL, NULL, x->a);
	ips_patient(d, m, "patient");
	if (x == NULL)
		return url;
	if (x->c != NULL && (strcmp(x->c, "medication") == 0 ||
	    strcmp(x->c, "food") == 0))
		put_text(put_item(m, "category"), ".", x->c);
	if (x->d != NULL)
		put_text(m, "criticality", strcmp(x->d, "unknown") == 0 ?
		    "unable-to-assess" : x->d);
	if (x->b != NULL && x->b[0] != '\0') {
		reaction = put_item(m, "reaction");
		put_text(put_item(reaction, "manifestation"), "text", x->b);
	}
	return url;
}

const char *
ips_medication(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "MedicationStatement",
	    x == NULL ? NULL : x->id, &url);

	put_text(m, "status", "active");
	if (x == NULL)
		ips_concept(m, "medicationCodeableConcept", ABSENT,
		    "no-known-medications", NULL);
	else
		ips_concept(m, "medicationCodeableConcept", NULL, NULL, x->a);
	ips_patient(d, m, "subject");
	if (x != NULL && x->begins_on.set)
		put_date(m, "effectiveDateTime", (civil_date)x->begins_on.v);
	else
		ips_absent(m, "_effectiveDateTime");
	if (x != NULL && (x->b != NULL || x->c != NULL))
		put_text(put_item(m, "dosage"), "text", arena_printf(d->r->mem,
		    "%s%s%s", x->b == NULL ? "" : x->b,
		    x->b != NULL && x->c != NULL ? " " : "",
		    x->c == NULL ? "" : x->c));
	return url;
}

/* A Device, and that it is in use. */
const char *
ips_device(struct ips *d, const struct item *x)
{
	const char *url, *device;
	struct model *m = ips_resource(d, "Device", NULL, &device);

	if (x == NULL)
		ips_concept(m, "type", ABSENT, "no-known-devices", NULL);
	else
		ips_concept(m, "type", NULL, NULL, x->c == NULL ? x->a :
		    arena_printf(d->r->mem, "%s %s", x->a, x->c));
	ips_patient(d, m, "patient");
	m = ips_resource(d, "DeviceUseStatement", x == NULL ? NULL : x->id,
	    &url);
	put_text(m, "status", "active");
	ips_patient(d, m, "subject");
	ips_absent(m, "_timingDateTime");
	ips_refer(m, "device", device);
	return url;
}

/* What she wishes: a Consent of the scope adr (advance care directive). */
const char *
ips_directive(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "Consent", x->id, &url);

	put_text(m, "status", "active");
	ips_concept(m, "scope", TERMINOLOGY "consentscope", "adr", NULL);
	put_text(put_item(m, "category"), "text", "事前指示");
	ips_patient(d, m, "patient");
	if (x->begins_on.set)
		put_date(m, "dateTime", (civil_date)x->begins_on.v);
	ips_concept(m, "policyRule", NULL, NULL, x->a);
	return url;
}

/* A dose; one that was given elsewhere is known by hearsay (primarySource false). */
const char *
ips_immunization(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "Immunization", x->id, &url);

	put_text(m, "status", "completed");
	ips_concept(m, "vaccineCode", NULL, NULL, x->b == NULL ? x->a :
	    arena_printf(d->r->mem, "%s（%s）", x->a, x->b));
	ips_patient(d, m, "patient");
	put_date(m, "occurrenceDateTime", (civil_date)x->begins_on.v);
	put_bool(m, "primarySource", !x->flag.set || x->flag.v == 0);
	put_words(m, "lotNumber", x->c);
	if (x->d != NULL)
		put_text(put_item(m, "note"), "text", arena_printf(d->r->mem,
		    "副反応：%s", x->d));
	return url;
}

/* What must not be overlooked: a blood thinner, an infection. */
const char *
ips_flag(struct ips *d, const struct item *x)
{
	const char *url;
	struct model *m = ips_resource(d, "Flag", NULL, &url);

	put_text(m, "status", "active");
	ips_concept(m, "code", NULL, NULL,
	    strcmp(x->section, "medications") == 0 ?
	    arena_printf(d->r->mem, "抗血栓薬：%s", x->a) :
	    arena_printf(d->r->mem, "感染症の注意：%s", x->c));
	ips_patient(d, m, "subject");
	return url;
}
