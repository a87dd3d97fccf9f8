/* Handlers of the review board; the table of routes is in board.c. */
#ifndef BOARD_H
#define BOARD_H

#include "module.h"
#include "rules.h"

enum { LONGEST_MONTHS = 48 };	/* where a town says nothing else */

/* The viewer's family and given name, as a row keeps them. */
const char *board_writer(struct req *r);

/*
 * `usual`, `least`, `most`: months of a decision. Of a level that is not known yet, all
 * that may come of it.
 */
void put_validity(struct model *m, struct validity v);

/* `minutes` and `left`, tenths of minutes, and whether it is the band of the state image. */
void put_minutes(struct model *m, int tenths);

/* ---- members: nothing in these files says whose an application is ---- */
handler sittings_show;		/* GET  /board/sittings */
handler sitting_show;		/* GET  /board/sittings/{sitting} */
handler sitting_answer;		/* POST /board/sittings/{sitting}/answer */
handler application_show;	/* GET  /board/applications/{application} */
handler application_read;	/* POST /board/applications/{application}/read */
handler application_recuse;	/* POST /board/applications/{application}/recuse */
handler proposal_write;		/* POST /board/applications/{application}/proposal */

/* ---- secretary ---- */
handler office_show;		/* GET  /board/office */
handler settings_show;		/* GET  /board/office/settings */
handler settings_write;		/* POST /board/office/settings */
handler headings_write;		/* POST /board/office/headings */
handler calibration_show;	/* GET  /board/office/calibration */
handler members_show;		/* GET  /board/office/members */
handler member_write;		/* POST /board/office/members */
handler panel_add;		/* POST /board/office/panels */
handler panel_seat;		/* POST /board/office/panels/{panel} */
handler sitting_add;		/* POST /board/office/sittings */
handler convene_show;		/* GET  /board/office/sittings/{sitting} */
handler convene_go;		/* POST /board/office/sittings/{sitting}/state */
handler convene_put;		/* POST /board/office/sittings/{sitting}/applications */
handler convene_remind;		/* POST /board/office/sittings/{sitting}/remind */
handler convene_substitute;	/* POST /board/office/sittings/{sitting}/substitutes */
handler results_show;		/* GET  /board/office/sittings/{sitting}/results */
handler import_read;		/* POST /board/office/import */
handler person_show;		/* GET  /board/office/applications/{application} */
handler person_papers;		/* POST …/{application}/papers */
handler person_check;		/* POST …/{application}/check */
handler person_simplify;	/* POST …/{application}/simplified */
handler person_recuse;		/* POST …/{application}/recuse */
handler person_end;		/* POST …/{application}/end */
handler delay_write;		/* POST …/{application}/delay */
handler delay_show;		/* GET  …/{application}/delay/{letter} */

/* ---- the sitting: secretary, chair, deputy ---- */
handler session_show;		/* GET  /board/session/{sitting} */
handler session_attend;		/* POST /board/session/{sitting}/attendance */
handler session_go;		/* POST /board/session/{sitting}/state */
handler agreed_show;		/* GET  /board/session/{sitting}/agreed */
handler agreed_decide;		/* POST /board/session/{sitting}/agreed */
handler minutes_show;		/* GET  /board/session/{sitting}/minutes */
handler heard_show;		/* GET  /board/session/{sitting}/{application} */
handler heard_step;		/* POST /board/session/{sitting}/{application}/step */
handler decision_check;		/* POST /board/session/{sitting}/{application}/check */
handler decision_write;		/* POST /board/session/{sitting}/{application}/decision */

/* What is due by itself: the close of a pre-review, the purge of members' copies. */
int board_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

/* What the secretary has on the list of sittings. */
void put_held(struct req *r, struct model *m);

#endif
