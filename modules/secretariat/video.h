/* The video meeting of a sitting (modules/meeting holds it, tomozuna-meet brings it about). */
#ifndef VIDEO_H
#define VIDEO_H

#include "office_sql.h"
#include "secretariat.h"

/* `may_video`: whether one can be made now. */
void video_put(struct req *, struct model *, const struct sitting *);

/* Whoever has a seat and is not invited yet: a substitute. */
void video_join(struct req *, const struct sitting *);

/* With the sitting goes its meeting; who was told of it is told. */
void video_call_off(struct req *, const struct sitting *);

#endif
