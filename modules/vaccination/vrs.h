/*
 * Doses out of a file of the town's register: a table with headings, or the export that the
 * national system for COVID-19 (VRS) made for registers, without: the resident's number and, for
 * each dose, eight columns (time of recording, day, voucher, municipality, place, doctor,
 * maker, lot). Numbers are texts: zeros in front count.
 *
 * The line under a voucher's bar code has 18 digits: kind (2 dose, 1 screening alone), number of
 * the dose, the municipality's six with their check digit, ten of the voucher.
 */
#ifndef VRS_H
#define VRS_H

#include "instant.h"
#include "table.h"

enum { VRS_FIELDS = 13, VRS_DOSES = 30, VRS_LINE = 18, VRS_REPEATED = 8 };

enum vrs_field {
	VRS_RESIDENT, VRS_KANA, VRS_BIRTH, VRS_VACCINE, VRS_DOSE, VRS_GIVEN,
	VRS_VOUCHER, VRS_MUNICIPALITY, VRS_TICKET, VRS_PLACE, VRS_DOCTOR,
	VRS_MAKER, VRS_LOT
};

/* A field's name in JSON and forms, and its usual heading. */
struct vrs_name { const char *field, *heading; };
extern const struct vrs_name vrs_names[VRS_FIELDS];

struct vrs_dose {
	size_t line;			/* of the file, from 1 */
	const char *text[VRS_FIELDS];	/* "" where absent */
	const char *fault;		/* NULL, or a sentence of ours */
	civil_date birth, given;	/* 0: not said */
	int number;			/* of the dose; 0: not said */
	char municipality[7], voucher[11];	/* "" where absent */
	int screening_only;		/* no dose: there is nothing to write */
};

/* How the columns of a file are laid out. */
struct vrs_layout { int positional, column[VRS_FIELDS]; };

/* Headings as the town calls them, by field. 0, or -1: it is neither layout. */
int vrs_layout(const struct table *, const char *const heading[VRS_FIELDS],
    struct vrs_layout *);

/* How many doses the file has room for, and the n-th of them; 1 if there is one. */
size_t vrs_places(const struct table *, const struct vrs_layout *);
int vrs_dose(const struct table *, const struct vrs_layout *, size_t n,
    struct vrs_dose *out);

#endif
