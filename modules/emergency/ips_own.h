/* The document while it is made. Internal to ips*.c. */
#ifndef IPS_OWN_H
#define IPS_OWN_H

#include "ips.h"

struct ips {
	struct req *r;
	const struct opening *o;
	const struct item_rows *rows;
	struct model *bundle, *composition;
	int made;		/* refs taken for what has none of its own */
};

/* A new resource of the bundle; for an id of NULL it gets one. */
struct model *ips_resource(struct ips *, const char *type,
    const struct ref *id, const char **url);

/* `key`: { "reference": url }. */
void ips_refer(struct model *, const char *key, const char *url);

/* `key`: the patient. */
void ips_patient(struct ips *, struct model *, const char *key);

/* `key`: a CodeableConcept of one coding, of words, or (either NULL) of the other. */
void ips_concept(struct model *, const char *key, const char *uri,
    const char *code, const char *words);

/* The extension that says why a value is not there. */
void ips_absent(struct model *, const char *key);

/*
 * The resource of one row of a section; puts it into the bundle and returns its URL.
 * With a row of NULL it is the one that says that there is none.
 */
typedef const char *ips_fact(struct ips *, const struct item *);

/* A section with its narrative; what follows goes into its `entry`. */
struct model *ips_section(struct ips *, const char *title, const char *code,
    const char *lines);

/* Sections of their own shape: vital signs, and how she usually is. */
void ips_signs(struct ips *, const char *title, const char *code);
void ips_usual(struct ips *, const char *title, const char *code);

ips_fact ips_condition, ips_allergy, ips_medication, ips_device,
    ips_directive, ips_flag, ips_immunization;

#endif
