/*
 * Admission: who may call a route. A closed list; each route names one. What
 * a viewer may see within a route (which patients, which entries) is in the
 * statements, which take the viewer.
 */
#ifndef WHO_H
#define WHO_H

#include "module.h"

enum who {
	/* A device with a valid certificate, nobody signed in: sign-in. */
	DEVICE = WHO_CARE,

	/* Signed in, even when locked after idling: unlock, sign-out. */
	SESSION,

	/* Signed in on a device of one of her offices. */
	USER,

	/*
	 * A user who is of the team of the path's {patient}: named, by her
	 * office as a whole, or standing in on duty. Else 404: who is not of
	 * the team may not learn that there is such a patient.
	 */
	TEAM,

	/* A user who manages the office that she is signed in for. */
	OFFICE_MANAGER,

	/* A user with a role in her network. */
	OPERATOR,
	PRIVACY_OFFICER,
	OFFICER,
	DISASTER_OFFICER,
	CLERK,
	CREW,
	DISPATCHER,
	SECRETARY,
	BOARD_MEMBER,
	HOSPITAL_DESK,

	/*
	 * A user who is crew or dispatcher, signed in for a shift: no PIN after
	 * idling (gloves, seconds), and SHIFT_HOURS instead of SESSION_HOURS.
	 */
	EMERGENCY,

	/* A user who is secretary or member of the review board. */
	BOARD,
	WHO_END
};

/* "TEAM"; NULL if there is no such admission. For --routes. */
const char *who_name(int who);

/* The `{part}` of the path that an admission looks at; NULL: none. */
const char *who_part(int who);

/*
 * The words of care_user.roles, joined by a comma, one of which an admission
 * asks for; NULL: none.
 */
const char *who_role(int who);

#endif
