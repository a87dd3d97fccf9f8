/* Handlers of the vaccination module and what they share; routes are in vaccination.c. */
#ifndef VACCINATION_H
#define VACCINATION_H

#include "module.h"
#include "schedule.h"
#include "stop.h"

/* Rows of visit_sql.h; this header is no reason to know them all. */
struct visit;

struct vaccination_settings {
	struct settings lib;
	const char *schedule, *schema;
	int64_t remote_screening;
};

/* The schedule that was read at the start. Before that NULL. */
const struct schedule *schedule_now(void);

/* hooks.ready: reads the schedule; its first fault in `why`. */
int schedule_ready(const struct settings *, char *why, size_t why_bytes);

/* The viewer's family and given name, as a row keeps them. */
const char *writer_of(struct req *);

/* 1 if her profession reads what is medical: a welfare volunteer does not, and gets 403. */
int may_read(const struct req *);

/* 1 if her profession writes what is care (planning, doses given elsewhere). */
int may_plan(const struct req *);

/* The doses that stand, oldest first, in the request's arena. */
void doses_of(struct req *, int64_t patient, struct history *out);

/* The same of the path's {patient} on a route for her team. */
void history_of(struct req *, struct history *out);

/* What each programme means for her today, as `recommendations`. */
void put_due(struct req *, struct model *, civil_date birth,
    const struct history *);

/* The schedule's vaccines for a form, as `vaccines` of code, name. */
void put_vaccines(struct req *, struct model *);

/* The open visit of the path; NULL if there is none. `lock`: nobody else acts on it meanwhile. */
const struct visit *visit_of(struct req *, int lock);

/*
 * All that the rules ask of a visit: the person, her doses, the newest form with
 * its answers and the newest judgement. `giving` and `closing` stay empty. Answers go
 * into the model's `questions` when `m` is given.
 */
void facts_of(struct req *, const struct visit *, struct facts *out);

/* What stops at this gate, as an array `stops` of code, rule, words, reason_lifts. */
size_t put_stops(struct model *, enum gate, const struct facts *);

/* Refuses with the first stop of a gate, tied to an input; 0 if nothing stops. */
int refuse_stops(struct req *, const char *input, enum gate, const struct facts *);

/* Reads "0.25" as 25 hundredths; -1. */
int read_ml(const char *);

/* Tells whoever looks at the visit, by the doorbell. */
void ring_visit(struct req *);

handler list_show;		/* GET  /vaccination */
handler stock_show;		/* GET  /vaccination/stock */
handler stock_receive;		/* POST /vaccination/stock */
handler stock_count;		/* POST /vaccination/stock/{lot} */
handler person_show;		/* GET  /vaccination/{patient} */
handler reported_add;		/* POST /vaccination/{patient} */
handler visit_plan;		/* POST /vaccination/{patient}/visits */
handler visit_show;		/* GET  …/visits/{visit} */
handler visit_state;		/* GET  …/visits/{visit}/state */
handler visit_screen;		/* POST …/visits/{visit}/screening */
handler visit_judge;		/* POST …/visits/{visit}/judgement */
handler visit_give;		/* POST …/visits/{visit}/dose */
handler visit_close;		/* POST …/visits/{visit}/close */
handler visit_not_given;	/* POST …/visits/{visit}/not_given */
handler visit_cancel;		/* POST …/visits/{visit}/cancel */
handler visit_paper_add;	/* POST …/visits/{visit}/papers */
handler visit_paper;		/* GET  …/visits/{visit}/papers/{paper} */
handler dose_show;		/* GET  …/doses/{immunization} */
handler dose_correct;		/* POST …/doses/{immunization}/correct */
handler dose_strike;		/* POST …/doses/{immunization}/mistake */
handler adverse_add;		/* POST …/doses/{immunization}/adverse_events */
handler adverse_strike;		/* POST …/adverse_events/{adverse_event}/mistake */
handler adverse_report;		/* POST …/adverse_events/{adverse_event}/report */

#endif
