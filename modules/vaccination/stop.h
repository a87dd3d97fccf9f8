/*
 * What may not be: the combinations that a screening form, a doctor's judgement, a
 * dose and its waiting period refuse, each with its name (B4 to B6 of the rules of the
 * field). Pure: facts in, names out. The table of them is tests/vaccination/stop.test.c.
 */
#ifndef STOP_H
#define STOP_H

#include "due.h"

/* What is asked (予診票), in the order of the paper. */
enum question {
	Q_LEAFLET,
	Q_ILLNESS,
	Q_IMMUNOSUPPRESSED,
	Q_BLEEDING,
	Q_DOCTOR_AGREED,
	Q_RECENT_ILLNESS,
	Q_UNWELL,
	Q_CONVULSION,
	Q_SEVERE_ALLERGY,
	Q_COMPONENT_ALLERGY,
	Q_PAST_REACTION,
	Q_FAINTING,
	Q_PREGNANT,
	Q_RECENT_VACCINE,
	Q_HAS_QUESTION,
	QUESTIONS_N
};

/* Not asked yet is none of the three answers. */
enum answer { NOT_ASKED, YES, NO, UNKNOWN };

struct question_row {
	const char *code, *words;
	int wants_remark;		/* yes, or unknown: the doctor says why it is right */
};
/* A question's row; by its code, -1 if there is none. */
const struct question_row *question_at(int i);
int question_find(const char *code);	/* -1 */

enum {
	FEVER = 375,			/* tenths of a degree (規則2条, 実務 37.5℃) */
	COLDEST = 330, HOTTEST = 430,
	WAIT_MINUTES = 15,
	WAIT_MINUTES_LONG = 30		/* severe allergy, anaphylaxis or fainting before */
};

/* Every stop: its name in JSON, the rule, the sentence, whether a reason lifts it. */
enum stop {
	STOP_UNANSWERED,
	STOP_NO_TEMPERATURE,
	STOP_NOT_WISHED,
	STOP_NO_SIGNER,
	STOP_INTENT,
	STOP_NO_SCREENING,
	STOP_SCREENED_ANOTHER_DAY,
	STOP_NOT_A_DOCTOR,
	STOP_REMOTE,
	STOP_NOT_EXPLAINED,
	STOP_FEVER_STOP,
	STOP_ACUTE_ILLNESS,
	STOP_COMPONENT,
	STOP_RECORDED,
	STOP_LIVE_SUPPRESSED,
	STOP_LIVE_PREGNANT,
	STOP_NO_REMARK,
	STOP_CONTRADICTED,
	STOP_PAST_EVENT,
	STOP_NOT_JUDGED,
	STOP_JUDGED_ANOTHER_DAY,
	STOP_JUDGED_DEFERRED,
	STOP_JUDGED_OTHER_FORM,
	STOP_BEFORE_JUDGED,
	STOP_CLERK,
	STOP_VACCINATOR,
	STOP_NO_PRODUCT,
	STOP_PRODUCT_OVER,
	STOP_LOT_EXPIRED,
	STOP_LOT_UNKNOWN,
	STOP_LOT_EMPTY,
	STOP_WRONG_ROUTE,
	STOP_WRONG_AMOUNT,
	STOP_SAME_DAY,
	STOP_TOO_EARLY,
	STOP_MIXED,
	STOP_HAD_ALL,
	STOP_WRONG_AGE,
	STOP_WRONG_SEASON,
	STOP_OTHER_PRODUCT,
	STOP_FUTURE,
	STOP_TOO_SOON,
	STOP_NO_WATCHER,
	STOP_NOT_GIVEN,
	STOPS_N
};

struct stop_row {
	const char *code, *rule, *words;
	int reason_lifts;
};
/* A stop's row; lives as long as the program. */
const struct stop_row *stop_at(enum stop);

/* Who she is: the codes of her professions, joined by ",", decide what she may do. */
int may_judge(const char *professions);		/* 医師 */
int may_vaccinate(const char *professions);	/* 医師, 看護師, 准看護師, 保健師, 助産師 */
/* As which of them she vaccinates, or NULL. */
const char *vaccinator(const char *professions);

struct screening {
	int exists;
	civil_date on;
	enum answer answer[QUESTIONS_N];
	int temperature;		/* tenths; 0: not measured */
	int wished;
	int signed_by_other, signer_complete;	/* name, relation and reason */
	int intent_confirmed;		/* where another signed */
};

struct judgement {
	int exists;
	civil_date on;
	int possible, explained, remote, acute_illness;
	int newest_form;		/* of the form that stands now */
	int remark, reason;		/* given */
	utc_ms at;
};

struct giving {
	const struct vaccine *vaccine;
	const struct product *product;	/* NULL: it has none of that code */
	const struct programme *programme;	/* NULL: voluntary (任意接種) */
	int condition;			/* the disability for those of 60 to 64 */
	civil_date on, expires_on;
	const char *route;
	int dose_ml;			/* hundredths */
	const char *vaccinator;		/* her professions, joined by "," */
	int stock_kept, lot_known;	/* by the office */
	int64_t stock;
	utc_ms at;
};

struct closing {
	int given, watched;
	utc_ms at, until;
	int reason;
};

/* All that a gate looks at. */
struct facts {
	const struct schedule *schedule;
	const char *professions;	/* of whoever acts, joined by "," */
	civil_date today, birth;
	utc_ms now;
	int past_event;			/* the record has an adverse event */
	int remote_allowed;
	struct history history;
	struct screening screening;
	struct judgement judgement;
	struct giving giving;
	struct closing closing;
};

/* A gate, and what it asks besides the gates before it. */
enum gate {
	GATE_SCREEN,	/* the form is complete: it waits for the doctor */
	GATE_JUDGE,	/* the doctor says: possible */
	GATE_GIVE,	/* the dose is recorded */
	GATE_CLOSE	/* the waiting period is over */
};

/* What stops, in the order of STOPS; returns how many. */
size_t stops(enum gate, const struct facts *, enum stop out[STOPS_N]);

/* How long to wait after the dose, in minutes. */
int wait_minutes(const struct screening *, int past_anaphylaxis);

#endif
