/* Handlers of the patient module; the table of routes is in patient.c. */
#ifndef PATIENT_H
#define PATIENT_H

#include "module.h"

handler patients_list;		/* GET  /patients */
handler patients_search;	/* POST /patients/search */
handler record_show;		/* GET  /patients/{patient} */

#endif
