#include "viewer.h"

#include "who.h"

/* One row an admission: its name, and the role that it asks for, if any. */
static const struct {
	const char *name, *role;
} admissions[WHO_END - WHO_CARE] = {
	[DEVICE - WHO_CARE] = { "DEVICE", NULL },
	[SESSION - WHO_CARE] = { "SESSION", NULL },
	[USER - WHO_CARE] = { "USER", NULL },
	[TEAM - WHO_CARE] = { "TEAM", NULL },
	[OFFICE_MANAGER - WHO_CARE] = { "OFFICE_MANAGER", NULL },
	[OPERATOR - WHO_CARE] = { "OPERATOR", "operator" },
	[PRIVACY_OFFICER - WHO_CARE] = { "PRIVACY_OFFICER", "privacy_officer" },
	[OFFICER - WHO_CARE] = { "OFFICER", "officer" },
	[DISASTER_OFFICER - WHO_CARE] = { "DISASTER_OFFICER", "disaster_officer" },
	[CLERK - WHO_CARE] = { "CLERK", "clerk" },
	[CREW - WHO_CARE] = { "CREW", "crew" },
	[DISPATCHER - WHO_CARE] = { "DISPATCHER", "dispatcher" },
	[SECRETARY - WHO_CARE] = { "SECRETARY", "secretary" },
	[BOARD_MEMBER - WHO_CARE] = { "BOARD_MEMBER", "board_member" },
	[HOSPITAL_DESK - WHO_CARE] = { "HOSPITAL_DESK", "hospital_desk" },
	[EMERGENCY - WHO_CARE] = { "EMERGENCY", "crew,dispatcher" },
	[BOARD - WHO_CARE] = { "BOARD", "secretary,board_member" }
};

const char *
who_name(int who)
{
	if (who < WHO_CARE || who >= WHO_END)
		return NULL;
	return admissions[who - WHO_CARE].name;
}

const char *
who_part(int who)
{
	return who == TEAM ? "patient" : NULL;
}

const char *
who_role(int who)
{
	return admissions[who - WHO_CARE].role;
}

/* Whether the words of `roles`, joined by commas, have this one of n bytes. */
static int
has_word(const char *roles, const char *word, size_t n)
{
	for (const char *p = roles; *p != '\0'; ) {
		size_t length = strcspn(p, ",");

		if (length == n && memcmp(p, word, n) == 0)
			return 1;
		p += length + (p[length] == ',');
	}
	return 0;
}

int
viewer_has(const struct viewer *v, const char *role)
{
	return has_word(v->roles, role, strlen(role));
}

int
viewer_has_one(const struct viewer *v, const char *roles)
{
	for (const char *p = roles; *p != '\0'; ) {
		size_t n = strcspn(p, ",");

		if (has_word(v->roles, p, n))
			return 1;
		p += n + (p[n] == ',');
	}
	return 0;
}

int64_t
viewer_patient(const struct req *r)
{
	if (r->viewer == NULL || r->viewer->strip == NULL)
		abort();		/* the route is not TEAM */
	return r->viewer->strip->patient;
}
