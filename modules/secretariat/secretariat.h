/* Handlers of the secretariat; the table of routes is in secretariat.c. */
#ifndef SECRETARIAT_H
#define SECRETARIAT_H

#include "common.h"
#include "office_sql.h"

handler office_show;		/* GET  /board/office */
handler settings_show;		/* GET  /board/office/settings */
handler settings_write;		/* POST /board/office/settings */
handler insurer_write;		/* POST /board/office/insurers */
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
handler convene_video;		/* POST /board/office/sittings/{sitting}/video */
handler convene_substitute;	/* POST /board/office/sittings/{sitting}/substitutes */
handler results_show;		/* GET  /board/office/sittings/{sitting}/results */
handler import_read;		/* POST /board/office/import */
handler person_show;		/* GET  /board/office/applications/{application} */
handler person_papers;		/* POST …/{application}/papers */
handler paper_add;		/* POST …/{application}/files */
handler paper_show;		/* GET  …/{application}/files/{paper} */
handler paper_page;		/* GET  …/{application}/files/{paper}/page */
handler paper_remove;		/* POST …/{application}/files/{paper}/remove */
handler person_check;		/* POST …/{application}/check */
handler person_simplify;	/* POST …/{application}/simplified */
handler person_recuse;		/* POST …/{application}/recuse */
handler person_reopen;		/* POST …/{application}/reopen */
handler person_end;		/* POST …/{application}/end */
handler delay_write;		/* POST …/{application}/delay */
handler delay_paper;		/* GET  …/{application}/delay/{letter}/paper */
handler attendance_paper;	/* GET  /board/office/sittings/{sitting}/attendance */
handler delay_show;		/* GET  …/{application}/delay/{letter} */

/* Her field on the board of a scheme; NULL: she is not of it. */
const char *field_on(const struct board_user *, const char *scheme);

/* Days since the application and until its limit, and how urgent that is. */
void waiting_fill(struct waiting *, civil_date today);

/* `several`: whether lists have to say whose insurer's an application is. */
void put_several(struct req *r, struct model *m);

#endif
