#include "immunization_fhir.h"

#include <stdlib.h>
#include <string.h>

#define FUNCTION "http://terminology.hl7.org/CodeSystem/v2-0443"
#define UCUM "http://unitsofmeasure.org"

static void
put_coding(struct model *concept, const char *codes, const char *code)
{
	struct model *coding = put_item(concept, "coding");

	put_text(coding, "system", codes);
	put_text(coding, "code", code);
}

static void
put_vaccine(struct model *m, const struct immunization_fhir *d)
{
	struct model *concept = put_object(m, "vaccineCode");
	const char *code = d->standard_code;

	if (code != NULL && code[0] != '\0' &&
	    strspn(code, "0123456789") == strlen(code))
		put_coding(concept, IMMUNIZATION_CVX, code);
	put_coding(concept, IMMUNIZATION_CODES, d->product != NULL ?
	    d->product : d->vaccine);
	put_text(concept, "text", d->product_name != NULL ? d->product_name :
	    d->vaccine_name);
}

static void
put_site(struct model *m, const struct immunization_fhir *d)
{
	static const char *const sites[][2] = { { "left_arm", "LA" },
	    { "right_arm", "RA" }, { "left_thigh", "LT" },
	    { "right_thigh", "RT" } };

	for (size_t i = 0; d->site != NULL &&
	    i < sizeof sites / sizeof sites[0]; i++)
		if (strcmp(d->site, sites[i][0]) == 0)
			put_coding(put_object(m, "site"), IMMUNIZATION_SITE,
			    sites[i][1]);
	if (d->route != NULL)
		put_coding(put_object(m, "route"), IMMUNIZATION_ROUTE,
		    strcmp(d->route, "im") == 0 ? "IM" : "SQ");
}

/* Millilitres; what has hundredths of them is whole microlitres. */
static void
put_dose(struct model *m, const char *ml)
{
	int hundredths = ml == NULL ? 0 : (int)(strtod(ml, NULL) * 100 + 0.5);
	int small = hundredths % 10 != 0;
	struct model *o;

	if (hundredths == 0)
		return;
	o = put_object(m, "doseQuantity");
	if (small)
		put_i64(o, "value", hundredths * 10);
	else
		put_tenths(o, "value", hundredths / 10);
	put_text(o, "unit", small ? "uL" : "mL");
	put_text(o, "system", UCUM);
	put_text(o, "code", small ? "uL" : "mL");
}

static void
put_performer(struct model *m, const char *function, const char *name)
{
	struct model *p;

	if (name == NULL)
		return;
	p = put_item(m, "performer");
	put_coding(put_object(p, "function"), FUNCTION, function);
	put_text(put_object(p, "actor"), "display", name);
}

static void
put_protocol(struct model *m, const struct immunization_fhir *d)
{
	struct model *p = put_item(m, "protocolApplied");
	struct model *disease = put_item(p, "targetDisease");

	put_coding(disease, IMMUNIZATION_CODES, d->vaccine);
	put_text(disease, "text", d->vaccine_name);
	if (d->dose_number.set)
		put_i64(p, "doseNumberPositiveInt", d->dose_number.v);
	else
		put_text(p, "doseNumberString", "不明");
}

void
immunization_fhir(struct model *m, const struct immunization_fhir *d)
{
	put_text(put_item(put_object(m, "meta"), "profile"), ".",
	    IMMUNIZATION_PROFILE);
	put_text(m, "status", d->ended ? "entered-in-error" : "completed");
	put_vaccine(m, d);
	if (d->given_at.set)
		put_utc(m, "occurrenceDateTime", d->given_at.v);
	else
		put_date(m, "occurrenceDateTime", d->given_on);
	put_utc(m, "recorded", d->recorded_at);
	put_bool(m, "primarySource", !d->reported);
	if (d->place != NULL)
		put_text(put_object(m, "location"), "display", d->place);
	if (d->lot_number != NULL)
		put_text(m, "lotNumber", d->lot_number);
	if (d->expires_on.set)
		put_date(m, "expirationDate", (civil_date)d->expires_on.v);
	put_site(m, d);
	put_dose(m, d->dose_ml);
	put_performer(m, "AP", d->vaccinator);
	put_performer(m, "OP", d->doctor);
	put_protocol(m, d);
}
