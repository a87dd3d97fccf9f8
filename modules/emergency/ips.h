/*
 * The summary as an International Patient Summary: a FHIR R4 Bundle of type document,
 * after HL7 IPS 2.0 (Composition 60591-5; problems, allergies and medications always,
 * others where something is known). What nobody has asked is an emptyReason, what is
 * confirmed absent the IPS's own code for it; the two are never one.
 */
#ifndef IPS_H
#define IPS_H

#include "items.h"

struct opening;		/* opening.sql */

/* Answers with the document, as application/fhir+json. Returns 200. */
int ips_answer(struct req *r, const struct opening *, const struct item_rows *);

#endif
