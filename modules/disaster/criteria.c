#include "criteria.h"

#include <stdio.h>
#include <string.h>

/* Whether a lesser number is the graver one. */
static const struct {
	const char *name;
	int most, lesser_is_graver;
} criteria[] = {
	[CRITERION_CARE_LEVEL] = { "care_level", 5, 0 },
	[CRITERION_PHYSICAL] = { "physical_disability", 6, 1 },
	[CRITERION_INTELLECTUAL] = { "intellectual_disability", 2, 1 },
	[CRITERION_MENTAL] = { "mental_disability", 3, 1 },
	[CRITERION_INTRACTABLE] = { "intractable_disease", 1, 0 },
	[CRITERION_POWER] = { "power_dependent", 1, 0 },
	[CRITERION_ALONE] = { "lives_alone", 120, 0 },
};

const char *
criterion_name(enum criterion c)
{
	return criteria[c].name;
}

int
criterion_most(enum criterion c)
{
	return criteria[c].most;
}

enum criterion
criterion_find(const char *name)
{
	int c = 0;

	while (c < CRITERIA && strcmp(criteria[c].name, name) != 0)
		c++;
	return (enum criterion)c;
}

int
care_level_number(const char *level)
{
	if (strncmp(level, "care", 4) != 0 || level[4] < '1' ||
	    level[4] > '5' || level[5] != '\0')
		return 0;
	return level[4] - '0';
}

static int
holds(const struct criteria *town, const struct need *need, enum criterion c)
{
	int threshold = town->threshold[c], has = need->has[c];

	if (threshold == 0 || has == 0)
		return 0;
	return criteria[c].lesser_is_graver ? has <= threshold :
	    has >= threshold;
}

const char *
criteria_reasons(const struct criteria *town, const struct need *need,
    char out[REASONS_TEXT])
{
	size_t n = 0;

	out[0] = '\0';
	for (int c = 0; c <= CRITERIA; c++) {
		const char *name = c == CRITERIA ? "mayor" :
		    criteria[c].name;

		if (c == CRITERIA ? need->mayor :
		    holds(town, need, (enum criterion)c))
			n += (size_t)snprintf(out + n, REASONS_TEXT - n,
			    "%s%s", n == 0 ? "" : ",", name);
	}
	return out;
}
