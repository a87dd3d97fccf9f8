/* Handlers of the review board; the table of routes is in board.c. The secretariat's are
 * in a program of their own (modules/secretariat), which shares what is in common.h. */
#ifndef BOARD_H
#define BOARD_H

#include "common.h"

/* ---- members: nothing in these files says whose an application is ---- */
handler sittings_show;		/* GET  /board/sittings */
handler sitting_show;		/* GET  /board/sittings/{sitting} */
handler sitting_answer;		/* POST /board/sittings/{sitting}/answer */
handler application_show;	/* GET  /board/applications/{application} */
handler application_read;	/* POST /board/applications/{application}/read */
handler application_recuse;	/* POST /board/applications/{application}/recuse */
handler leaf_show;		/* GET  /board/applications/{application}/papers/{paper} */
handler leaf_page;		/* GET  …/papers/{paper}/page */
handler proposal_write;		/* POST /board/applications/{application}/proposal */

/* ---- the sitting: secretary, chair, deputy ---- */
handler session_show;		/* GET  /board/session/{sitting} */
handler session_attend;		/* POST /board/session/{sitting}/attendance */
handler session_go;		/* POST /board/session/{sitting}/state */
handler agreed_show;		/* GET  /board/session/{sitting}/agreed */
handler agreed_decide;		/* POST /board/session/{sitting}/agreed */
handler minutes_show;		/* GET  /board/session/{sitting}/minutes */
handler minutes_paper;		/* GET  /board/session/{sitting}/minutes/paper */
handler heard_show;		/* GET  /board/session/{sitting}/{application} */
handler heard_step;		/* POST /board/session/{sitting}/{application}/step */
handler heard_reopen;		/* POST /board/session/{sitting}/{application}/reopen */
handler decision_check;		/* POST /board/session/{sitting}/{application}/check */
handler decision_write;		/* POST /board/session/{sitting}/{application}/decision */

/* What is due by itself: the close of a pre-review, the purge of members' copies. */
int board_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

#endif
