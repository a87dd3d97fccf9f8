/*
 * Diseases that go round, by a short list of our own: those that sentinel
 * clinics count each week (定点把握, 感染症法14条) and those that offices of home
 * care meet besides. Public figures and the reports of offices use the same
 * codes, so that they stand side by side.
 */
#ifndef DISEASE_H
#define DISEASE_H

#include <stddef.h>

/* All codes, as an input declares them; the same as disease_at gives. */
#define DISEASE_CHOICES "influenza|covid19|respiratory|rsv|gastroenteritis|"	\
	"streptococcus|pharyngoconjunctival|hand_foot_mouth|herpangina|"	\
	"varicella|erythema|mycoplasma|pertussis|scabies|other"

enum { DISEASES = 15 };

struct disease {
	const char *code;
	const char *ja;			/* for pages to translate ({{label.t}}) */
	const char *names;		/* as public bodies write it, joined by |;
					 * NULL: no sentinel counts it */
};

/* The i-th from 0 in the order of a form, or NULL past the end. */
const struct disease *disease_at(size_t i);

/* Its Japanese name; "" if there is no such code. */
const char *disease_name(const char *code);

#endif
