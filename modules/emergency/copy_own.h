/* What copy*.c share; nothing else includes it. */
#ifndef COPY_OWN_H
#define COPY_OWN_H

#include "away.h"
#include "copy.h"
#include "copy_sql.h"
#include "items.h"
#include "store.h"

#include <stdatomic.h>

/* Kinds of things in the store. */
enum {
	COPY_PERSON = 'P',	/* patient: a struct whole */
	COPY_REF = 'R',		/* a patient's ref: her number */
	COPY_FACE = 'F',	/* patient: the small picture of her face, sealed twice */
	COPY_FOUND = 'N',	/* a key of the search, patient: who has it */
	COPY_CREW = 'S',	/* token and certificate: a session */
	COPY_OPENED = 'O',	/* user, opening: since when noted, and the opening */
	COPY_USER = 'Q',	/* opening: its user's number */
	COPY_SAID = 'T',	/* patient, what: a call or report made away */
	COPY_KEY = 'K',		/* an idempotency key used away: what was answered */
	COPY_PRIVACY = 'V',	/* privacy officers */
	COPY_META = 'M',
	COPY_UNIT = 'A',	/* what was done away, in order */
	COPY_COUNT = 'C',	/* the number of the last of them */
	COPY_ASIDE = 'X'	/* what MariaDB would not take, for people to look at */
};

/* The copy of this process. `store` is NULL where there is none. */
struct copy {
	struct store *store;
	atomic_llong as_of;	/* all was copied then; 0: never yet */
	atomic_llong pending;	/* units that are to be brought home */
	atomic_int away;	/* MariaDB did not answer when it was asked last */
	atomic_llong notes;	/* counts what was noted here and not by the feed */
	atomic_llong met;	/* meetings with MariaDB as it counts them; -1: being filled */
	struct ref name;	/* of this copy, to MariaDB; set before the program serves */
};

/* The one there is. */
struct copy *copy_self(void);

/* A unit of work on it. */
struct standing {
	struct store *store;
	struct store_unit *on;
	struct arena *mem;
};

/* One patient: who she is, what finds her, the rows of her summary; apart, her face. */
struct whole {
	const struct person *person;
	struct found_by_rows found;
	struct item_rows items;
	const struct face *face;	/* NULL: none; only as it is read of MariaDB */
};

/* Appends her as bytes of the store. */
void whole_write(struct buf *, const struct whole *);

/* Reads her: 0, or -1: there is no such patient. */
int whole_get(const struct standing *, int64_t patient, struct whole *);
int64_t patient_of_ref(const struct standing *, const struct ref *); /* 0: none */

/* Names of the store. */
struct store_name name_of_patient(const struct store *, char kind, int64_t patient);
struct store_name name_of_ref(const struct store *, char kind, const struct ref *);
struct store_name name_of_meta(const struct store *, const char *what);

/* One row of a shape as bytes of the store; NULL when there is none. */
void row_put(const struct standing *, const struct store_name *, utc_ms noted,
    const struct db_row *, const void *row);
const void *row_read(struct db_bytes, const struct db_row *, struct arena *,
    utc_ms *noted);
const void *row_get(const struct standing *, const struct store_name *,
    const struct db_row *, utc_ms *noted);

/* ---- copy_opened.c: who has whom open ---- */

void opened_put(const struct standing *, const struct opened *, utc_ms noted);

/* By its ref; NULL: none. */
const struct opened *opened_find(const struct standing *, const struct ref *,
    utc_ms *noted);

/* Those of a user that are open at this instant, newest first; at most `room`. */
size_t opened_of_user(const struct standing *, int64_t user, utc_ms now,
    const struct opened **out, size_t room);

/* Forgets those that were over before then. */
void opened_sweep(const struct standing *, utc_ms before);

/* ---- copy_found.c: the search ---- */

/* Puts her keys, or takes them away. */
void found_put(const struct standing *, const struct whole *);
void found_drop(const struct standing *, const struct whole *);

typedef int64_t answer(struct standing *, const union db_val *in, struct db_set *);
answer found_phone, found_card, found_link, found_whole, found_family, found_sound, found_written, found_place, found_area;

/* ---- copy_answer.c: the other statements that read ---- */

answer answer_session, answer_holder, answer_openable, answer_open_now, answer_mine, answer_officers,
    answer_candidates, answer_summary, answer_face, answer_stored;

/* What copy.h's copy_read does, in a unit of work; 1, or 0: she is not in the copy. */
int whole_of_holder(const struct standing *, const struct holder *, utc_ms now,
    struct opening *, struct item_rows *);

/* ---- copy_act.c: those that change something ---- */

/* How many rows it would match. */
answer act_one, act_none, act_no_people, act_shut, act_lengthen, act_call, act_claim;

/* What of it is to be seen in the copy at once. */
typedef void keep(struct standing *, const union db_val *in);
keep keep_open, keep_shut, keep_lengthen, keep_number, keep_call, keep_report,
    keep_claim, keep_answered;

/* What was said away and stands in her summary now is forgotten. */
void said_forget(const struct standing *, const struct whole *);
void said_sweep(const struct standing *, utc_ms before);

/* What was said away of her, as rows of a summary, in the arena; their number. */
size_t said_of(const struct standing *, int64_t patient, const struct item **out);

/* ---- copy.c ---- */

/* Keeps what of the acts is to be seen; `away`: they were not MariaDB's. */
void copy_keep_acts(struct standing *, const struct acts *, int away);

/* All statements whose acts may lie in the journal. */
extern const struct db_query *const *const copy_lists[];

/* ---- copy_shut.c ---- */

keep keep_shut_device;

/* ---- copy_home.c: the journal ---- */

int home_store(const struct acts *);
int64_t home_count(void);

/* Notices units that another process has left there (copy_shut.c). */
void home_recount(void);

/* Brings one unit home; 1 when there may be more. */
int home_bring(struct db *, struct arena *);

/* ---- copy_feed.c ---- */

int feed_keep(struct db *, struct arena *, utc_ms now);
void feed_open(void);

#endif
