/*
 * Questions (質問・依頼): an entry that asks a profession or a person of the team
 * something by a day. A mark waits for those who are asked until a reply is
 * marked as the answer; whoever may reply may answer, since who is asked is not
 * always who knows.
 */
#ifndef QUESTION_H
#define QUESTION_H

#include "entries.h"

/* What the inputs `asked` and `due_on` ask for; asked NULL: nothing. */
struct question {
	const char *asked;		/* in words */
	int64_t user;			/* 0: a profession */
	const char *profession;		/* "" : a person */
	utc_ms due_at;			/* the end of that day in Japan */
};

/*
 * Reads them. `asked` is a profession's code or the id of one of the team. 0, or
 * the status to refuse with: a day without somebody or the other way round, a
 * day that is over, somebody who is not of the team.
 */
int question_take(struct req *, struct question *);

/*
 * Keeps it with the entry that was just written, and marks it. 0, or the status
 * to refuse with: nobody who is asked may see that entry.
 */
int question_keep(struct req *, const struct draft_entry *,
    const struct question *);

/* The reply `by` answers the entry; without effect if that asks nothing. */
void question_answer(struct req *, int64_t entry, const struct ref *by);

/* The reply `by` was taken back: what it answered is open again. */
void question_reopen(struct req *, const struct found *by);

/* With an entry to another patient, where it is `moved`. */
void question_move(struct req *, int64_t entry, int64_t to,
    const struct ref *moved);

/*
 * Tells those who are asked, and whoever asks, of what is overdue: once a
 * question, at eight in the morning. 1 when there is more.
 */
int question_tidy(struct db *, struct arena *, utc_ms now);

#endif
