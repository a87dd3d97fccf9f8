/*
 * How JMA's telegrams follow each other, by the samples and the tables of the
 * disaster-prevention XML. Warnings have no EventID: the newest of an office
 * for its region is what holds. The rest is about an event, which has one.
 */
#include "bulletin.h"

enum { HOUR = 1, DAY = 24 * HOUR, WEEK = 7 * DAY };

static const struct follow table[] = {
	/* The same warnings in older and newer form. */
	{ "VPWW50", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", 0 },
	{ "VPWW53", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", 0 },
	{ "VPWW54", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", 0 },
	{ "VPWW56", FOLLOW_PLACE, NULL, 3 * DAY, "landslide", 0 },
	{ "VPWW*", FOLLOW_PLACE, NULL, 3 * DAY, "weather", 0 },
	{ "VPWP50", FOLLOW_PLACE, NULL, DAY, "weather", 0 },
	{ "VPNO50", FOLLOW_PLACE, NULL, DAY, "weather", 0 },
	{ "VPHW50", FOLLOW_PLACE, "VPHW51", 2 * HOUR, "weather", 0 },
	{ "VPHW51", FOLLOW_PLACE, "VPHW51", 2 * HOUR, "weather", 0 },
	{ "VPBS50", FOLLOW_EVENT, NULL, 6 * HOUR, "weather", 0 },
	{ "VPOA50", FOLLOW_EVENT, NULL, 3 * HOUR, "weather", 0 },
	{ "VPZJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", 0 },
	{ "VPCJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", 0 },
	{ "VPFJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", 0 },
	{ "VPTI5*", FOLLOW_EVENT, NULL, DAY, "weather", 0 },
	{ "VMCJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", 0 },
	{ "VPFT50", FOLLOW_EVENT, NULL, 2 * DAY, "heat", 0 },
	{ "VXWW50", FOLLOW_EVENT, NULL, 2 * DAY, "landslide", 0 },
	{ "VXKO*", FOLLOW_EVENT, "VXKO", 3 * DAY, "flood", 0 },
	{ "VXSU*", FOLLOW_EVENT, "VXSU", 3 * DAY, "flood", 0 },
	{ "VXSE4*", FOLLOW_EVENT, "VXSE4", HOUR, "earthquake", 0 },
	/* The first word on intensities, and the full one after it. */
	{ "VXSE51", FOLLOW_EVENT, "VXSE53", DAY, "earthquake", 0 },
	{ "VXSE5*", FOLLOW_EVENT, NULL, DAY, "earthquake", 0 },
	{ "VXSE6*", FOLLOW_EVENT, NULL, DAY, "earthquake", 0 },
	{ "VYSE5*", FOLLOW_EVENT, NULL, 2 * WEEK, "earthquake", 1 },
	{ "VZSE40", FOLLOW_EVENT, NULL, WEEK, "earthquake", 0 },
	{ "VTSE*", FOLLOW_EVENT, NULL, 3 * DAY, "tsunami", 0 },
	/* A volcano's number is the event: its warning holds until the next. */
	{ "VFVO50", FOLLOW_EVENT, NULL, 52 * WEEK, "volcano", 0 },
	{ "VFSV*", FOLLOW_EVENT, "VFSV", 52 * WEEK, "volcano", 0 },
	{ "VFVO51", FOLLOW_EVENT, NULL, WEEK, "volcano", 0 },
	{ "VFVO*", FOLLOW_EVENT, NULL, DAY, "volcano", 0 },
};

const struct follow *
follow_of(const char *type)
{
	for (size_t i = 0; type != NULL &&
	    i < sizeof table / sizeof table[0]; i++) {
		const char *want = table[i].type;
		size_t n = strcspn(want, "*");

		if (strncmp(type, want, n) == 0 &&
		    (want[n] == '*' || type[n] == '\0'))
			return &table[i];
	}
	return NULL;
}
