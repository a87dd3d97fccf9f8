/* Handlers of the patient module; the table of routes is in patient.c. */
#ifndef PATIENT_H
#define PATIENT_H

#include "module.h"

handler patients_list;		/* GET  /patients */
handler patients_search;	/* POST /patients/search */
handler record_show;		/* GET  /patients/{patient} */
handler portrait_set;		/* POST /patients/{patient}/portrait */
handler portrait_crews;		/* POST /patients/{patient}/portrait/crews */
handler portrait_remove;	/* POST /patients/{patient}/portrait/remove */
handler portrait_open;		/* GET  /patients/{patient}/portrait */
handler portrait_thumbnail;	/* GET  /patients/{patient}/portrait/thumbnail */

enum {
	PORTRAIT_BYTES = 10 * 1024 * 1024,	/* as a phone takes it, without script */
	THUMBNAIL_BYTES = 16 * 1024
};

/* `portrait` of the basic record: who set it and when; null without one. */
void portrait_put(struct req *, struct model *, int64_t patient);

/* module.tidy: pictures that were replaced or taken away; files of nobody. */
int portrait_tidy(const struct settings *, struct db *, struct arena *,
    utc_ms now);

#endif
