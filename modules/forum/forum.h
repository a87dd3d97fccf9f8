/* Handlers of forums (グループ); the table of routes is in forum.c. */
#ifndef FORUM_H
#define FORUM_H

#include "module.h"

#include "forum_sql.h"

enum {
	ENTRIES_A_PAGE = 50,
	FORUMS_MAX = 100,	/* of one person */
	MEMBERS_MAX = 500,	/* shown of one forum */
	CHOICES_MAX = 2000,	/* people to choose a member from */
	BODY_MAX = 4000,	/* characters */
	NAME_MAX_CHARS = 60,
	ABOUT_MAX = 200
};

/*
 * The forum of the path, or NULL (answer 404): there is none, it was closed, or it
 * is not open to the viewer in the office for which she has signed in.
 */
const struct forum *forum_of_path(struct req *);

/* Whether the viewer may close it and name members: its maker, and operators. */
int forum_is_hers(const struct req *, const struct forum *);

handler forums_show;		/* GET  /forums */
handler forums_make;		/* POST /forums */
handler forums_close;		/* POST /forums/{forum}/close */
handler entries_show;		/* GET  /forums/{forum} */
handler entries_write;		/* POST /forums/{forum} */
handler entries_read;		/* POST /forums/{forum}/read */
handler entries_withdraw;	/* POST /forums/{forum}/{entry}/withdraw */
handler members_show;		/* GET  /forums/{forum}/members */
handler members_add;		/* POST /forums/{forum}/members */
handler members_leave;		/* POST /forums/{forum}/leave */

#endif
