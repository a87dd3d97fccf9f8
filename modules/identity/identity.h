/* Handlers of identity; the table of routes is in identity.c. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "module.h"
#include "seal.h"

enum {
	/*
	 * Wrong passwords, counted for the account (in the device's office)
	 * and for the certificate each: from the third on one waits 1, 2, 4 …
	 * 64 s, at the tenth sign-in stops for a quarter of an hour. Only a
	 * device of one's own office can try at all, so nobody outside of it
	 * can lock anyone out.
	 */
	FREE_FAILURES = 2,
	STOP_FAILURES = 10,
	STOP_MINUTES = 15,
	PIN_FAILURES = 5,		/* then the session ends */
	STOP_DAYS = 90			/* how long the key in a mail ends its kind */
};

handler home;			/* GET  / */
handler sign_in_show;		/* GET  /sign-in */
handler sign_in;		/* POST /sign-in */
handler sign_out;		/* POST /sign-out */
handler unlock_show;		/* GET  /unlock */
handler unlock;			/* POST /unlock */
handler account_show;		/* GET  /account */
handler account_language;	/* POST /account/language */
handler account_notice;		/* POST /account/notice */
handler notice_show;		/* GET  /notice/{token} */
handler notice_stop;		/* POST /notice/{token} */
handler account_duty;		/* POST /account/duty */
handler account_test;		/* POST /account/test */
handler duty_show;		/* GET  /duty */
handler duty_allow;		/* POST /duty/{user} */
handler devices_show;		/* GET  /devices */
handler devices_revoke;		/* POST /devices/{device}/revoke */

/*
 * How long sign-in has to wait after so many failures, the last at `last_at`:
 * milliseconds, 0 for not at all.
 */
utc_ms attempt_wait(int64_t failures, utc_ms last_at, utc_ms now);

/* The stored name of the request's session: SHA-256 of its cookie. */
struct db_bytes session_name(struct req *);

#endif
