#include "scheme.h"

#include <stdlib.h>
#include <string.h>

static const char *const care_fields[] = {
	"health", "medicine", "welfare", NULL
};
static const char *const support_fields[] = {
	"physical", "intellectual", "mental", "intractable", NULL
};
static const char *const care_steps[] = {
	"disease", "first_stage", "effort", "outlook", "opinion", NULL
};
static const char *const support_steps[] = {
	"first_stage", "support", "opinion", NULL
};

static const struct scheme schemes[SCHEMES] = {
	{
		.word = "care_level", .board = "介護認定審査会",
		.lightest = SUPPORT1, .heaviest = CARE5,
		.fields = care_fields, .steps = care_steps, .rerun_step = 2,
		.items = 74, .timed = 1, .limit_days = 30, .capped = 1,
		.fresh = { 3, 12, 6 }, .renewed = { 3, 36, 12 },
		.unchanged = { 3, 48, 12 }
	}, {
		.word = "support_level", .board = "障害支援区分認定審査会",
		.lightest = CLASS1, .heaviest = CLASS6,
		.fields = support_fields, .steps = support_steps,
		.rerun_step = 1, .items = 80, .from_decision = 1,
		.fresh = { 3, 36, 36 }, .renewed = { 3, 36, 36 },
		.unchanged = { 3, 36, 36 }
	}
};

static const struct { const char *word, *code, *name; } levels[LEVELS] = {
	{ "not_eligible", "01", "非該当" }, { "support1", "12", "要支援1" },
	{ "support2", "13", "要支援2" }, { "care1", "21", "要介護1" },
	{ "care2", "22", "要介護2" }, { "care3", "23", "要介護3" },
	{ "care4", "24", "要介護4" }, { "care5", "25", "要介護5" },
	{ "class1", "1", "区分1" }, { "class2", "2", "区分2" },
	{ "class3", "3", "区分3" }, { "class4", "4", "区分4" },
	{ "class5", "5", "区分5" }, { "class6", "6", "区分6" }
};

const struct scheme *
scheme_at(int i)
{
	return &schemes[i];
}

const struct scheme *
scheme_find(const char *word)
{
	for (int i = 0; i < SCHEMES; i++)
		if (strcmp(schemes[i].word, word) == 0)
			return &schemes[i];
	abort();
}

int
scheme_has(const struct scheme *c, enum level l)
{
	return l == NOT_ELIGIBLE || (l >= c->lightest && l <= c->heaviest);
}

static int
count(const char *const *words)
{
	int n = 0;

	while (words[n] != NULL)
		n++;
	return n;
}

int
scheme_steps(const struct scheme *c)
{
	return count(c->steps);
}

const char *
level_word(enum level l)
{
	return l > LEVEL_NONE && l < LEVELS ? levels[l].word : NULL;
}

const char *
level_name(enum level l)
{
	return l > LEVEL_NONE && l < LEVELS ? levels[l].name : "";
}

enum level
level_find(const char *word)
{
	for (int l = 0; word != NULL && l < LEVELS; l++)
		if (strcmp(word, levels[l].word) == 0)
			return (enum level)l;
	return LEVEL_NONE;
}

enum level
level_of(const struct scheme *c, const char *word)
{
	enum level l = level_find(word);

	return scheme_has(c, l) ? l : LEVEL_NONE;
}

const char *
level_code(const struct scheme *c, enum level l)
{
	if (!scheme_has(c, l))
		return NULL;
	return l == NOT_ELIGIBLE && !c->timed ? "0" : levels[l].code;
}

enum level
level_of_code(const struct scheme *c, const char *code)
{
	for (int l = 0; code != NULL && l < LEVELS; l++)
		if (scheme_has(c, (enum level)l) &&
		    (strcmp(code, level_code(c, (enum level)l)) == 0 ||
		    strcmp(code, levels[l].name) == 0))
			return (enum level)l;
	return LEVEL_NONE;
}

unsigned
field_bit(const struct scheme *c, const char *field)
{
	for (int i = 0; c->fields[i] != NULL; i++)
		if (strcmp(c->fields[i], field) == 0)
			return 1U << i;
	return 0;
}

unsigned
all_fields(const struct scheme *c)
{
	return (1U << count(c->fields)) - 1;
}

const char *
field_name(const char *field)
{
	static const char *const names[][2] = {
		{ "health", "保健" }, { "medicine", "医療" },
		{ "welfare", "福祉" }, { "physical", "身体障害" },
		{ "intellectual", "知的障害" }, { "mental", "精神障害" },
		{ "intractable", "難病" }
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i][0], field) == 0)
			return names[i][1];
	return "";
}
