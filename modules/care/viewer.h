/*
 * The user on whose behalf a request runs, as the admission found her: in the
 * database, at this request. Lives in the request's arena.
 */
#ifndef VIEWER_H
#define VIEWER_H

#include "module.h"

enum {
	IDLE_MINUTES = 15,	/* then locked; the PIN reopens (NIST 800-63B AAL3) */
	SESSION_HOURS = 12,	/* absolute; then password again */
	SHIFT_HOURS = 25	/* the same of a crew: a day's shift, an hour to hand over */
};

/* What the identity strip of a page shows. */
struct strip {
	int64_t patient;
	const struct ref *id;
	const char *name, *kana;
	const char *sex;		/* female male other unknown */
	civil_date birth_date;
	int age;
	const char *whereabouts;
	const char *care_level;
	const char *allergies;		/* joined by 、; "none": confirmed that
					 * there is none; NULL: nobody asked */
	int blood_thinner;
	const char *equipment;		/* joined; NULL: none */
	int portrait;			/* there is a small picture of her face */
};

struct viewer {
	int64_t user, office, device, network;
	const struct ref *id;
	const char *login, *family, *given;
	const char *profession;		/* code, care/profession.h: as which she signs */
	const char *professions;	/* all at her office, joined by ",": her rights */
	const char *office_name;
	int office_manager, on_duty;
	const char *roles;		/* "operator,officer" */
	int stand_in;			/* acts for a colleague on this patient */
	int locked;			/* SESSION only: idle, wants the PIN */
	utc_ms signed_in_at;
	int seen;			/* it is time to note that she is there */
	int64_t opens;			/* the patient whose page she turns to now, or 0 */
	const struct strip *strip;	/* of the path's {patient}, or NULL */
	void *own;			/* of a module's own admission (admit.h), or NULL */
};

/* 1 if she has the role, one word of care_user.roles. */
int viewer_has(const struct viewer *, const char *role);

/* 1 if she has one of several, joined by commas. */
int viewer_has_one(const struct viewer *, const char *roles);

/* The hooks that every module with people names. */
extern const struct hooks care_hooks;

/*
 * The patient of the path by its internal key, for statements. Only on routes
 * with {patient} and TEAM; aborts elsewhere.
 */
int64_t viewer_patient(const struct req *);

#endif
