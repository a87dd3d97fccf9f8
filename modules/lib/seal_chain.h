/*
 * The chain over the audit trail. One sealer gives each committed row of
 * lib_audit a seal: head n = SHA-256 of head n-1 and the row, head 0 is zero.
 * The newest head is also appended to a file outside of the database, a line
 * `seq head instant`: who rewrites the table cannot rewrite that. The verifier
 * walks all of it again.
 *
 * Ids become visible out of order, because transactions commit in another
 * order than they took them. So a seal names its row, and a row that shows up
 * late is sealed late, behind higher ids.
 */
#ifndef SEAL_CHAIN_H
#define SEAL_CHAIN_H

#include "instant.h"
#include "ref.h"
#include "seal.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum {
	SEAL_BATCH = 1000,		/* rows a transaction */
	SEAL_STEP_BATCHES = 20,		/* of them a step at most */
	SEAL_LEASE_MS = 15000,
	SEAL_LATE_MS = 60000,	/* longer than a transaction may last */
	SEAL_NARROW_IDS = 4000,	/* looked at each step, at most */
	SEAL_WINDOW_IDS = 50000,	/* … and so many in each third step */
	SEAL_WIDE_STEPS = 3,
	SEAL_SWEEP_IDS = 5000,	/* looked at again a step, round and round */
	AUDIT_UNSEALED_MS = 5000	/* a row must be sealed by then */
};

/* The sealer's memory between steps: the caller's storage. */
struct audit_sealer {
	struct ref owner;
	const char *head_file;
	int64_t fence;		/* of the lease that it holds */
	int64_t low;		/* ids up to it were sealed SEAL_LATE_MS ago */
	int64_t next_low;	/* … and up to this at next_low_at */
	utc_ms next_low_at;
	int64_t steps;		/* so far: each third one looks further back */
	int64_t top;		/* highest id that it sealed or found sealed */
	int64_t resume;		/* where a full step stopped; 0: at its end */
	int64_t sweep;		/* the second look has come to this id */
	int64_t head_seq;	/* last seal in the head file */
	int started;
	/*
	 * The table has lost or changed what the head file remembers. Sealing
	 * goes on, but someone must look: `audit verify` says where.
	 */
	int disagrees;
};

/* Prepares a sealer; `head_file` must live as long as it. */
void audit_sealer_init(struct audit_sealer *, const char *head_file);

/*
 * Seals what was committed and is not sealed yet, SEAL_BATCH rows a
 * transaction, and appends to the head file what is new, flushed. Uses and
 * resets the arena (16 MiB is enough). Call it once a second. Returns the
 * number of rows sealed; 0 also when another sealer holds the lease; -1 when
 * the database failed, -2 when the head file cannot be read or written.
 */
int64_t audit_seal_step(struct audit_sealer *, struct db *, struct arena *,
    utc_ms now);

enum audit_fault {
	AUDIT_GAP,		/* seals are missing: seq .. seq + count - 1 */
	AUDIT_DELETED,		/* the row audit_id of seal seq is gone */
	AUDIT_EDITED,		/* row or seal was changed: audit_id, seq */
	AUDIT_REORDERED,	/* seal seq stands where another belongs */
	AUDIT_HEAD_FILE,	/* the file's line `count` is not seal seq's */
	AUDIT_TRUNCATED,	/* the table ends before seal seq of the file */
	AUDIT_HEAD_BEHIND,	/* the file names no seal from seq on */
	AUDIT_UNSEALED		/* `count` rows from audit_id have no seal */
};

struct audit_finding {
	enum audit_fault fault;
	int64_t seq, audit_id, count;	/* 0 where it means nothing */
};

/* Told of each finding, in the order of the chain. */
typedef void audit_report(void *of, const struct audit_finding *);

/* What a fault is called, such as `edited`. */
const char *audit_fault_name(enum audit_fault);

struct audit_verdict {
	int64_t seals;		/* that were walked */
	int64_t findings;
	unsigned char head[SHA256_BYTES];	/* of the last one */
};

/*
 * Walks all seals, their rows and the head file (whose absence is a finding
 * once there are seals), then looks for rows without a seal; if there are
 * some, it gives the sealer AUDIT_UNSEALED_MS for those that it saw at its
 * start. Uses and resets the arena (16 MiB). Changes nothing. Returns 0 and
 * the verdict, or -1 when the database or the file cannot be read.
 */
int audit_verify(struct db *, struct arena *, const char *head_file,
    audit_report *, void *of, struct audit_verdict *);

#endif
