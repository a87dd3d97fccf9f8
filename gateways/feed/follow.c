/*
 * How JMA's telegrams follow each other, by the samples and the tables of the
 * disaster-prevention XML. Warnings have no EventID: the newest of an office
 * for its region is what holds. The rest is about an event, which has one.
 * Every id that type.c knows has a row here (tests/feed/follow.test.c).
 */
#include "bulletin.h"

#include "arena.h"

enum { HOUR = 1, DAY = 24 * HOUR, WEEK = 7 * DAY };
enum { NO, WARNS };

static const struct follow table[] = {
	/* The same warnings in older and newer form. */
	{ "VPWW50", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", WARNS },
	{ "VPWW53", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", WARNS },
	{ "VPWW54", FOLLOW_PLACE, "VPWW54", 3 * DAY, "weather", WARNS },
	{ "VPWW56", FOLLOW_PLACE, NULL, 3 * DAY, "landslide", WARNS },
	{ "VPWW*", FOLLOW_PLACE, NULL, 3 * DAY, "weather", WARNS },
	{ "VPWP50", FOLLOW_PLACE, NULL, DAY, "weather", NO },
	/* The early notice of a day or of the days after it: what may come. */
	{ "VPFD6*", FOLLOW_PLACE, "VPFD6", DAY, "weather", NO },
	{ "VPFW6*", FOLLOW_PLACE, "VPFW6", 2 * DAY, "weather", NO },
	{ "VPNO50", FOLLOW_PLACE, NULL, DAY, "weather", WARNS },
	{ "VPHW50", FOLLOW_PLACE, "VPHW51", 2 * HOUR, "weather", WARNS },
	{ "VPHW51", FOLLOW_PLACE, "VPHW51", 2 * HOUR, "weather", WARNS },
	{ "VPBS50", FOLLOW_EVENT, NULL, 6 * HOUR, "weather", WARNS },
	{ "VPOA50", FOLLOW_EVENT, NULL, 3 * HOUR, "weather", WARNS },
	{ "VPZJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", NO },
	{ "VPCJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", NO },
	{ "VPFJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", NO },
	{ "VPTI5*", FOLLOW_EVENT, NULL, DAY, "weather", NO },
	{ "VMCJ5*", FOLLOW_EVENT, NULL, 2 * DAY, "weather", NO },
	{ "VPBS51", FOLLOW_EVENT, NULL, DAY, "weather", NO },
	{ "VPSG50", FOLLOW_EVENT, NULL, DAY, "weather", NO },
	{ "VPZS50", FOLLOW_EVENT, NULL, DAY, "weather", NO },
	{ "VPFT50", FOLLOW_EVENT, NULL, 2 * DAY, "heat", WARNS },
	{ "VPCT50", FOLLOW_EVENT, NULL, 2 * DAY, "heat", NO },
	/* For ships, for the week, for a season: nothing that a town must hear. */
	{ "VPCU5*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPZU5*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPCY5*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPTW*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPFD5*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPFW50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPCW50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPZW50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPFG50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPZK*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPCK*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPAW5*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPZI50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPCI50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPFI50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPTA*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VZSA*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VZSF*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	/* All of Japan's warnings once more, and the map behind them. */
	{ "VPWS50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VPRN50", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VGSK*", FOLLOW_NOBODY, NULL, 0, "weather", NO },
	{ "VXSE42", FOLLOW_NOBODY, NULL, 0, "earthquake", NO },
	{ "VZVO40", FOLLOW_NOBODY, NULL, 0, "volcano", NO },
	{ "VXWW50", FOLLOW_EVENT, NULL, 2 * DAY, "landslide", WARNS },
	{ "VXKO*", FOLLOW_EVENT, "VXKO", 3 * DAY, "flood", WARNS },
	{ "VXSU*", FOLLOW_EVENT, "VXSU", 3 * DAY, "flood", WARNS },
	{ "VXSE4*", FOLLOW_EVENT, "VXSE4", HOUR, "earthquake", NO },
	/* The first word on intensities, and the full one after it. */
	{ "VXSE51", FOLLOW_EVENT, "VXSE53", DAY, "earthquake", NO },
	{ "VXSE5*", FOLLOW_EVENT, NULL, DAY, "earthquake", NO },
	{ "VXSE6*", FOLLOW_EVENT, NULL, DAY, "earthquake", NO },
	{ "VYSE5*", FOLLOW_EVENT, NULL, 2 * WEEK,
	  "earthquake", NO, .areas = "japan" },
	/* A week's heed; in the prefectures where towns are to take it. */
	{ "VYSE60", FOLLOW_EVENT, NULL, WEEK,
	  "earthquake", NO, .areas = "01 02 03 04 07 08 12" },
	{ "VZSE40", FOLLOW_EVENT, NULL, WEEK, "earthquake", NO },
	/*
	 * 41 is what is in force. 51 and 52 say when and how high, as 41 stood when
	 * they were sent: they end with it.
	 */
	{ "VTSE41", FOLLOW_EVENT, "VTSE41", 3 * DAY, "tsunami", WARNS },
	{ "VTSE51", FOLLOW_EVENT, "VTSE51", 3 * DAY,
	  "tsunami", NO, .leader = "VTSE41" },
	{ "VTSE52", FOLLOW_EVENT, "VTSE52", 3 * DAY,
	  "tsunami", NO, .leader = "VTSE41" },
	/* A volcano's number is the event: its warning holds until the next. */
	{ "VFVO50", FOLLOW_EVENT, NULL, 52 * WEEK, "volcano", WARNS },
	{ "VFSV*", FOLLOW_EVENT, "VFSV", 52 * WEEK, "volcano", WARNS },
	{ "VFVO51", FOLLOW_EVENT, NULL, WEEK, "volcano", NO },
	{ "VFVO60", FOLLOW_NOBODY, NULL, 0, "volcano", NO },
	{ "VFVO*", FOLLOW_EVENT, NULL, DAY, "volcano", NO },
};

enum { ROWS = sizeof table / sizeof table[0] };

const struct follow *
follow_of(const char *type)
{
	for (size_t i = 0; type != NULL && i < ROWS; i++) {
		const char *want = table[i].type;
		size_t n = strcspn(want, "*");

		if (strncmp(type, want, n) == 0 &&
		    (want[n] == '*' || type[n] == '\0'))
			return &table[i];
	}
	return NULL;
}

const struct follow *
follow_row(size_t n)
{
	return n < ROWS ? &table[n] : NULL;
}

const struct follow *
follow_behind(const struct follow *leader, const struct follow *last)
{
	size_t i = last == NULL ? 0 : (size_t)(last - table) + 1;

	for (; i < ROWS; i++)
		if (table[i].leader != NULL &&
		    strcmp(table[i].leader, leader->type) == 0)
			return &table[i];
	return NULL;
}

/* ---- what was not understood ---- */

static int
is_in_force(const struct item *item)
{
	for (size_t i = 0; i < item->n_warnings; i++)
		if (item->warnings[i].kind != KIND_NONE)
			return 1;
	return 0;
}

enum understood
follow_understood(const struct item *item)
{
	const struct follow *f = follow_of(item->head.type);

	if (item->source != SOURCE_JMX || item->message == MESSAGE_CANCEL)
		return UNDERSTOOD;
	if (f == NULL)
		return NOT_ITS_TYPE;
	if (item->unknown != NULL)
		return is_in_force(item) ? NOT_ALL : NOTHING;
	return f->warns && item->n_warnings == 0 && !item->none ? NOTHING :
	    UNDERSTOOD;
}

const char *
follow_unread(const struct item *item, struct arena *mem)
{
	const char *title = item->head.control_title;

	switch (follow_understood(item)) {
	case NOT_ITS_TYPE:
		return arena_printf(mem, "no such type of telegram is known: %s",
		    title == NULL ? "it has no title" : title);
	case NOTHING:
		return arena_printf(mem, "%s: %s%s", item->head.type,
		    item->unknown == NULL ? "it neither warns nor lifts" :
		    item->unknown, item->unknown == NULL ? "" :
		    " is not known, and nothing else is in force");
	case NOT_ALL:
		return arena_printf(mem, "%s: %s is not known", item->head.type,
		    item->unknown);
	default:
		return NULL;
	}
}
