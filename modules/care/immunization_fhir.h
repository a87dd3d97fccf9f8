/*
 * A dose as FHIR R4 Immunization in the form of JP Core (JP_Immunization, 1.x): for the export of
 * a person's record and for the file that she takes to another town.
 *
 * Codes: CVX where the schedule says that the product is the same; besides the schedule's own,
 * under IMMUNIZATION_CODES, by which another Tomozuna knows vaccine and product again.
 */
#ifndef IMMUNIZATION_FHIR_H
#define IMMUNIZATION_FHIR_H

#include "model.h"

#define IMMUNIZATION_PROFILE \
    "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Immunization"
#define IMMUNIZATION_CODES "urn:tomozuna:vaccination-schedule"
#define IMMUNIZATION_CVX "http://hl7.org/fhir/sid/cvx"
#define IMMUNIZATION_SITE "http://terminology.hl7.org/CodeSystem/v3-ActSite"
#define IMMUNIZATION_ROUTE \
    "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"

/* As rows have it; NULL or not set: not known. */
struct immunization_fhir {
	const char *vaccine, *vaccine_name, *product, *product_name;
	const char *standard_code, *lot_number, *site, *route;
	const char *dose_ml;		/* "0.50" */
	const char *vaccinator, *doctor, *place;
	struct db_maybe given_at, expires_on, dose_number;
	civil_date given_on;
	utc_ms recorded_at;
	int reported;			/* primarySource false */
	int ended;			/* entered-in-error */
};

/* Fills a resource that has its type, id and patient. */
void immunization_fhir(struct model *, const struct immunization_fhir *);

#endif
