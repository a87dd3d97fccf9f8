/*
 * `tomozuna export`: all that is kept of a person, or of a network, in a folder of
 * open formats: CSV for a spreadsheet, a FHIR R4 bundle for another system.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include "tomozuna.h"

#include <stdio.h>

enum { EXPORT_BATCH = 2000,	/* entries at a time */
	EXPORT_AUDIT_STEP = 20000 };	/* rows of the trail looked at at a time */

struct export {
	struct admin *a;
	struct db *db;		/* of the account that may read all */
	const char *folder;
	struct arena *mem;	/* of the patient under way; emptied with her */
	struct arena *scratch;	/* of one resource, or one batch */
	int64_t patient;
	const struct ref *id;	/* hers */
	FILE *bundle;
	int64_t resources, rows;
	int begun;		/* the bundle has a resource */
	int bad;		/* sticky: a file could not be written */
};

/* Opens NAME in the folder, refusing one that is there. NULL sets `bad`. */
FILE *export_open(struct export *, const char *name);

/* Writes what a buffer has to a file, and empties it. */
struct buf;
void export_write(struct export *, FILE *, struct buf *);

/* Ends a file, flushed to the disk. */
void export_close(struct export *, FILE *);

struct model;

/* ---- pieces of FHIR (export_fhir.c) ---- */

/* Begins a Bundle of type collection, and ends it. */
void bundle_open(struct export *);
void bundle_close(struct export *);

/*
 * A resource of this type with this id, to be filled; what was given to the one
 * before is gone. resource_put writes it.
 */
struct model *resource_new(struct export *, const char *type,
    const struct ref *id);
void resource_put(struct export *, struct model *);

/* Pieces of FHIR under a key: {"reference":"Patient/…"}, {"text":…}, and so on. */
void put_reference(struct export *, struct model *, const char *key,
    const char *type, const struct ref *id);
void put_concept(struct model *, const char *key, const char *text);
void put_coded(struct model *, const char *key, const char *uri,
    const char *code);
void put_period(struct model *, const char *key, struct db_maybe start,
    struct db_maybe end);

/* A text, a number's instant or a date, if it is there: FHIR knows no null. */
void put_some(struct model *, const char *key, const char *text);
void put_some_utc(struct model *, const char *key, struct db_maybe);

/* DICOM's codes of what an audit is about. */
#define DCM "http://dicom.nema.org/resources/ontology/DCM"

/* Of an AuditEvent: who did it, why; to whom it was done, and who noted it. */
void put_audit_user(struct model *, const char *user, const char *office,
    const char *purpose);
void put_audit_patient(struct export *, struct model *);

/* ---- what is written: each as CSV and in the bundle ---- */

/* Patient, episodes, team, consents: with their CSV. In a unit of work, like facts. */
void export_person(struct export *);

/* Allergies, conditions, medication, equipment, directives, contacts and the rest. */
void export_facts(struct export *);

/*
 * Why she is kept longer; who set her portrait; files, each opened and written into file/ under an own
 * name; what the record and vaccination modules have; entries with receipts, attachments and faxes; what crews did, what was said in disasters; who looked. What is
 * not installed is left out.
 */
void export_corrections(struct export *);
void export_holds(struct export *);
void export_portraits(struct export *);
void export_files(struct export *);
void export_record(struct export *);
void export_vaccination(struct export *);
void export_timeline(struct export *);
void export_emergency(struct export *);
void export_meeting(struct export *);
void export_disaster(struct export *);
void export_accesses(struct export *);

/* Whether there is that table. */
int export_present(struct export *, const char *table);

/* A new folder, or an empty one that is there. 0, or 1 after a line. */
int export_folder(const char *path);

/* A whole CSV of one statement's rows. */
void export_csv(struct export *, const char *name, const struct db_set *);

/* One that is written piece by piece: `f` from export_open. */
struct csv_file {
	FILE *f;
	int begun;
};

/* Rows behind those before them; the first bring the line of names. */
void csv_file_put(struct export *, struct csv_file *, const struct db_set *);

extern const struct command export_commands[];

#endif
