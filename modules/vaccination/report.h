/* The report of an adverse event (副反応疑い報告), its form as PDF, and the alarm without one. */
#ifndef REPORT_H
#define REPORT_H

#include "vaccination.h"

/* After so long without a report desk and doctors are told (B5 of the rules of the field). */
enum { REPORT_HOURS = 24 };

/*
 * struct module.tidy: tells the town's desk and the team's physicians, once, of an event
 * within its window that has no report after REPORT_HOURS. Returns 1 while there are more.
 */
int report_tidy(const struct settings *, struct db *, struct arena *, utc_ms now);

/* `unreported`: events of the viewer's patients that a report is due for and has not come. */
void put_unreported(struct req *, struct model *);

/* How many of the town are late, for the desk's page: `late_reports`. */
void put_late_reports(struct req *, struct model *);

handler report_show;		/* GET  …/adverse_events/{adverse_event} */
handler report_fill;		/* POST …/adverse_events/{adverse_event}/form */
handler report_paper;		/* GET  …/adverse_events/{adverse_event}/paper */
handler reports_of_town;	/* GET  /vaccination/desk/reports */

#endif
