/*
 * Asking hospitals whether they take somebody: several at once, each answers for itself, one
 * is chosen. Who she is the chosen one learns, the others nothing but age, sex and complaint.
 */
#ifndef HOSPITAL_H
#define HOSPITAL_H

#include "module.h"

enum {
	HOSPITALS_ASKED = 10,	/* at once, at most */
	REQUEST_HOURS = 24	/* so long a request is shown and gone on with */
};

/* `hospitals`: each with what it takes now (`taking`). */
void put_hospitals(struct req *r, struct model *m);

/* `requests` of the viewer's station, each with those `asked`; of one patient, or all (0). */
void put_requests(struct req *r, struct model *m, int64_t patient);

handler hospitals_show;		/* GET  /emergency/{patient}/hospitals */
handler request_send;		/* POST /emergency/{patient}/hospitals */
handler asked_answer;		/* POST /emergency/asked/{asked} */
handler asked_choose;		/* POST /emergency/asked/{asked}/choose */
handler request_call_off;	/* POST /emergency/requests/{request}/call-off */
handler desk_show;		/* GET  /emergency/desk */
handler hospital_show;		/* GET  /emergency/hospital */
handler hospital_reply;		/* POST /emergency/hospital/{asked} */
handler hospital_status;	/* POST /emergency/hospital/status */

#endif
