/* Bookings by telephone: what the town's desk and the clinics do with one. */
#ifndef BOOKING_H
#define BOOKING_H

#include "vaccination.h"

/* Rows of booking_sql.h. */
struct resident;
struct booking;

enum { BOOKING_ENDED_DAYS = 30 };	/* so long one that ended is shown */

/*
 * The resident of the path's {patient} in the viewer's network, noted in the audit.
 * NULL: there is none such.
 */
const struct resident *desk_resident(struct req *);

/*
 * Moves a booking on by one step, which is a row with who and why. 0, or 409 when it
 * stands where no such step is possible.
 */
int booking_step(struct req *, const struct booking *, const char *state,
    const char *note);

/* The dose of a visit was given: the booking of this clinic for it is done. */
void booking_given(struct req *, const char *vaccine);

handler desk_show;		/* GET  /vaccination/desk */
handler desk_find;		/* POST /vaccination/desk/find */
handler desk_person;		/* GET  /vaccination/desk/{patient} */
handler booking_request;	/* POST /vaccination/desk/{patient}/bookings */
handler booking_confirm;	/* POST …/bookings/{booking}/confirm */
handler booking_again;		/* POST …/bookings/{booking}/again */
handler booking_cancel;		/* POST …/bookings/{booking}/cancel */
handler booking_card;		/* GET  …/bookings/{booking}/card */
handler clinic_show;		/* GET  /vaccination/bookings */
handler clinic_offer;		/* POST /vaccination/bookings/{booking}/offer */
handler clinic_decline;		/* POST /vaccination/bookings/{booking}/decline */
handler clinic_done;		/* POST /vaccination/bookings/{booking}/done */

#endif
