/*
 * Professions (職種) and what each may do before a network decides otherwise.
 *
 * Codes below 300 and 999 are the ministry's (LIFE 外部インターフェース,
 * 職種コード); 3xx are of our own making. A code is text: leading zeros count.
 */
#ifndef PROFESSION_H
#define PROFESSION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Rights, to be joined with |. A user with several professions in an office
 * has the union of their rights there.
 */
enum right {
	RIGHT_VIEW = 1 << 0,		/* V: reads the summary */
	RIGHT_CARE = 1 << 1,		/* C: writes care information */
	RIGHT_MEDICAL = 1 << 2,		/* M: writes medical information */
	RIGHT_ADMIN = 1 << 3,		/* A: runs the network */
	RIGHT_EMERGENCY = 1 << 4,	/* E: emergency summary, with reason */
	RIGHT_CONSENTED = 1 << 5,	/* reads it of those who agreed to it */
	RIGHT_BOARD = 1 << 6,		/* B: cases of the review board */
	RIGHT_BOARD_ADMIN = 1 << 7,	/* prepares its sittings */
	RIGHT_OWN_PAGE = 1 << 8		/* one's own, one's family's */
};

struct profession {
	const char *code;		/* three digits */
	const char *ja, *en;		/* name in Japanese and in English */
	unsigned rights;		/* of enum right; M has C, C has V */
	bool import_only;		/* nobody may be registered with it */
};

/* The profession with this code, or NULL. Lives as long as the program. */
const struct profession *profession_find(const char *code);

/*
 * Its Japanese name, for pages to translate ({{profession.t}}); "" if there is
 * no such code.
 */
const char *profession_name(const char *code);

/*
 * Of somebody's professions in an office: codes joined by ",", the first one
 * first. Their rights together; a code that there is not has none.
 */
unsigned profession_rights(const char *codes);

/*
 * The first of her codes that stands in `wanted`, joined likewise, or NULL. Lives
 * as long as the program.
 */
const char *profession_among(const char *codes, const char *wanted);

/* The i-th from 0 in the order of the list on screen, or NULL past the end. */
const struct profession *profession_at(size_t i);

#endif
