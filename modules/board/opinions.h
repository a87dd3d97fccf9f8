/*
 * What all members of a sitting think, once the pre-review is over, and on which
 * applications they think alike.
 */
#ifndef OPINIONS_H
#define OPINIONS_H

#include "aggregate_sql.h"
#include "board.h"

struct opinions {
	const struct scheme *scheme;
	struct chair_seat_rows seats;
	struct tabled_rows cases;
	struct shown_rows shown;
	struct recused_rows recused;
};

/* What those who may vote proposed for one application. */
struct stand {
	enum level level[26], first;
	int proposed, may, alike;	/* alike: level, months, state image too */
	int months;			/* 0: of 非該当 */
	const char *state_image;
};

/* Reads a sitting; nothing is shown before its pre-review is over. */
void opinions_read(struct req *r, struct opinions *o, int64_t sitting,
    const char *scheme);

/* Whether a member may not vote on it. */
int is_recused(const struct opinions *o, int64_t application, int64_t user);

/* How members stand on the i-th application. */
struct stand stand_of(const struct opinions *o, size_t i);

/*
 * Whether it needs no talk: all who may vote proposed the same, and that is the first
 * stage. In the short way nobody need propose, but nobody may have proposed otherwise.
 */
int is_agreed(const struct opinions *o, size_t i, struct stand *s);

/* `agreed` and `differing`: a row an application, with its cells of letters. */
void put_opinions(struct model *m, const struct opinions *o);

/* `cells` of one application, and `reasons`: letter, level, months, comment. */
void put_stand(struct model *m, const struct opinions *o, size_t i);

#endif
