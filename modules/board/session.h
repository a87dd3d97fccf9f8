/* What the screens of a sitting share. */
#ifndef SESSION_H
#define SESSION_H

#include "board.h"
#include "session_sql.h"

/*
 * The sitting of the path if the viewer may conduct it: secretary, chair or deputy;
 * NULL: for her there is none.
 */
const struct session *session_find(struct req *r);

/* 1 while it is under way. */
int session_is_on(const struct session *s);

/* The town's longest validity, in months. */
int session_longest(struct req *r, const struct session *s);

#endif
