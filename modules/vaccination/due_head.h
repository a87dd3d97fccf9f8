/* What heads the town's lists of who is due; kept for two seconds, not asked at each look. */
#ifndef DUE_HEAD_H
#define DUE_HEAD_H

#include "vaccination.h"

#include "booking_sql.h"
#include "pass_sql.h"

/*
 * How far the newest pass came (NULL: there was none), how many it counted, whom one may ask
 * for a dose. Nothing of it is about a person; it is at most HEAD_MS old.
 */
enum { HEAD_MS = 2000 };
struct head {
	const struct pass *pass;
	struct count_rows counts;
	struct clinic_rows clinics;
};

/* That of the viewer's network; rows are in the request's arena. */
void head_read(struct req *, struct head *out);

#endif
