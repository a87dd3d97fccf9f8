/*
 * The audit trail: who looked at or changed what. lib writes it, no handler
 * can leave it out.
 *
 * A change's record is a row of the same transaction. Everything else (reads,
 * refusals, rollbacks) goes to the program's sealed local journal, flushed
 * with fdatasync, many requests in one flush, before the answer leaves; a
 * shipper carries it to MariaDB within 5 s. When the journal cannot be written
 * the answer is 503.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "instant.h"
#include "ref.h"

#include <stdint.h>

enum { AUDIT_SUBJECTS_MAX = 400 };	/* patients of one list view */

enum audit_outcome {	/* FHIR R4 AuditEvent.outcome */
	AUDIT_SUCCESS = 0,
	AUDIT_REFUSED = 4,
	AUDIT_FAILED = 8
};

/* Internal keys, 0 where there is none. The admission hook fills them. */
struct audit {
	int64_t user, office, device, subject;
	int64_t network;
	const char *purpose;	/* v3 PurposeOfUse: TREAT, BTG, HOPERAT … */
	int stand_in;		/* acted for a colleague on duty */
	int nsubjects;		/* further subjects of a list view */
	int64_t subjects[AUDIT_SUBJECTS_MAX];
};

struct audit_record {
	utc_ms at;
	struct ref request;	/* the id that nginx, log and notices share */
	const char *program, *method, *route;	/* the pattern, never the URL */
	int status;
	enum audit_outcome outcome;
	struct audit a;
};

struct db;
struct journal;
struct settings;

/*
 * Opens the journal in settings' journal_dir and starts the shipper, a thread
 * with a connection of its own (workers flush for each other: no writer
 * thread). What an earlier run left unshipped is shipped first. The settings
 * must outlive it. NULL with `why` if it cannot.
 */
struct journal *journal_open(const struct settings *, char *why,
    size_t why_bytes);

/* Ships what it can within a second and stops. No one may write any more. */
void journal_close(struct journal *);

/* Returns when the record is on disk: 0, or -1 when it is not. */
int journal_write(struct journal *, const struct audit_record *);

/* Writes the record as a row of the unit of work that is under way. */
void audit_insert(struct db *, const struct audit_record *);

/* Records not yet in MariaDB, and the age of the oldest in ms; for metrics. */
void journal_backlog(struct journal *, int64_t *records, int64_t *age_ms);

#endif
